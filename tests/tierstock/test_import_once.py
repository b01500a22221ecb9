"""``tierstock import``: what is read is never written over, and nothing counts twice."""

from pathlib import Path
from typing import Any

import pytest
from commands import answer, run

pytest.importorskip("yaml", reason="pyyaml is not installed (extra data)")

HEAD = """\
sources:
  - file: items.csv
    sheet: Products
    columns: {Product: SKU, Unit Value: Cost}
"""
STOCK = """\
  - file: stock.csv
    sheet: OpeningStock
    columns: {Location: Site, Product: SKU, Quantity: Qty, Lot: Lot}
"""
TABLES = {"items": "SKU,Cost\nP1,10\n", "stock": "Site,SKU,Qty,Lot\nDC1,P1,20,A\nDC1,P1,5,B\n"}


@pytest.fixture
def extracts(tmp_path: Path) -> list[Path]:
    (tmp_path / "map.yaml").write_text(HEAD + STOCK, encoding="utf-8")
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return [tmp_path / f"{name}.csv" for name in TABLES]


def imported(files: list[Path], *more: object) -> Any:
    return run("import", "--map", files[0].parent / "map.yaml", *files, *more, "--json")


def test_no_file_that_is_read_is_written_over(extracts: list[Path]) -> None:
    for target in ("stock.xlsx", "x.xlsx"):
        extract = extracts[0].parent / ("x.import.xlsx" if target == "x.xlsx" else target)
        extract.write_bytes(b"an extract")
        done = imported([*extracts, extract], "-o", extracts[0].parent / target, "--force")

        assert done.exit_code == 2 and extract.read_bytes() == b"an extract"
        assert "own-input" in done.output or "an input of this command" in done.output


def test_one_table_is_not_counted_twice(extracts: list[Path]) -> None:
    file = extracts[0].parent / "map.yaml"
    again = STOCK.replace("stock.csv", "st*.csv")
    file.write_text(HEAD + STOCK + again, encoding="utf-8")
    (fault,) = answer(imported(extracts, "--lang", "en"))["findings"]

    assert (fault["code"], fault["row"]) == ("map-key-twice", 8)
    assert "stock.csv: Qty" in fault["message"]

    both = [
        one + f"    where: {{Lot: [{lot}]}}\n" for one, lot in ((HEAD + STOCK, "A"), (again, "B"))
    ]
    file.write_text("".join(both), encoding="utf-8")
    assert imported(extracts).exit_code == 0


def test_a_factor_and_a_unit_count_for_their_own_column(extracts: list[Path]) -> None:
    folder = extracts[0].parent
    columns = (
        "Quantity: {from: Qty, factor: 2}, Blocked: {from: Held, factor: 10, unit: dozen}, Lot: Lot"
    )
    text = HEAD + STOCK.replace("Quantity: Qty, Lot: Lot", columns) + "units: {dozen: 12}\n"
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    (folder / "stock.csv").write_text("Site,SKU,Qty,Lot,Held\nDC1,P1,20,A,1\n", encoding="utf-8")
    balance = answer(imported(extracts))["balance"]

    out = {row["measure"]: row["out"] for row in balance if row["sheet"] == "OpeningStock"}
    assert out == {"Quantity": 40, "Blocked": 120}


def test_an_order_of_nothing_stays_and_nothing_received_may_be_negative(
    extracts: list[Path],
) -> None:
    folder = extracts[0].parent
    source = """\
  - file: po.csv
    sheet: InTransit
    columns: {To: To, Product: SKU, Quantity: Qty, Due Date: Due, Received: Got}
"""
    (folder / "map.yaml").write_text(HEAD + STOCK + source, encoding="utf-8")
    orders = folder / "po.csv"
    for got in (0, -5):
        orders.write_text(f"To,SKU,Qty,Due,Got\nDC1,P1,0,2026-01-05,{got}\n", encoding="utf-8")
        told = answer(imported([*extracts, orders], "--force"))
        if got == 0:
            assert told["sheets"]["InTransit"] == 1
        else:
            assert [one["code"] for one in told["findings"]] == ["extract-negative"]


def test_a_file_of_codes_with_an_impossible_name_is_told(extracts: list[Path]) -> None:
    codes = 'codes:\n  sites: {file: "a\\0b.csv", from: Old, to: New}\n'
    (extracts[0].parent / "map.yaml").write_text(HEAD + STOCK + codes, encoding="utf-8")
    done = imported(extracts)

    assert done.exit_code == 2
    assert "no-such-file" in {one["code"] for one in answer(done)["findings"]}


def test_a_code_map_is_read_in_any_spelling(extracts: list[Path]) -> None:
    folder = extracts[0].parent
    lines = "".join(f"    X {number}: P1\n" for number in range(20))
    stock = STOCK.replace("Product: SKU", "Product: {from: SKU, codes: items}")
    text = f"{HEAD}{stock}codes:\n  items:\n   map:\n{lines}"
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    rows = "".join(f"DC1,x{number},1,L{number}\n" for number in range(20))
    (folder / "stock.csv").write_text(f"Site,SKU,Qty,Lot\n{rows}", encoding="utf-8")
    done = answer(imported(extracts))

    assert done["findings"] == []
    assert [row["out"] for row in done["balance"]] == [20]


@pytest.mark.parametrize("words", [("--map", "map.yaml"), ("--suggest", "-o", "new.yaml")])
def test_an_empty_file_is_called_empty(
    words: tuple[str, ...], extracts: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(extracts[0].parent)
    extracts[1].write_text("", encoding="utf-8")
    done = run("import", *words, *extracts, "--json")

    assert done.exit_code == 2 and not Path("new.yaml").exists()
    assert [(one["code"], one["file"]) for one in answer(done)["findings"]] == [
        ("empty-file", "stock.csv")
    ]


@pytest.mark.parametrize(("text", "told"), [("", "文件为空"), ("? [a, b]\n: c\n", "冒号前")])
def test_what_is_wrong_with_the_yaml_is_told_in_chinese(
    text: str, told: str, extracts: list[Path]
) -> None:
    (extracts[0].parent / "map.yaml").write_text(text, encoding="utf-8")

    assert told in imported(extracts, "--lang", "zh").output
