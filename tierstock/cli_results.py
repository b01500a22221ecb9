"""The commands on results workbooks: ``compare`` and ``pack``."""

from pathlib import Path

import click

from tierstock.console import Console
from tierstock.endings import guarded
from tierstock.exits import Exit, Refused
from tierstock.options import as_path, common, system_language, there
from tierstock.words import tell


@click.command()
@click.argument("plans", metavar="PLAN...", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Workbook to write.")
@common
def compare(
    plans: tuple[str, ...],
    output: Path | None,
    lang: str | None,
    machine: bool,
    debug: bool,
) -> None:
    """Hold plans side by side: key figures, costs, and the shipments that differ.

    A PLAN is a results workbook that tierstock plan wrote, in either language; the first one is
    the base. Best names the plan with the best value of a figure.

    \b
    Example: tierstock compare monday.plan.xlsx friday.plan.xlsx -o compare.xlsx
    """
    console = Console(lang or system_language(), machine=machine)
    console.usual = {"rows": [], "costs": [], "plans": {}, "moves": None}
    console.usual |= {"warnings": [], "files": []}

    def job() -> Exit:
        from tierstock.compare_files import compare_files

        if len(plans) < 2:
            raise Refused(tell("compare-few", console.language))
        files = [as_path(plan) for plan in plans]
        for file in files:
            there(console, file)
        return compare_files(console, files, output, lang or "")

    guarded(console, debug, job)


@click.command()
@click.argument(
    "plans", metavar="PLAN...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder or .zip to write.")
@click.option(
    "--input",
    "inputs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Input of a plan that does not lie beside it; may be repeated.",
)
@common
def pack(
    plans: tuple[Path, ...],
    output: Path | None,
    inputs: tuple[Path, ...],
    lang: str | None,
    machine: bool,
    debug: bool,
) -> None:
    """Put plans together for a review: workbook, page, input, comparison, hashes.

    The page and the input beside a PLAN go in where they belong to it; with the input the plan is
    audited once more. Several plans are compared, the first one is the base.

    \b
    Example: tierstock pack network.plan.xlsx
             tierstock pack monday.plan.xlsx friday.plan.xlsx -o review.zip
    """
    console = Console(lang or system_language(), machine=machine)
    console.usual = {"files": [], "held": [], "plans": []}

    def job() -> Exit:
        from tierstock.pack_files import pack_files

        for file in (*plans, *inputs):
            there(console, file)
        return pack_files(console, plans, inputs, output, lang or "")

    guarded(console, debug, job)
