"""What a comparison says, in both languages, from ``words.csv`` beside this module."""

import csv
from functools import cache
from importlib.resources import files


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("tierstock.outputs.compare").joinpath("words.csv").read_text(encoding="utf-8")
    return {row["word"]: row for row in csv.DictReader(text.splitlines())}


def tell(word: str, language: str, **values: object) -> str:
    """Return a text in ``en`` or ``zh``, its fields filled.

    Raises:
        KeyError: there is no such text.
    """
    return _words()[word][language].format(**values)
