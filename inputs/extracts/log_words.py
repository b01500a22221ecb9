"""The words of the log, in both languages."""

import csv
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, tuple[str, str]]:
    text = files("tierstock.inputs.extracts").joinpath("log_words.csv").read_text("utf-8")
    return {row["word"]: (row["en"], row["zh"]) for row in csv.DictReader(text.splitlines())}


def log_word(word: str, language: str) -> str:
    """Return a word of the log in ``en`` or ``zh``; blank stays blank.

    >>> log_word("netted", "en"), log_word("netted", "zh")
    ('netted', '冲减')
    """
    return _table()[word][language == "zh"] if word else ""
