"""The command ``tierstock doctor``."""

import click

from tierstock.console import Console
from tierstock.endings import guarded
from tierstock.exits import Exit
from tierstock.options import common, system_language


@click.command()
@common
def doctor(lang: str | None, machine: bool, debug: bool) -> None:
    """Check this installation: versions, solver, memory, disk, folders, characters.

    Each fault comes with what to do about it. The exit code is 2 where there is one, else 0.

    \b
    Example: tierstock doctor --lang zh
    """
    console = Console(lang or system_language(), machine=machine)
    console.usual = {"passed": None, "faults": None, "warnings": None, "seconds": None}
    console.usual["checks"] = []

    def job() -> Exit:
        from tierstock.doctor import examine

        return examine(console)

    guarded(console, debug, job)
