"""Why something is short: the planted row is named first, and doing what it says helps."""

import time
from collections import Counter

import pytest
from asked_why import ask
from planted_causes import KINDS, planted
from real_plans import least_plan

import tierstock as ts

NUMBERS = range(1, 9)
"""Networks of each kind in the wide proof."""


@pytest.mark.parametrize(("kind", "language"), [("lane", "en"), ("forbidden", "zh")])
def test_the_planted_row_is_named_first_and_the_sheet_says_the_same(
    kind: str, language: str
) -> None:
    case = planted(kind, 1)

    asked = ask(case, language, relax=False)

    assert asked.named and asked.agrees
    assert asked.why is not None
    told = {"en": f"{case.sheet} row {case.row}", "zh": f"第 {case.row} 行"}
    assert told[language] in str(asked.why)
    assert told[language] in asked.why._repr_html_()
    assert asked.why.frame["Excel Row"].iloc[0] == case.row


def test_a_shipment_tells_what_it_is_for_and_what_is_lost_without_it() -> None:
    plan = least_plan(planted("lane", 1).sheets)
    assert plan is not None
    row = plan.shipments.iloc[0]

    why, same = plan.why(row), plan.why(row["Plan No"], language="zh")

    assert why.serving >= -1e-6 and same.serving == pytest.approx(why.serving)
    assert row["Reason"].split(": ")[0].split("+")[0] in str(why)
    assert "若不执行" in str(same)
    assert str(plan.why("RA-S1", "P1", "1")).endswith("are served.")
    with pytest.raises(ValueError, match=r"RA-S9 is not in Locations. The nearest is RA-S"):
        plan.why("RA-S9", "P1", "1")
    with pytest.raises(ValueError, match="no shipment S-99999"):
        plan.why("S-99999")


@pytest.mark.slow
def test_of_planted_causes_nine_in_ten_are_named_and_what_is_said_helps() -> None:
    """python -m pytest -m slow -s tests/tierstock/test_why.py -k planted_causes"""
    asked = named = agrees = relaxed = served = 0
    wrong: Counter[str] = Counter()
    for kind in KINDS:
        for number in NUMBERS:
            one = ask(planted(kind, number), "zh" if number % 2 else "en")
            if one.why is None:
                continue
            asked, named, agrees = asked + 1, named + one.named, agrees + one.agrees
            if not one.named:
                wrong[kind] += 1
            if one.served is not None:
                relaxed, served = relaxed + 1, served + one.served
    print(f"planted {asked}: named first {named}, the sheet agrees in {agrees}; ", end="")
    print(f"relaxed {relaxed}: shortage gone {served}; not named {dict(wrong)}")

    assert asked >= 100
    assert named >= 0.9 * asked and agrees >= 0.9 * asked
    assert served >= 0.95 * relaxed


@pytest.mark.slow
def test_questions_about_the_sample_are_answered_and_agree_with_its_sheet() -> None:
    """python -m pytest -m slow -s tests/tierstock/test_why.py -k sample"""
    net = ts.read(ts.sample("rebalancing"))
    plan = ts.solve(ts.build(net), gap=0.03, time_limit=120, progress=False)
    service = plan.service
    short = service[service["Stock Out"] == "Y"]
    began = time.process_time()
    _ = plan.prices
    loaded, seconds, same = time.process_time() - began, [], 0
    for row in short.itertuples():
        began = time.process_time()
        why = plan.why(row.Location, row.Product, row.Period)
        seconds.append(time.process_time() - began)
        same += why.cause == row.Cause
    for number in plan.shipments["Plan No"].iloc[::200]:
        began = time.process_time()
        plan.why(number)
        seconds.append(time.process_time() - began)
    middle, most = sorted(seconds)[len(seconds) // 2], max(seconds)
    print(
        f"{len(seconds)} questions: prices {loaded:.2f} s, then {middle:.2f} s, at most {most:.2f}"
    )
    print(f"{len(short)} shortages, cause as in the sheet: {same}")

    assert len(short) and same >= 0.9 * len(short)
