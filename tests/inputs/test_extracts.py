"""Raw extracts become rows of the workbook; every change stands in the log."""

from pathlib import Path

import pytest
from click.testing import Result
from commands import answer, run
from openpyxl import load_workbook

pytest.importorskip("yaml", reason="pyyaml is not installed (extra data)")

MAP = """
faults: set aside
codes:
  sites: {map: {"1000": DC1, "2000": S01}}
units: {CS: 12}
sources:
  - file: mb52.csv
    sheet: OpeningStock
    decimal: comma
    dates: dd.mm.yyyy
    columns:
      Location: {from: Plant, codes: sites}
      Product: Material
      Quantity: [Unrestricted, Blocked]
      Blocked: Blocked
      Unit: BUn
      Expiry Date: SLED/BBD
      Lot: Batch
  - file: goods.csv
    sheet: Products
    columns: {Product: Code, Unit Value: Cost, Base Unit: UoM}
"""
STOCK = """Plant;Material;Batch;Unrestricted;Blocked;BUn;SLED/BBD
1000;P01;B1;1.200,5;0;EA;05.03.2026
1000;P01;B2;10;2,5;CS;05.03.2026
1000;P01;B2;10;2,5;CS;05.03.2026
2000;p02;B3;7-;0;EA;00.00.0000
2000;P99;B4;7;0;EA;
2000;P02;B5;abc;0;EA;
2000;p02;B6;3;0;EA;01.05.2026
Total;;;1.227,5;5;;
"""


@pytest.fixture
def extracts(tmp_path: Path) -> Path:
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    (tmp_path / "mb52.csv").write_text(STOCK, encoding="gb18030")
    (tmp_path / "goods.csv").write_text("Code,Cost,UoM\nP01,10,EA\nP02,5,EA\n", encoding="utf-16")
    return tmp_path


def imported(folder: Path, *more: object) -> Result:
    files = [folder / "mb52.csv", folder / "goods.csv"]
    words = ("import", "--map", folder / "map.yaml", *files, "-o", folder / "n.xlsx", "--json")
    return run(*words, *more)


def grid(path: Path, sheet: str) -> list[tuple[object, ...]]:
    rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [tuple("" if cell is None else cell for cell in row) for row in rows]


def test_lots_of_one_expiry_date_become_one_row_in_base_units(extracts: Path) -> None:
    assert imported(extracts).exit_code == 0
    (headings, *rows) = grid(extracts / "n.xlsx", "OpeningStock")

    assert headings == ("Location", "Product", "Quantity", "Expiry Date", "Blocked")
    assert [(*row[:3], f"{row[3]:%Y-%m-%d}", row[4]) for row in rows] == [
        ("DC1", "P01", 1350.5, "2026-03-05", 30),
        ("S01", "P02", 3, "2026-05-01", 0),
    ]


def test_every_unit_that_is_gone_stands_in_the_log(extracts: Path) -> None:
    told = answer(imported(extracts))
    (_, *rows) = grid(extracts / "n.import.xlsx", "Log")
    gone = {(row[1], row[3]): row[11] for row in rows if row[0] in ("left out", "set aside")}

    assert told["balance"][0] == {
        "sheet": "OpeningStock",
        "measure": "Quantity",
        "in": 2461,
        "change": -1107.5,
        "out": 1353.5,
    }
    assert gone[("exact duplicate", 4)] == -2.5
    assert gone[("line of totals", 9)] == -5
    assert {reason for reason, _ in gone} == {
        "exact duplicate",
        "broken number",
        "negative quantity",
        "unknown code",
        "line of totals",
    }


def test_without_leave_to_set_rows_aside_nothing_is_written(extracts: Path) -> None:
    (extracts / "map.yaml").write_text(MAP.replace("faults: set aside", ""), encoding="utf-8")
    done = imported(extracts)

    assert done.exit_code == 2
    places = [(one["code"], one["line"]) for one in answer(done)["findings"]]
    assert ("extract-broken-number", 7) in places
    assert ("extract-negative", 5) in places
    assert not list(extracts.glob("n*"))
