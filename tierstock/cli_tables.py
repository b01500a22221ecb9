"""The commands on whole inputs: ``diff``, ``merge`` and ``anonymize``."""

from pathlib import Path

import click

from tierstock.console import Console
from tierstock.endings import guarded
from tierstock.exits import Exit
from tierstock.options import as_input, common, system_language, there


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
