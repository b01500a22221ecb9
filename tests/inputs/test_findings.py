"""Findings say place, fault and remedy, in both languages."""

import json
import pickle

import pandas as pd
import pytest
from starter import look, sheet_of, starter

from tierstock.inputs.findings import (
    COLUMNS,
    SEVERITIES,
    Both,
    Finding,
    Findings,
    InputError,
    findings_frame,
)
from tierstock.inputs.messages import messages, phrase, show
from tierstock.inputs.tables import letters


def spoilt() -> Findings:
    study = starter()
    for number in range(30):
        sheet_of(study, "Products").append([f"X{number}", f"bad{number}", "", ""])
    sheet_of(study, "Demand")[1][0] = "S0I"
    frames = {title: pd.DataFrame(rows[1:], columns=rows[0]) for title, rows in study.items()}
    return look(frames)[1]


def test_every_message_has_a_severity_and_the_file_is_sorted() -> None:
    assert {message.severity for message in messages().values()} == {*SEVERITIES, "part"}
    assert list(messages()) == sorted(messages())


def test_a_finding_says_place_fault_and_remedy() -> None:
    findings = Findings()
    where = Both("Locations", "地点")
    findings.add(
        "unknown-reference",
        sheet="Demand",
        address="B204",
        column="Location",
        value="Shangai-DC",
        where=where,
        nearest="Shanghai-DC",
    )
    (found,) = findings

    assert found.say("en") == (
        'Demand!B204  Location "Shangai-DC" is not in Locations. Nearest: "Shanghai-DC".'
    )
    assert found.say("zh") == (
        "Demand!B204  Location“Shangai-DC”不在“地点”中。最接近的是“Shanghai-DC”。"
    )


def test_pieces_with_a_blank_are_left_out() -> None:
    text = phrase("not-a-number", "en", {"column": "Price", "value": "x", "nearest": ""})
    assert text == 'Price is "x" – not a number.'


def test_a_value_with_braces_or_brackets_is_shown_as_typed() -> None:
    finding = Finding("bad-flag", "error", value="{value}[x]", column="Firm")
    assert "{value}[x]" in finding.say()


def test_an_unknown_code_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        Findings().add("no-such-code")


def test_findings_are_rows_for_json() -> None:
    frame = findings_frame(spoilt(), "zh")

    assert list(frame.columns) == list(COLUMNS)
    rows = json.loads(frame.to_json(orient="records", force_ascii=False))
    assert rows[0]["severity"] == "error"
    assert rows[0]["cell"] == "B4"
    assert rows[0]["row"] == 4
    assert rows[0]["line"] is None


def test_an_input_error_shows_twenty_lines_and_keeps_everything() -> None:
    findings = spoilt()
    error = InputError(findings)

    lines = str(error).splitlines()
    assert len(lines) == 20
    assert lines[0] == f"The tables cannot be used: 21 errors among {len(findings)} findings."
    assert lines[-1].startswith("… and ")
    assert len(error.findings) == len(findings)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_errors_come_first() -> None:
    findings = Findings()
    findings.add("hidden-sheet", sheet="A")
    findings.add("missing-sheet", sheet="B", meant="B")

    assert [one.severity for one in findings] == ["error", "warning"]
    assert len(findings.errors) == len(findings.warnings) == 1


def test_no_rows_mean_no_finding() -> None:
    study = starter()
    frames = {title: pd.DataFrame(rows[1:], columns=rows[0]) for title, rows in study.items()}
    tables, findings = look(frames)
    findings.add("blank-required", table=tables.table("Lanes"), index=[], field="to")
    assert len(findings) == 0

    findings.add("blank-required", table=tables.table("Lanes"), index=[1, 0], field="to")
    (found,) = findings
    assert (found.cell, found.others, found.value, found.column) == ("B3", ("B2",), "S02", "To")


def test_findings_of_another_collector_are_taken_over() -> None:
    one, other = Findings(), spoilt()
    one.extend(other)
    assert [found.say() for found in one] == [found.say() for found in other]


@pytest.mark.parametrize(
    ("value", "text"),
    [(12.0, "12"), (0.5, "0.5"), (float("nan"), ""), (None, ""), (True, "TRUE"), ("a", "a")],
)
def test_values_are_shown_as_planners_write_them(value: object, text: str) -> None:
    assert show(value) == text


def test_columns_have_letters() -> None:
    assert [letters(n) for n in (0, 25, 26, 701, 702, 16_383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]


def test_findings_are_told_in_the_order_of_the_workbook() -> None:
    findings = Findings()
    findings.order = ("Lanes", "Demand")
    for sheet, row, address in (
        ("Demand", 9, "B9"),
        ("Demand", 2, "AA2"),
        ("Demand", 2, "B2"),
        ("Lanes", 5, "A5"),
        ("", None, ""),
    ):
        findings.add("self-lane", sheet=sheet, row=row, address=address)
    findings.add("lane-too-slow", sheet="Lanes", lane="a→b")

    told = [(one.severity, one.sheet, one.address) for one in findings]

    assert told == [
        ("error", "", ""),
        ("error", "Lanes", "A5"),
        ("error", "Demand", "B2"),
        ("error", "Demand", "AA2"),
        ("error", "Demand", "B9"),
        ("warning", "Lanes", ""),
    ]
    assert [one.address for one in findings.errors] == [place[2] for place in told[:5]]
