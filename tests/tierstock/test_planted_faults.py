"""Ten planted faults of different kinds in the sample study, all found at their cells."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from tierstock.cli import main

SHEETS = {
    "en": {name: name for name in ("Locations", "Products", "Lanes", "Demand", "OpeningStock")}
    | {name: name for name in ("Settings", "Vehicles", "StockTargets", "Capacity", "InTransit")},
    "zh": {
        "Locations": "地点",
        "Products": "产品",
        "Lanes": "运输线路",
        "Demand": "需求",
        "OpeningStock": "期初库存",
        "Settings": "设置",
        "Vehicles": "车型",
        "StockTargets": "库存目标",
        "Capacity": "仓储能力",
        "InTransit": "在途与未清订单",
    },
}

FAULTS: list[tuple[str, str, tuple[str, str], object]] = [
    # code, sheet, heading in English and Chinese, what is typed into a row of that column
    ("unknown-reference", "Demand", ("Location", "地点"), "S-N9X"),
    ("letter-in-number", "Lanes", ("Unit Cost", "单位运费"), "12,5O"),
    ("negative-number", "OpeningStock", ("Blocked", "冻结量"), -5),
    ("bad-choice", "Locations", ("Tier", "层级"), "shopp"),
    ("blank-required", "Products", ("Unit Value", "标准成本"), None),
    ("unknown-setting", "Settings", ("Setting", "设置项"), "carying_rate"),
    ("unknown-reference", "InTransit", ("Product", "产品"), "TV-5S"),
    ("not-a-number", "Capacity", ("Limit", "上限"), "tbd"),
    ("ambiguous-date", "InTransit", ("Due Date", "到达日"), "03/04/2026"),
    ("unknown-selector", "StockTargets", ("Location", "地点"), "Tier=stroe"),
]


def column_of(sheet: Worksheet, heading: str) -> int:
    for cell in sheet[1]:
        if str(cell.value).split("(")[0].strip() == heading:
            return int(cell.column)
    raise AssertionError(f"{heading} is not in {sheet.title}")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_ten_planted_faults_are_all_found_at_their_cells(language: str, tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    runner = CliRunner()
    runner.invoke(main, ["new", str(path), "--sample", "rebalancing", "--lang", language])
    book = openpyxl.load_workbook(path)
    planted = set()
    for number, (code, sheet, headings, value) in enumerate(FAULTS):
        title = SHEETS[language][sheet]
        heading = headings[language == "zh"]
        target = book[title]
        column = column_of(target, heading)
        row = 2 + number % 3
        target.cell(row, column).value = value
        planted.add((code, title, target.cell(row, column).coordinate))
    book.save(path)
    before = path.read_bytes()

    result = runner.invoke(main, ["check", str(path), "--json"])

    assert result.exit_code == 2, result.output
    answer = json.loads(result.stdout.strip().splitlines()[-1])
    found = {
        (finding["code"], finding["sheet"], finding["cell"])
        for finding in answer["findings"]
        if finding["severity"] == "error"
    }
    assert planted <= found
    assert len(found) == len(planted), found
    assert all(finding["message"] for finding in answer["findings"])
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["study.checked.xlsx", "study.xlsx"]
    marked = openpyxl.load_workbook(tmp_path / "study.checked.xlsx")
    for _, sheet, cell in planted:
        assert marked[sheet][cell].comment is not None
