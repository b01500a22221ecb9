"""The command ``tierstock import``: two complete files or none, and a workbook to plan with."""

from pathlib import Path
from typing import Any

import pytest
from commands import answer, run

from tierstock.inputs.extracts import run as walk
from tierstock.inputs.extracts.journal import Journal
from tierstock.inputs.extracts.merging import add_up

pytest.importorskip("yaml", reason="pyyaml is not installed (extra data)")

MAP = """\
sources:
  - file: sites.csv
    sheet: Locations
    columns: {Location: Site Code, Tier: {from: Site Type, values: {Hub: CDC, Shop: store}}}
  - file: items.csv
    sheet: Products
    columns: {Product: SKU, Unit Value: Cost}
  - file: routes.csv
    sheet: Lanes
    columns: {From: From, To: To, Lead Time: Days, Unit Cost: Freight}
  - file: orders.csv
    sheet: Demand
    columns: {Location: Shop, Product: SKU, Period: Wanted, Quantity: Open, Document: SO}
    constants: {Type: order}
"""
STOCK = """\
  - file: stock.csv
    sheet: OpeningStock
    columns: {Location: Site, Product: SKU, Quantity: Qty, Lot: Lot}
"""
TABLES = {
    "sites": "Site Code,Site Type\nDC1,Hub\nS01,Shop\n",
    "items": "SKU,Cost\n0017,10\n",
    "routes": "From,To,Days,Freight\nDC1,S01,1,0.5\n",
    "orders": "SO,Shop,SKU,Wanted,Open\n1,S01,0017,2026-01-05,8\n2,S01,0017,2026-01-06,4\n",
    "stock": "Site,SKU,Qty,Lot\nDC1,0017,20,A\nDC1,0017,5,B\n",
}


@pytest.fixture
def extracts(tmp_path: Path) -> list[Path]:
    (tmp_path / "map.yaml").write_text(MAP + STOCK, encoding="utf-8")
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return [tmp_path / f"{name}.csv" for name in TABLES]


def imported(files: list[Path], *more: object) -> Any:
    return run("import", "--map", files[0].parent / "map.yaml", *files, *more, "--json")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_imported_can_be_planned_with(extracts: list[Path], language: str) -> None:
    done = imported(extracts, "--lang", language)
    network = extracts[0].parent / "map.xlsx"

    assert done.exit_code == 0, done.output
    assert f"tierstock check {network}" in done.output
    assert answer(done)["files"] == [str(network), str(network.with_name("map.import.xlsx"))]
    checked = run("check", network, "--json")
    assert checked.exit_code == 0, checked.output
    assert answer(checked)["errors"] == 0


def test_sheets_a_plan_still_needs_are_named_with_the_way_to_add_them(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(f"sources:\n{STOCK}", encoding="utf-8")
    (tmp_path / "stock.csv").write_text(TABLES["stock"], encoding="utf-8")

    done = imported([tmp_path / "stock.csv"])

    assert done.exit_code == 0, done.output
    assert "Locations, Products, Lanes, Demand" in done.output
    assert f"tierstock merge network.xlsx {tmp_path / 'map.xlsx'}" in done.output


def test_an_older_workbook_is_replaced_only_when_asked(extracts: list[Path]) -> None:
    network = extracts[0].parent / "map.xlsx"
    network.write_bytes(b"old")
    refused = imported(extracts)
    assert refused.exit_code == 2
    assert network.read_bytes() == b"old"
    assert "--force" in answer(refused)["error"]

    assert imported(extracts, "--force").exit_code == 0
    assert network.read_bytes() != b"old"


def test_a_lost_unit_is_seen_before_anything_is_published(
    extracts: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing(*words: Any) -> Any:
        made = add_up(*words)
        made.frame["quantity"] = made.frame["quantity"] - 1
        return made

    monkeypatch.setattr(walk, "add_up", losing)
    done = imported(extracts)

    assert done.exit_code == 4
    assert "Demand quantity: 12000000 +0 != 11999998" in answer(done)["error"]
    assert not list(extracts[0].parent.glob("*.xlsx"))
    assert not list(extracts[0].parent.glob(".*"))


def test_a_change_missing_in_the_log_is_seen_as_well(
    extracts: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    extracts[4].write_text(TABLES["stock"] + "DC1,0017,20,A\n", encoding="utf-8")
    monkeypatch.setattr(Journal, "remove", lambda *words, **more: None)
    assert imported(extracts).exit_code == 4


def test_a_folder_that_is_not_there_is_a_fault_of_the_file(extracts: list[Path]) -> None:
    done = imported(extracts, "-o", extracts[0].parent / "none" / "out.xlsx")

    assert done.exit_code == 6
    assert answer(done)["files"] == []


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("-o", "out.ods"), "tierstock convert"),
        (("--map", "none.yaml"), "none.yaml"),
        (("--suggest", "-o", "map.txt"), ".yaml"),
    ],
)
def test_a_wrong_call_says_what_to_write(
    extracts: list[Path], words: tuple[str, ...], text: str
) -> None:
    done = imported(extracts, *words)

    assert done.exit_code == 2
    assert text in answer(done)["error"]


def test_without_a_map_the_proposal_is_offered(extracts: list[Path]) -> None:
    done = run("import", *extracts, "--json")

    assert done.exit_code == 2
    assert "--suggest" in answer(done)["error"]


def test_a_file_no_source_is_for_and_a_broken_one_are_told(extracts: list[Path]) -> None:
    other, broken = extracts[0].with_name("other.csv"), extracts[0].with_name("stock.xlsx")
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    done = imported([*extracts, other, broken])

    assert done.exit_code == 2
    codes = {(one["code"], one["file"]) for one in answer(done)["findings"]}
    assert {("extract-unwanted", "other.csv"), ("extract-unwanted", "stock.xlsx")} <= codes
    assert any(file == "stock.xlsx" and code != "extract-unwanted" for code, file in codes)
