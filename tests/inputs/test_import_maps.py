"""Faults of a map are told with their line and the nearest word; nothing in it is run."""

import re
from pathlib import Path
from typing import Any

import pytest
from commands import answer, run

from tierstock.inputs.extracts.map_read import read_map
from tierstock.inputs.extracts.mapping import FAULTS
from tierstock.inputs.findings import Findings

pytest.importorskip("yaml", reason="pyyaml is not installed (extra data)")

GOOD = """\
sources:
  - file: stock.csv
    sheet: OpeningStock
    columns:
      Location: Site
      Product: Item
      Quantity: Qty
"""


def told(folder: Path, text: str | bytes, *more: object) -> list[dict[str, Any]]:
    """Import with a map; return what is found as errors, after checking that nothing is written."""
    (folder / "stock.csv").write_text("Site,Item,Qty\nDC1,P1,5\n", encoding="utf-8")
    content = text if isinstance(text, bytes) else text.encode()
    (folder / "map.yaml").write_bytes(content)
    done = run(
        "import", "--map", folder / "map.yaml", folder / "stock.csv", "--json", "--debug", *more
    )
    assert done.exit_code == 2, done.output
    assert not list(folder.glob("*.xlsx"))
    return [one for one in answer(done)["findings"] if one["severity"] == "error"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "text"),
    [
        ("columns:", "colums:", "map-unknown-key", 4, "columns"),
        ("OpeningStock", "OpenningStock", "map-unknown-sheet", 3, "OpeningStock"),
        ("Quantity:", "Quantty:", "map-unknown-column", 7, "Quantity"),
        ("Location: Site", "Location: Sites", "map-no-heading", 5, "Site"),
        ("stock.csv", "stok.csv", "map-no-file", 2, "stock.csv"),
        ("      Product: Item\n", "", "map-needed", 4, "Product"),
        ("Product: Item", "Location: Item", "map-key-twice", 6, "line 5"),
        ("Quantity: Qty", "数量: {from: Qty, codes: x}", "map-unknown-codes", 7, "x"),
        ("Quantity: Qty", "Quantity: {from: Qty, factor: 0}", "map-number", 7, "factor"),
        ("Quantity: Qty", "Quantity: {unit: EA}", "map-missing", 7, "from"),
        ("sheet: OpeningStock", "sheet: 期初库村", "map-unknown-sheet", 3, "期初库存"),
        ("    sheet:", "    dates: day.month\n    sheet:", "map-date-format", 3, "dd.mm.yyyy"),
        ("    sheet:", "    lots: kepp\n    sheet:", "map-choice", 3, "keep"),
        ("    sheet:", "    header: -1\n    sheet:", "map-number", 3, "header"),
        ("    sheet:", "    identity: [Lott]\n    sheet:", "map-unknown-column", 3, "columns"),
        ("sources:", "faults: {conflict: drop}\nsources:", "map-choice", 1, "conflict"),
        ("sources:", "units: {CS: many}\nsources:", "map-number", 1, "CS"),
        (
            "sources:",
            "codes: {a: {file: none.csv, from: x, to: y}}\nsources:",
            "no-such-file",
            0,
            "",
        ),
        ("sources:\n  - file", "sources:\n    file", "map-shape", 2, "list"),
        ("sources:", "sorces:", "map-unknown-key", 1, "sources"),
        ("Location: Site", "Location: [Site", "bad-yaml", 5, "YAML"),
    ],
)
def test_a_fault_of_the_map_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int, text: str
) -> None:
    found = told(tmp_path, GOOD.replace(old, new, 1))
    mine = [one for one in found if one["code"] == code]

    assert mine, found
    assert mine[0]["line"] == (line or None) or code == "bad-yaml"
    assert text in mine[0]["message"]


def test_all_faults_of_a_map_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("columns:", "lots: all\n    columns:").replace("Product:", "Produkt:")
    assert {one["code"] for one in told(tmp_path, text)} == {
        "map-choice",
        "map-unknown-column",
        "map-needed",
    }


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "!!python/object/apply:os.system ['touch hacked']",
        "sources: !!python/object/new:os.system ['touch hacked']\n",
        "[" * 2000,
        "a: b: c",
        "",
        "- 1",
        "? [a, b]\n: c",
        "sources: *nothing",
        b"\xff\xfe\x00\x01",
        b"sources: \x00",
    ],
)
def test_what_is_no_map_is_refused_and_nothing_in_it_is_run(
    tmp_path: Path, text: str | bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert told(tmp_path, text)
    assert not (tmp_path / "hacked").exists()


def test_codes_and_words_stay_texts_whatever_yaml_makes_of_them(tmp_path: Path) -> None:
    (tmp_path / "stock.csv").write_text("Site,Item,Qty\n0012,NO,5\n", encoding="utf-8")
    codes = "codes: {p: {map: {NO: 2026-01-05}}, s: {map: {0012: 007}}}\n"
    text = codes + GOOD.replace("Item", "{from: Item, codes: p}").replace(
        "Site", "{from: Site, codes: s}"
    )
    (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
    done = run("import", "--map", tmp_path / "map.yaml", tmp_path / "stock.csv", "--json")
    assert done.exit_code == 0, done.output

    from openpyxl import load_workbook

    rows = list(load_workbook(tmp_path / "map.xlsx")["OpeningStock"].values)
    assert rows[1][:3] == ("007", "2026-01-05", 5)


def test_a_code_with_two_meanings_is_told_at_its_row(tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text("old,new\nA,DC1\nB,DC2\nA,DC3\n", encoding="utf-8")
    head = "codes: {sites: {file: codes.csv, from: old, to: new}}\n"
    (found,) = told(tmp_path, head + GOOD.replace("Site", "{from: Site, codes: sites}"))

    assert (found["code"], found["file"], found["line"]) == ("map-code-twice", "codes.csv", 4)
    assert "DC1" in found["message"] and "DC3" in found["message"]


def test_a_map_in_chinese_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "库存.csv").write_text("仓库,物料,数量\n北京,P1,5\n", encoding="gb18030")
    text = """\
语言: 中文
来源:
  - 文件: 库存.csv
    目标表: 期初库存
    列: {地点: 仓库, 产品: 物料, 数量: 数量}
"""
    (tmp_path / "映射.yaml").write_text(text, encoding="utf-8")
    words = ("--map", tmp_path / "映射.yaml", tmp_path / "库存.csv", "--json")
    done = run("import", *words)

    assert done.exit_code == 0, done.output
    assert answer(done)["sheets"] == {"期初库存": 1}
    assert (tmp_path / "映射.import.xlsx").exists()


def test_a_map_with_chinese_words_alone_is_answered_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "库存.csv").write_text("仓库,物料,数量\n北京,P1,5\n", encoding="gb18030")
    text = """\
已确认: 否
来源:
  - 文件: 库存.csv
    目标表: 期初库存
    列: {地点: 仓库, 产品: 物料, 数量: 数量}
"""
    path = tmp_path / "映射.yaml"
    path.write_text(text, encoding="utf-8")
    words = ("import", "--map", path, tmp_path / "库存.csv", "--json")

    refused = run(*words)
    path.write_text(text.replace("否", "是"), encoding="utf-8")
    done = run(*words)

    assert refused.exit_code == 2
    assert "已确认: 是" in refused.output
    assert done.exit_code == 0, done.output
    assert answer(done)["sheets"] == {"期初库存": 1}
    assert "已写出 1 行" in done.output


def test_without_pyyaml_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "yaml", None)
    (found,) = told(tmp_path, GOOD)

    assert found["code"] == "extra-missing"
    assert "pyyaml" in found["message"] and "tierstock[data]" in found["message"]


@pytest.mark.parametrize("page", ["import.md", "import.zh.md"])
def test_the_map_of_the_page_is_a_map(tmp_path: Path, page: str) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / page).read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```yaml\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    (tmp_path / "map.yaml").write_text(shown, encoding="utf-8")
    codes = "Plant,WMS Code,Site,工厂,WMS编码,地点\n1,2,DC1,1,2,DC1\n"
    (tmp_path / "sites.csv").write_text(codes, encoding="utf-8")
    found = Findings()
    made = read_map(tmp_path / "map.yaml", found)

    assert made is not None, [one.say() for one in found]
    assert [one.target.name for one in made.sources] == [
        "OpeningStock",
        "Products",
        "InTransit",
        "InTransit",
        "EarlierStock",
        "Movements",
    ]
    assert made.faults["negative"] == "set aside"
    assert {kind for kind in FAULTS if kind in text} == set(FAULTS) or page.endswith("zh.md")
