"""Options that several commands share, and what they stand for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tierstock.console import Console
from tierstock.exits import Refused
from tierstock.words import tell

LANGUAGES = click.Choice(["en", "zh"])


def as_input(context: click.Context, option: click.Parameter, value: str) -> Path | str:
    """Return what is typed as a path, the address of a database as it is."""
    return as_path(value)


def as_path(value: str) -> Path | str:
    """Return a word of the command line as a path, the address of a database as it is."""
    if "://" not in value:
        return Path(value)
    from tierstock.inputs.reading.door import located

    return located(value)


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options every verb has."""
    for option in (
        click.option("--debug", is_flag=True, help="Show the details of an unforeseen fault."),
        click.option("--json", "machine", is_flag=True, help="Last line for machines."),
        click.option("--lang", type=LANGUAGES, help="Language; default: the workbook's."),
    ):
        command = option(command)
    return command


def stated(language: str, pairs: tuple[str, ...], **more: object) -> dict[str, str]:
    """Return the settings of ``--set key=value`` and of the options that stand for one.

    Raises:
        Refused: a pair has no key, or bytes that are no text.
    """
    settings: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise Refused(tell("key-value", language, pair=pair))
        try:
            value.encode()
        except UnicodeEncodeError as fault:
            raise Refused(tell("no-text", language, pair=pair)) from fault
        settings[key.strip()] = value.strip()
    return settings | {key: str(value) for key, value in more.items() if value is not None}


def there(console: Console, path: Path | str) -> None:
    """Refuse a file that is not there, with the name of the most alike one beside it.

    Whether a database can be reached is known when it is read.

    Raises:
        Refused: there is no such file or folder.
    """
    from difflib import get_close_matches

    if isinstance(path, str) or path.exists():
        return
    names = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []
    near = get_close_matches(path.name, names, 1)
    code = "no-such-near" if near else "no-such-input"
    raise Refused(tell(code, console.language, path=path, nearest=near[0] if near else ""))


def system_language() -> str:
    """Return the language of this machine; loaded when asked for, so that help is instant."""
    from tierstock.inputs.reading.raw import machine_language

    return machine_language()
