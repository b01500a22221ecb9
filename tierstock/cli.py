"""The command line: one verb per job, in English or Chinese."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from tierstock import __version__
from tierstock.cli_doctor import doctor
from tierstock.cli_feed import feed
from tierstock.cli_import import import_
from tierstock.cli_orders import orders
from tierstock.cli_plan import plan
from tierstock.cli_results import compare, pack
from tierstock.cli_tables import anonymize, diff, merge
from tierstock.console import Console
from tierstock.endings import Program, guarded
from tierstock.exits import Exit, Refused
from tierstock.options import as_input, common, stated, system_language, there
from tierstock.words import tell

SAMPLES = ("blank", "starter", "rebalancing", "quarter", "promotion", "medicine")
"""What a template can hold; here as well, so that help does not load the samples."""


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tierstock")
def main() -> None:
    """Plan stock across a supply network. 供应网络库存计划。

    \b
    tierstock demo                      see a plan of a sample network
    tierstock new network.xlsx          get a template to fill in
    tierstock check network.xlsx        find every fault in it
    tierstock plan network.xlsx         get the plan
    tierstock orders network.plan.xlsx  orders per location, supplier and carrier
    tierstock audit network.xlsx network.plan.xlsx
                                        recompute the plan from the two files
    tierstock compare monday.plan.xlsx friday.plan.xlsx
                                        see plans side by side
    tierstock pack network.plan.xlsx    what a review needs, in one zip
    tierstock rules network.xlsx S01 P03
                                        see which row sets each value there
    tierstock convert network.xlsx tables
                                        the same as CSV, Parquet, .ods or database
    tierstock import --map map.yaml mb52.xlsx -o network.xlsx
                                        raw extracts into a workbook, with a log
    tierstock diff monday.xlsx friday.xlsx
                                        what differs between two inputs
    tierstock merge network.xlsx north.xlsx south.xlsx
                                        several planners' files made into one
    tierstock anonymize network.xlsx question.xlsx
                                        the same with other names and amounts
    tierstock feed moves.csv --at 2026-02-01T00:00+08:00 -o OpeningStock.csv
                                        stock at a moment from movements
    tierstock doctor                    see whether this installation is fit

    An input is a workbook (.xlsx, .xlsm, .ods, .xls), a folder of CSV or Parquet files, a SQLite
    file, the address of a database, or a file of queries (.toml).

    Exit codes: 0 done, 2 bad input, 3 hard rules contradict each other, 4 audit failed,
    5 no plan within the limits, 6 file fault, 7 solver crashed, 10 limit before the asked gap,
    130 stopped, 1 unforeseen.
    """


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--sample",
    default="blank",
    help=f"{', '.join(SAMPLES)}; or the name of a sheet, for a small example of it.",
)
@click.option(
    "--sheets",
    type=click.Choice(["core", "usual", "all"]),
    default="usual",
    help="Sheets of the template: the four a plan needs, the usual ones, or every one.",
)
@click.option("--lang", type=click.Choice(["en", "zh", "both"]), help="Language of the template.")
@click.option("--json", "machine", is_flag=True, help="Last line for machines.")
@click.option("--debug", is_flag=True, help="Show the details of an unforeseen fault.")
def new(file: Path, sample: str, sheets: str, lang: str | None, machine: bool, debug: bool) -> None:
    """Write a template to fill in, blank or with a sample.

    \b
    Example: tierstock new network.xlsx --sample starter --lang both
             tierstock new example.xlsx --sample StockTargets
    """
    language = lang or system_language()
    console = Console("zh" if language == "zh" else "en", machine=machine)

    console.usual = {"files": []}

    def job() -> Exit:
        from tierstock.files import writing
        from tierstock.inputs.templates.template import write_template

        target = file if file.suffix else file.with_name(f"{file.name}.xlsx")
        if target.suffix.lower() != ".xlsx":
            raise Refused(tell("only-xlsx", console.language, name=file.name))
        if target.exists():
            raise Refused(tell("exists", console.language, path=target))
        frames = _frames(sample, language, console.language)
        with writing(target):
            write_template(target, lang=language, sheets=sheets, sample=frames)
        console.say("template", path=target, name=target.name)
        console.answer({"files": [str(target)]})
        return Exit.DONE

    guarded(console, debug, job)


def _frames(name: str, language: str, spoken: str) -> Mapping[str, Any] | None:
    if name == "blank":
        return None
    written = "zh" if language == "zh" else "en"
    if name in SAMPLES:
        from tierstock.inputs.samples import sample

        return sample(name, written)
    from tierstock.inputs.reading.headings import find_sheet
    from tierstock.inputs.samples.examples import example, example_names

    match = find_sheet(name)
    if match is not None and match.sheet.name in example_names():
        return example(match.sheet.name, written)
    known = ("、" if spoken == "zh" else ", ").join(SAMPLES)
    raise Refused(tell("no-sample", spoken, name=name, known=known))


@main.command()
@click.argument("file", callback=as_input)
@click.option("--set", "settings", multiple=True, help="A setting, key=value; may be repeated.")
@common
def check(
    file: Path | str, settings: tuple[str, ...], lang: str | None, machine: bool, debug: bool
) -> None:
    """Find every fault of an input at once, and write a copy with the cells marked.

    \b
    Example: tierstock check network.xlsx
    """
    console = Console(lang or system_language(), machine=machine)
    console.usual = {"errors": None, "warnings": None, "findings": [], "readiness": []}
    console.usual["marked"] = None

    def job() -> Exit:
        from tierstock.run import check_file

        there(console, file)
        return check_file(console, file, stated(console.language, settings), lang or "")

    guarded(console, debug, job)


@main.command()
@click.argument("file", callback=as_input)
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path))
@common
def audit(file: Path | str, plan_file: Path, lang: str | None, machine: bool, debug: bool) -> None:
    """Recompute a plan from its two files alone, with code that knows nothing of the model.

    \b
    Example: tierstock audit network.xlsx network.plan.xlsx
    """
    console = Console(lang or system_language(), machine=machine)
    console.usual = {"passed": None, "checks": [], "input_hash": None, "plan_hash": None}
    console.usual["stamped"] = None

    def job() -> Exit:
        from tierstock.audit_files import audit_files

        there(console, file)
        there(console, plan_file)
        return audit_files(console, file, plan_file, lang or "")

    guarded(console, debug, job)


@main.command()
@click.argument("file", callback=as_input)
@click.argument("place", metavar="[LOCATION [PRODUCT]]", nargs=-1)
@click.option("--at", help="The same in one word: LOCATION,PRODUCT.")
@click.option("--set", "settings", multiple=True, help="A setting, key=value; may be repeated.")
@common
def rules(
    file: Path | str,
    place: tuple[str, ...],
    at: str | None,
    settings: tuple[str, ...],
    lang: str | None,
    machine: bool,
    debug: bool,
) -> None:
    """Say which row sets each value, and which rows it beat; without a place, everywhere.

    \b
    Example: tierstock rules network.xlsx S01 P03
             tierstock rules network.xlsx --at S01,P03 --lang zh
    """
    console = Console(lang or system_language(), machine=machine)
    console.usual = {"rows": []}

    def job() -> Exit:
        from tierstock.rules_table import place_of, rules_file

        there(console, file)
        spot = place_of(place, at, console.language)
        return rules_file(console, file, spot, stated(console.language, settings), lang or "")

    guarded(console, debug, job)


@main.command()
@click.argument("source", metavar="SRC", callback=as_input)
@click.argument("target", metavar="DST", callback=as_input)
@click.option("--to", "form", type=click.Choice(["csv", "parquet"]), help="Files of a folder.")
@click.option("--force", is_flag=True, help="Replace DST where it is of the same form.")
@common
def convert(
    source: Path | str,
    target: Path | str,
    form: str | None,
    force: bool,
    lang: str | None,
    machine: bool,
    debug: bool,
) -> None:
    """Write an input in another form without loss; --lang translates its headings too.

    把输入无损转换为另一种形式；--lang 同时翻译表名、列名与选项。

    \b
    Example: tierstock convert network.xlsx tables        a folder of CSV files
             tierstock convert network.xlsx tables --to parquet
             tierstock convert tables network.ods --lang zh
             tierstock convert network.xlsx network.db    a SQLite database
             tierstock convert 'postgresql://me:${PASSWORD}@host/stock' network.xlsx
    """
    console = Console(lang or system_language(), machine=machine)
    console.usual = {"files": [], "sheets": {}, "findings": []}

    def job() -> Exit:
        from tierstock.convert_files import convert_files

        there(console, source)
        return convert_files(
            console, source, target, form=form or "", language=lang or "", force=force
        )

    guarded(console, debug, job)


@main.command()
@click.option("--open", "show", is_flag=True, help="Open the plan when it is there.")
@common
def demo(show: bool, lang: str | None, machine: bool, debug: bool) -> None:
    """Plan the sample network in ./tierstock-demo/ and say what was found.

    \b
    Example: tierstock demo --lang zh
    """
    language = lang or system_language()
    console = Console(language, machine=machine)

    def job() -> Exit:
        from tierstock.files import free_place
        from tierstock.run import plan_file, results_path, write_demo

        folder = Path("tierstock-demo")
        folder.mkdir(exist_ok=True)
        file = folder / f"rebalancing.{language}.xlsx"
        console.say("demo" if write_demo(file, language) else "demo-kept", path=file)
        target = free_place(console, results_path(file, None, "plan.xlsx"))
        code = plan_file(console, file, target, {}, language=language)
        if code in (Exit.DONE, Exit.GAP_NOT_REACHED, Exit.STOPPED) and target.exists():
            console.say("open", plan=folder / target.name, input=file)
            if show:
                click.launch(str(target))
        return code

    guarded(console, debug, job)


main.add_command(plan)
main.add_command(orders)
main.add_command(doctor)
main.add_command(feed)
main.add_command(import_)
main.add_command(compare)
main.add_command(pack)
main.add_command(diff)
main.add_command(merge)
main.add_command(anonymize)


if __name__ == "__main__":
    main()
