"""The five slips of the rulings: each is told, or read as it was meant, never planned in silence.

Rulings 13 to 15: percent, units in headings and cells, physical data that a limit needs.
"""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from starter import save

from tierstock.inputs import Inspection, inspect
from tierstock.inputs.schema import say, schema

VAN = {"Vehicle": "van", "Max Weight": 18_000}
LANE = {"From": "SUP", "To": "S1", "Lead Time": 0, "Unit Cost": 1, "Vehicle": "van"}
STUDY: dict[str, list[dict[str, Any]]] = {
    "Locations": [{"Location": "SUP", "Tier": "supplier"}, {"Location": "S1", "Tier": "store"}],
    "Products": [{"Product": "A", "Unit Value": 10, "Weight": 2, "Units Per Pallet": 40}],
    "Lanes": [LANE],
    "Demand": [{"Location": "S1", "Product": "A", "Period": "2026-W02", "Quantity": 5}],
    "Vehicles": [VAN],
}


def checked(folder: Path, language: str, **sheets: list[dict[str, Any]]) -> Inspection:
    """Write the study as a workbook in a language and read it."""
    book = {}
    for name, rows in {**STUDY, **sheets}.items():
        sheet = schema().sheet(name)
        heads = list(dict.fromkeys(head for row in rows for head in row))
        titles = [
            spoken(sheet.column(head.split(" (")[0]).heading(language), head) for head in heads
        ]
        cells = [
            [
                say(row.get(head, ""), language) if head == "Tier" else row.get(head, "")
                for head in heads
            ]
            for row in rows
        ]
        book[sheet.heading(language)] = [titles, *cells]
    return inspect(save(book, folder / f"{language}.xlsx"))


def spoken(title: str, head: str) -> str:
    return f"{title} ({head.split(' (')[1]}" if " (" in head else title


def told(found: Inspection, code: str, language: str) -> str:
    """The sentence of the only finding with a code, in the language of the workbook."""
    (one,) = [one for one in found.findings if one.code == code]
    return one.say(found.findings.language)


BOTH = pytest.mark.parametrize("language", ["en", "zh"])


@BOTH
def test_a_blank_weight_names_both_cells(language: str, tmp_path: Path) -> None:
    found = checked(tmp_path, language, Products=[{"Product": "A", "Unit Value": 10, "Weight": ""}])
    assert found.network is None
    assert (
        told(found, "missing-measure", language)
        == {
            "en": "Products!C2  Weight is blank, but the limit in Vehicles!B2 needs it. State it"
            " (0 is allowed).",
            "zh": "产品!C2  重量为空，但 车型!B2 的限制需要它。请填写（可以填 0）。",
        }[language]
    )


@BOTH
def test_a_blank_pallet_size_names_both_cells(language: str, tmp_path: Path) -> None:
    van = {"Vehicle": "van", "Max Pallets": 12}
    products = [{"Product": "A", "Unit Value": 10, "Units Per Pallet": ""}]
    found = checked(tmp_path, language, Products=products, Vehicles=[van])
    assert found.network is None
    sentence = told(found, "missing-measure", language)
    assert sentence.startswith(
        {"en": "Products!C2  Units Per Pallet", "zh": "产品!C2  每托数量"}[language]
    )
    assert {"en": "Vehicles!B2", "zh": "车型!B2"}[language] in sentence
    typed = checked(tmp_path, language, Vehicles=[van])
    assert typed.network is not None


@BOTH
@pytest.mark.parametrize("word", ["pallet", "托"])
def test_a_word_for_a_pallet_needs_its_size(language: str, word: str, tmp_path: Path) -> None:
    products = [{"Product": "A", "Unit Value": 10, "Weight": 2, "Units Per Pallet": ""}]
    demand = [{**STUDY["Demand"][0], "Unit": word}]
    found = checked(tmp_path, language, Products=products, Demand=demand)
    assert (
        told(found, "unit-needs", language)
        == {
            "en": "Products!D2  Units Per Pallet is blank, but Demand!E2 counts in pallet. State"
            " it, above 0.",
            "zh": "产品!D2  每托数量为空，但 需求!E2 以托计数。请填写大于 0 的数。",
        }[language]
    )


@BOTH
def test_a_fraction_that_excel_made_a_date_is_told(language: str, tmp_path: Path) -> None:
    lanes = [{**LANE, "Yield": dt.date(2026, 2, 3)}]
    found = checked(tmp_path, language, Lanes=lanes)
    assert found.network is None
    assert (
        told(found, "date-in-ratio", language)
        == {
            "en": "Lanes!F2  Yield holds 2026-02-03: Excel made a date of a fraction such as 2/3."
            " Format the cell as Text and type it again, or write 0.667.",
            "zh": "运输线路!F2  到货率是 2026-02-03：Excel 把 2/3 这样的分数变成了日期。"
            "请将单元格设为文本格式后重新输入，或写 0.667。",
        }[language]
    )


@BOTH
def test_a_fraction_as_text_is_read(language: str, tmp_path: Path) -> None:
    found = checked(tmp_path, language, Lanes=[{**LANE, "Yield": "2/3"}])
    assert found.network is not None
    assert found.network.goods.arriving_share[0, 0] == pytest.approx(2 / 3)


@BOTH
@pytest.mark.parametrize(
    ("vehicle", "code"),
    [
        ({"Vehicle": "van", "Max Weight (吨)": 18}, "unit-converted"),
        ({"Vehicle": "van", "Max Weight (t)": "18"}, "unit-converted"),
        ({"Vehicle": "van", "Max Weight": "18 (吨)"}, "unit-in-cell"),
        ({"Vehicle": "van", "Max Weight": "18（吨）"}, "unit-in-cell"),
        ({"Vehicle": "van", "Max Weight": "18吨"}, "unit-in-cell"),
        ({"Vehicle": "van", "Max Weight": "18t"}, "unit-in-cell"),
    ],
)
def test_tonnes_are_kilograms(
    language: str, vehicle: dict[str, Any], code: str, tmp_path: Path
) -> None:
    found = checked(tmp_path, language, Vehicles=[vehicle])
    assert found.network is not None
    assert found.network.vehicles.limit[0, 1] == 18_000
    sentence = told(found, code, language)
    unit = {"en": "kg", "zh": "公斤"}[language]
    assert unit in sentence
    if code == "unit-in-cell":
        cell = str(vehicle["Max Weight"])
        assert (
            sentence
            == {
                "en": f'Vehicles!B2  Max Weight "{cell}" is read as 18,000 kg.',
                "zh": f"车型!B2  额定载重“{cell}”按 18,000 公斤 读取。",
            }[language]
        )


@BOTH
def test_kilograms_behind_a_number_need_no_word(language: str, tmp_path: Path) -> None:
    found = checked(tmp_path, language, Vehicles=[{**VAN, "Max Weight": "18000 kg"}])
    assert [one.code for one in found.findings if one.sheet in ("Vehicles", "车型")] == []


@BOTH
@pytest.mark.parametrize("cell", ["18m3", "18 (方)"])
def test_a_weight_in_another_measure_is_refused(language: str, cell: str, tmp_path: Path) -> None:
    found = checked(tmp_path, language, Vehicles=[{**VAN, "Max Weight": cell}])
    assert found.network is None
    assert cell in told(found, "not-a-number", language)


@BOTH
def test_98_in_a_ratio_says_what_to_write(language: str, tmp_path: Path) -> None:
    found = checked(tmp_path, language, Lanes=[{**LANE, "Yield": 98}])
    assert found.network is None
    assert (
        told(found, "ratio-above-one", language)
        == {
            "en": "Lanes!F2  Yield 98 is above 1. Write 98% or 0.98.",
            "zh": "运输线路!F2  到货率 98 大于 1。请写 98% 或 0.98。",
        }[language]
    )
    written = checked(tmp_path, language, Lanes=[{**LANE, "Yield": "98%"}])
    assert written.network is not None
    assert written.network.goods.arriving_share[0, 0] == pytest.approx(0.98)


@BOTH
@pytest.mark.parametrize(
    ("cell", "value"), [("2000万", 2e7), ("2000万元", 2e7), ("2,000 万", 2e7), ("3千", 3e3)]
)
def test_2000_wan_of_money_is_twenty_million(
    language: str, cell: str, value: float, tmp_path: Path
) -> None:
    found = checked(tmp_path, language, Lanes=[{**LANE, "Fixed Cost": cell}])
    assert found.network is not None
    assert found.network.lanes.fixed_cost[0, 0] == value
    assert (
        told(found, "unit-in-cell", language)
        == {
            "en": f'Lanes!F2  Fixed Cost "{cell}" is read as {value:,.0f} CNY/bucket.',
            "zh": f"运输线路!F2  发运固定费“{cell}”按 {value:,.0f} CNY/期 读取。",
        }[language]
    )


def test_the_study_of_these_tests_has_no_fault(tmp_path: Path) -> None:
    for language in ("en", "zh"):
        assert [one.say() for one in checked(tmp_path, language).findings] == []
