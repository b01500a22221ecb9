"""Everything a planner sees is there in English and in Chinese."""

import csv
import re
from pathlib import Path
from string import Formatter

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("inputs", "model", "solvers", "outputs", "tierstock")
TABLES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.csv"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def pairs(header: list[str]) -> list[tuple[str, str]]:
    """Columns that hold the same words in the two languages."""
    spoken = {"en"} if "en" in header else {"word", "column", "setting"}
    return [
        (one, other)
        for one in header
        for other in header
        if (one in spoken and other == "zh")
        or (one.endswith("_en") and other == one.removesuffix("_en") + "_zh")
    ]


def fields(text: str) -> set[str]:
    """Names in braces that a message is filled with."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("file", TABLES, ids=[str(file.relative_to(ROOT)) for file in TABLES])
def test_a_table_of_words_has_both_languages_with_the_same_fields(file: Path) -> None:
    table = rows(file)
    columns = pairs(list(table[0]))
    for number, row in enumerate(table, start=2):
        for english, chinese in columns:
            where = f"{file.name}:{number} {english}/{chinese}"
            assert bool(row[english].strip()) == bool(row[chinese].strip()), where
            assert fields(row[english]) == fields(row[chinese]), where


def test_messages_are_spoken_in_chinese() -> None:
    (file,) = (one for one in TABLES if one.name == "messages.csv")
    assert [row["code"] for row in rows(file) if not CHINESE.search(row["zh"])] == []


def test_names_are_unique_in_each_language() -> None:
    from tierstock.inputs.schema import schema

    known = schema()
    for language in ("name", "zh"):
        sheets = [getattr(sheet, language) for sheet in known.sheets]
        settings = [getattr(setting, language) for setting in known.settings]
        assert all(sheets) and all(settings)
        assert len(set(sheets)) == len(sheets)
        assert len(set(settings)) == len(settings)
        for sheet in known.sheets:
            columns = [getattr(column, language) for column in sheet.columns]
            assert len(set(columns)) == len(columns), sheet.name


def test_every_choice_has_a_chinese_word_that_reads_back() -> None:
    from tierstock.inputs.schema import Column, Setting, canonical, say, schema

    sheets = {sheet.name for sheet in schema().sheets}
    owners: list[Column | Setting] = [*schema().settings]
    owners += [column for sheet in schema().sheets for column in sheet.columns]
    for owner in owners:
        words = [word for word in owner.choices if word not in sheets]
        spoken = [say(word, "zh") for word in words]
        assert len(set(spoken)) == len(words), owner.name
        assert [canonical(one) for one in spoken] == words, owner.name
        assert [canonical(word) for word in words] == words, owner.name
