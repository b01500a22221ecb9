"""The words of a map, in either language."""

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from tierstock.inputs.reading.headings import key, nearest


@cache
def _table() -> dict[str, dict[str, str]]:
    """Return the Chinese word by kind and English word."""
    text = files("tierstock.inputs.extracts").joinpath("map_words.csv").read_text("utf-8")
    found: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["kind"], {})[row["en"]] = row["zh"]
    return found


def meant(kind: str, word: str) -> str:
    """Return the English word for one in either language; blank where it is unknown.

    >>> meant("source", "文件"), meant("source", "File"), meant("source", "fiel")
    ('file', 'file', '')
    """
    wanted = key(word)
    pairs = _table()[kind].items()
    return next((en for en, zh in pairs if wanted in (key(en), key(zh))), "")


def like(kind: str, word: str, among: Iterable[str] = ()) -> str:
    """Return the known word most like a wrong one, else all of them, parted by commas."""
    known = [(en, zh) for en, zh in _table()[kind].items() if not among or en in among]
    near = nearest(word, [one for pair in known for one in pair])
    return near or ", ".join(en for en, _ in known)


def spoken(kind: str, word: str, language: str) -> str:
    """Return an English word of a map in ``en`` or ``zh``."""
    return _table()[kind][word] if language == "zh" else word
