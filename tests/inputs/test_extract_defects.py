"""Planted defects of twelve classes are caught, logged, and take no unit in silence.

The whole proof, with its figures: ``pytest -m slow -s tests/inputs/test_extract_defects.py``.
"""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from commands import answer, run
from openpyxl import load_workbook
from raw_defects import PLANTERS, Defect, plant, raw_total
from raw_extracts import MAP, Company, company, number, write

pytest.importorskip("yaml", reason="pyyaml is not installed (extra data)")

DROPPED = ("left out", "set aside")
ALARMS = (*DROPPED, "flagged", "netted")


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    book = load_workbook(path, read_only=True)
    headings, *rows = book[sheet].iter_rows(values_only=True)
    book.close()
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


def exact(value: Any) -> Decimal:
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


class Imported:
    """What came out of an import."""

    def __init__(self, made: Company, folder: Path) -> None:
        files = write(made, folder)
        target = folder / "network.xlsx"
        done = run("import", "--map", folder / "map.yaml", *files, "-o", target, "--json")
        assert done.exit_code == 0, done.output
        self.told = answer(done)
        self.log = table(folder / "network.import.xlsx", "Log")
        self.sheets = {name: table(target, name) for name in ("OpeningStock", "InTransit")}

    def total(self, sheet: str) -> Decimal:
        return sum((exact(row["Quantity"]) for row in self.sheets[sheet]), Decimal(0))

    def logged(self, sheet: str) -> Decimal:
        mine = [row for row in self.log if (row["Sheet"], row["Measure"]) == (sheet, "Quantity")]
        return sum((exact(row["Quantity"]) for row in mine), Decimal(0))

    def caught(self, made: Company, defect: Defect) -> bool:
        if not defect.table:
            return any(
                row["Reason"] in defect.reasons and (row["Location"], row["Product"]) == defect.pair
                for row in self.log
            )
        place = made.place(defect.table, defect.row)
        return any(
            row["Reason"] in defect.reasons and (row["File"], row["Row"]) == place
            for row in self.log
        )


def check(made: Company, planted: list[Defect], done: Imported) -> Counter[str]:
    """Demand conservation and right results; return how many of each class were caught."""
    raw = {
        "OpeningStock": raw_total(made, "stock.xlsx", "Qty On Hand", number),
        "InTransit": raw_total(made, "po.csv", "Order Qty", number)
        + raw_total(made, "asn.csv", "Shipped Qty", number),
    }
    for sheet, came in raw.items():
        assert came + done.logged(sheet) == done.total(sheet), sheet
    held: dict[tuple[str, str], Decimal] = {}
    for row in done.sheets["OpeningStock"]:
        pair = row["Location"], row["Product"]
        held[pair] = held.get(pair, Decimal(0)) + exact(row["Quantity"])
    assert held == {pair: total for pair, total in made.stock.items() if total}
    assert done.total("InTransit") == made.coming
    return Counter(one.kind for one in planted if done.caught(made, one))


def false_alarms(made: Company, planted: list[Defect], done: Imported) -> list[dict[str, Any]]:
    """Return rows of the log that are dropped or flagged and belong to no planted defect."""
    places = {made.place(one.table, one.row) for one in planted if one.table}
    pairs = {one.pair for one in planted}
    return [
        row
        for row in done.log
        if row["Action"] in ALARMS
        and row["Reason"] != "already received"
        and (row["File"], row["Row"]) not in places
        and (row["File"] or (row["Location"], row["Product"]) not in pairs)
    ]


def test_every_class_of_defect_is_caught_and_no_unit_lost(tmp_path: Path) -> None:
    made = company(seed=7, sites=3, items=12)
    planted = plant(made, 3 * len(PLANTERS))
    done = Imported(made, tmp_path)

    caught = check(made, planted, done)
    assert caught == Counter(one.kind for one in planted)
    assert false_alarms(made, planted, done) == []


def test_right_extracts_raise_no_alarm_and_come_out_whole(tmp_path: Path) -> None:
    made = company(seed=8, sites=2, items=6)
    done = Imported(made, tmp_path)

    check(made, [], done)
    assert false_alarms(made, [], done) == []
    assert done.told["findings"] == []


def test_defects_are_refused_unless_the_map_sets_them_aside(tmp_path: Path) -> None:
    made = company(seed=9, sites=3, items=12)
    plant(made, 2 * len(PLANTERS))
    files = write(made, tmp_path)
    head, _, tail = MAP.partition("faults:")
    strict = head + tail[tail.index("sources:") :]
    (tmp_path / "map.yaml").write_text(strict, encoding="utf-8")
    done = run("import", "--map", tmp_path / "map.yaml", *files, "--json")
    errors = {one["code"] for one in answer(done)["findings"] if one["severity"] == "error"}

    assert done.exit_code == 2
    assert {path.name for path in tmp_path.iterdir()} == {
        "map.yaml",
        "codes.csv",
        *(path.name for path in files),
    }
    assert errors == {
        "extract-bad-date",
        "extract-broken-number",
        "extract-conflict",
        "extract-master-conflict",
        "extract-missing-key",
        "extract-negative",
        "extract-unknown-code",
        "extract-unknown-unit",
    }


@pytest.mark.slow
def test_five_hundred_defects(tmp_path: Path) -> None:
    made = company(seed=2026, sites=8, items=90)
    planted = plant(made, 500)
    done = Imported(made, tmp_path)
    caught = check(made, planted, done)
    all_of = Counter(one.kind for one in planted)

    print()
    for kind, count in all_of.items():
        print(f"{kind:28}{caught[kind]:4} of {count}")
    rows = sum(map(len, made.tables.values()))
    alarms = false_alarms(made, planted, done)
    print(f"{'all':28}{caught.total():4} of {all_of.total()}, {len(alarms)} false, {rows} rows")
    for line in done.told["balance"]:
        print("{sheet} {measure}: in {in} {change:+} = out {out}".format(**line))
    assert len(all_of) == 12
    assert caught.total() >= 0.98 * all_of.total()
    assert alarms == []
