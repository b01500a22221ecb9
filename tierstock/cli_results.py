"""The commands on results workbooks: ``compare``."""

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
