"""The commands on whole inputs: ``diff``, ``merge`` and ``anonymize``."""

from pathlib import Path

import click

from tierstock.console import Console
from tierstock.endings import guarded
from tierstock.exits import Exit
from tierstock.options import as_input, as_path, common, system_language, there


@click.command()
@click.argument("old", metavar="A", callback=as_input)
@click.argument("new", metavar="B", callback=as_input)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Workbook to write.")
@common
def diff(
    old: Path | str,
    new: Path | str,
    output: Path | None,
    lang: str | None,
    machine: bool,
    debug: bool,
) -> None:
    """Say what differs between two inputs: rows added, removed and changed, cell by cell.

    Rows are matched by their keys, whatever form, language and order the inputs are in. The exit
    code is 0 whether they differ or not; --json says which.

    \b
    Example: tierstock diff monday.xlsx friday.xlsx -o diff.xlsx
    """
    console = Console(lang or system_language(), machine=machine)
    console.usual = {"equal": None, "sheets": {}, "rows": [], "files": [], "findings": []}

    def job() -> Exit:
        from tierstock.diff_files import diff_files

        there(console, old)
        there(console, new)
        return diff_files(console, (old, new), output, lang or "")

    guarded(console, debug, job)


@click.command()
@click.argument("target", metavar="OUT", callback=as_input)
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@click.option("--prefer", multiple=True, help="Who wins: a FILE, first or last; may be repeated.")
@click.option("--add", "added", multiple=True, help="A sheet whose rows add up across files.")
@click.option("--dry-run", is_flag=True, help="Say what would be merged, and write nothing.")
@click.option("--to", "form", type=click.Choice(["csv", "parquet"]), help="Files of a folder.")
@click.option("--force", is_flag=True, help="Replace OUT where it is of the same form.")
@common
def merge(
    target: Path | str,
    sources: tuple[str, ...],
    prefer: tuple[str, ...],
    added: tuple[str, ...],
    dry_run: bool,
    form: str | None,
    force: bool,
    lang: str | None,
    machine: bool,
    debug: bool,
) -> None:
    """Make one input of several planners' files: rows joined by key, conflicts listed.

    Rows that are alike are kept once. Where two files contradict each other nothing is written,
    unless --prefer says who wins; each decision is then in a sheet of OUT. Stock, orders and
    history that two files have alike are counted once; --add OpeningStock adds them up.

    \b
    Example: tierstock merge network.xlsx north.xlsx south.xlsx
             tierstock merge network.xlsx north.xlsx south.xlsx --prefer south.xlsx
    """
    console = Console(lang or system_language(), machine=machine)
    console.usual = {"files": [], "sheets": {}, "merged": [], "conflicts": [], "decisions": []}
    console.usual["findings"] = []

    def job() -> Exit:
        from tierstock.merge_files import Asked, merge_files

        files = [as_path(source) for source in sources]
        for file in files:
            there(console, file)
        asked = Asked(prefer, added, dry_run, form or "", force)
        return merge_files(console, files, target, asked, lang or "")

    guarded(console, debug, job)


@click.command()
@click.argument("source", metavar="SRC", callback=as_input)
@click.argument("target", metavar="DST", callback=as_input)
@click.option("--seed", type=int, help="The same factors again; without it they are secret.")
@click.option("--key", "key_file", type=click.Path(path_type=Path), help="CSV to translate back.")
@click.option("--to", "form", type=click.Choice(["csv", "parquet"]), help="Files of a folder.")
@click.option("--force", is_flag=True, help="Replace DST where it is of the same form.")
@common
def anonymize(
    source: Path | str,
    target: Path | str,
    seed: int | None,
    key_file: Path | None,
    form: str | None,
    force: bool,
    lang: str | None,
    machine: bool,
    debug: bool,
) -> None:
    """Write an input with codes for names and other amounts, to send with a question.

    The plan is the same: every cost is times one factor. Dates, lead times, percentages and the
    weight and volume of one unit stay. Whoever knows one true amount can work out the factor.

    \b
    Example: tierstock anonymize network.xlsx question.xlsx
             tierstock anonymize network.xlsx question.xlsx --key key.csv
    """
    console = Console(lang or system_language(), machine=machine)
    console.usual = {"files": [], "sheets": {}, "names": {}, "turned": None, "findings": []}

    def job() -> Exit:
        from tierstock.anonymize_files import anonymize_files

        there(console, source)
        places = (source, target, key_file)
        return anonymize_files(
            console, places, seed, form=form or "", language=lang or "", force=force
        )

    guarded(console, debug, job)
