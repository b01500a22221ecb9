"""Every example of the guide can be typed as it stands."""

from typing import Any

import pandas as pd
import pytest

from tierstock.inputs import inspect
from tierstock.inputs.reading.raw import machine_language
from tierstock.inputs.schema import say, schema
from tierstock.inputs.templates.guide import Line, lines

EXAMPLES = [line for line in lines() if line.sheet]

PLACES = [
    ("SUP1", "supplier", ""),
    ("PLT1", "plant", ""),
    ("DC1", "RDC", "East"),
    ("S1", "store", "East"),
    ("S2", "store", "East"),
]
STUDY: dict[str, list[dict[str, Any]]] = {
    "Locations": [
        {"Location": code, "Tier": tier, "Region": region} for code, tier, region in PLACES
    ],
    "Products": [
        {"Product": code, "Unit Value": 12, "Price": 20, "Weight": 1, "Volume": 0.1}
        | {"Units Per Pallet": 40}
        for code in ("TEA-G", "TV-55")
    ],
    "Lanes": [
        {"From": "SUP1", "To": "DC1", "Lead Time": 1, "Kind": "", "Unit Cost": 1},
        {"From": "PLT1", "To": "DC1", "Lead Time": 1, "Kind": "", "Unit Cost": 1},
        {"From": "DC1", "To": "S1", "Lead Time": 2, "Kind": "", "Unit Cost": 1},
        {"From": "DC1", "To": "S2", "Lead Time": 2, "Kind": "", "Unit Cost": 1},
        {"From": "S2", "To": "S1", "Lead Time": 1, "Kind": "transfer", "Unit Cost": 1},
    ],
    "Demand": [
        {"Location": "S1", "Product": "TEA-G", "Type": "", "2026-01-05": 5, "2026-02-09": 5}
    ],
    "Supply": [{"Location": "SUP1,PLT1", "Product": "*", "Max": "", "Unit Cost": 1}],
}

ALSO = {"Vehicles": ("Lanes", "Vehicle"), "ServiceClasses": ("Demand", "Class")}
"""Where the code of a row is filled in, too, as the guide says."""


def worded(sheet: str, row: dict[str, Any], language: str) -> dict[str, Any]:
    """A row with headings and choices in a language."""
    known = {column.name: column for column in schema().sheet(sheet).columns}
    return {
        known[name].heading(language) if name in known else name: say(value, language)
        if name in known and known[name].type == "choice" and value
        else value
        for name, value in row.items()
    }


def study(line: Line, language: str) -> dict[str, pd.DataFrame]:
    """The small study with the example as a further row, in place of a row of its key."""
    sheet = schema().sheet(line.sheet)
    example = dict(zip(line.columns, line.example[language], strict=True))
    written = {sheet.column(name).heading(language): text for name, text in example.items()}
    tables = {name: [worded(name, row, language) for row in rows] for name, rows in STUDY.items()}
    if language == "zh":
        for row in tables["Locations"]:
            row["区域"] = row["区域"].replace("East", "华东")
    if line.sheet in ALSO:
        other, column = ALSO[line.sheet]
        heading = schema().sheet(other).column(column).heading(language)
        tables[other] = [{**row, heading: example[column]} for row in tables[other]]
    key = [sheet.column(name).heading(language) for name in sheet.key if name in line.columns]
    rows = tables.get(line.sheet, [])
    others = [row for row in rows if [row.get(k) for k in key] != [written.get(k) for k in key]]
    tables[line.sheet] = [*others, written]
    frames = {name: pd.DataFrame(rows, dtype=object).fillna("") for name, rows in tables.items()}
    return {schema().sheet(name).heading(language): frame for name, frame in frames.items()}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("line", EXAMPLES, ids=lambda line: f"{line.sheet}-{line.columns[-1]}")
def test_an_example_is_accepted(line: Line, language: str) -> None:
    found = inspect(study(line, language))

    told = [one.say() for one in found.findings if one.severity != "info"]
    here = [text for text in told if text.startswith(schema().sheet(line.sheet).heading(language))]
    assert [one.say() for one in found.findings.errors] == []
    assert here == []
    assert found.network is not None


def test_what_is_headed_in_both_languages_speaks_that_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = {
        f"{name} {schema().sheet(name).zh}": pd.DataFrame(
            [
                {
                    f"{column} {schema().sheet(name).column(column).zh}": value
                    for column, value in row.items()
                    if column in {one.name for one in schema().sheet(name).columns}
                }
                for row in STUDY[name]
            ]
        )
        for name in ("Locations", "Products", "Lanes")
    }
    for value, language in (("C.UTF-8", "en"), ("zh_CN.UTF-8", "zh"), ("Chinese_China", "zh")):
        monkeypatch.setenv("LC_ALL", value)
        assert machine_language() == language
        assert inspect(rows).tables.language == language
