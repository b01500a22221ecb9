"""The command ``tierstock plan``."""

from pathlib import Path

import click

from tierstock.asked import Asked
from tierstock.console import Console
from tierstock.endings import guarded, room_to_begin
from tierstock.exits import Exit, Refused
from tierstock.options import as_input, common, stated, system_language, there
from tierstock.words import tell

FILE_ENDINGS = frozenset((".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".html"))
"""Endings of files; ``-o`` names a folder."""
FLAGS = {"gap": "--gap", "time_limit": "--time", "threads": "--threads"}
"""Options of ``plan`` that stand for a setting."""


@click.command()
@click.argument("file", callback=as_input)
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder.")
@click.option("--gap", help="Stop this close to the best possible plan, e.g. 1%.")
@click.option("--time", "time_limit", help="Longest time to search, e.g. 90s, 5m.")
@click.option("--threads", type=int, help="Threads of the solver.")
@click.option(
    "--solver",
    type=click.Choice(("auto", "highs")),
    default="auto",
    help="auto: what fits the size of the model; highs: HiGHS alone.",
)
@click.option(
    "--effort",
    type=click.Choice(("quick", "normal", "thorough")),
    default="normal",
    help="quick: also end when nothing comes any more; thorough: look harder for plans.",
)
@click.option(
    "--from", "begin", type=click.Path(path_type=Path), help="Results of a plan to start from."
)
@click.option("--resume", is_flag=True, help="Go on from the last run, also a broken-off one.")
@click.option("--deterministic", is_flag=True, help="The same plan on every run.")
@click.option("--try-anyway", "anyway", is_flag=True, help="Begin also where memory looks short.")
@click.option("--verify", is_flag=True, help="Solve a second time in other ways and compare.")
@click.option(
    "--any-solver-version",
    is_flag=True,
    help="Accept also a version of HiGHS that is known to give wrong answers.",
)
@click.option("--set", "settings", multiple=True, help="A setting, key=value; may be repeated.")
@click.option("--progress/--no-progress", default=None, help="Show the progress of the search.")
@common
def plan(
    file: Path | str,
    output: Path | None,
    gap: str | None,
    time_limit: str | None,
    threads: int | None,
    solver: str,
    effort: str,
    begin: Path | None,
    resume: bool,
    deterministic: bool,
    anyway: bool,
    verify: bool,
    any_solver_version: bool,
    settings: tuple[str, ...],
    progress: bool | None,
    lang: str | None,
    machine: bool,
    debug: bool,
) -> None:
    """Plan an input: FILE.plan.xlsx appears beside it, audited. Ctrl-C keeps the best plan.

    \b
    Example: tierstock plan network.xlsx --gap 1% --time 5m
    """
    console = Console(lang or system_language(), machine=machine)
    options = {"gap": gap, "time_limit": time_limit, "threads": threads}
    named = {name: flag for name, flag in FLAGS.items() if options[name] is not None}

    def job() -> Exit:
        from tierstock.run import plan_file, results_path
        from tierstock.solvers.launch import prepare

        there(console, file)
        if begin is not None:
            there(console, begin)
        if not anyway:
            room_to_begin()
        if resume and deterministic:
            raise Refused(tell("resume-deterministic", console.language))
        given = stated(console.language, settings, **options)
        if output is not None:
            if output.suffix.lower() in FILE_ENDINGS and not output.is_dir():
                raise Refused(tell("only-folder", console.language, name=output.name))
            output.mkdir(parents=True, exist_ok=True)
        target = results_path(file, output, "plan.xlsx")
        prepare()
        return plan_file(
            console,
            file,
            target,
            given,
            named,
            language=lang or "",
            progress=progress,
            asked=Asked(
                solver, effort, deterministic, begin, anyway, any_solver_version, verify, resume
            ),
        )

    guarded(console, debug, job)
