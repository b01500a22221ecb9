"""The report keeps the worst deviation of each check, and fails just beyond the tolerance."""

import pytest

from tierstock.outputs.audit.report import Report


@pytest.mark.parametrize(
    ("found", "wanted", "terms", "passes"),
    [
        (0.5, 0.0, 0.0, True),
        (0.75, 0.0, 0.0, False),
        (6.0, 4.0, 0.0, True),
        (6.5, 4.0, 0.0, False),
        (-6.0, -4.0, 0.0, True),
        (3.0, 1.0, 4.0, True),
        (3.0, 1.0, 3.75, False),
    ],
)
def test_a_deviation_of_just_the_tolerance_passes(
    found: float, wanted: float, terms: float, passes: bool
) -> None:
    same, less, below = Report(0.5), Report(0.5), Report(0.5)
    same.equal("keys", found, wanted, "here", terms=terms)
    less.at_most("keys", max(found, wanted), min(found, wanted), "here", terms=terms)
    below.at_most("keys", min(found, wanted), max(found, wanted), "here", terms=terms)

    assert same.failures["keys"] == (0 if passes else 1)
    assert same.worst["keys"] == abs(found - wanted)
    scale = max(1.0, abs(min(found, wanted)), terms)
    assert less.failures["keys"] == (0 if abs(found - wanted) <= 0.5 * scale else 1)
    assert below.failures["keys"] == below.worst["keys"] == 0


def test_the_worst_deviation_is_told_and_the_first_of_equal_ones() -> None:
    report = Report(0.5)
    for place, gap in (("a", 0.25), ("b", 0.4), ("c", 0.4), ("d", 0.3)):
        report.equal("keys", gap, 0.0, "sheet", place)
        report.at_most("total", gap, 0.0, "sheet", place)
    report.locate(lambda check, where: f"{check} at {' '.join(where)}")
    assert (report.worst["keys"], report.where["keys"]) == (0.4, "keys at sheet b")
    assert (report.worst["total"], report.where["total"]) == (0.4, "total at sheet b")

    for place, amount in (("e", 0.3), ("f", 2.0), ("", 2.0), ("g", 1.0)):
        report.fail("keys", "sheet", place, 7, amount=amount)
    report.equal("keys", 0.45, 0.0, "sheet", "h")
    report.locate(lambda *_: "elsewhere")
    report.note("keys", "not said of a check that failed")
    report.note("hash", "said")
    report.fail("costs", "once")

    told = {check.name: check for check in report.checks("en")}
    chinese = {check.name: check for check in report.checks("zh")}
    keys = told["Rows complete, known and single"]
    assert (keys.passed, keys.worst, keys.where) == (False, 2.0, "sheet · f · 7 (and 3 more)")
    assert chinese["行完整、可识别且不重复"].where == "sheet · f · 7（另有3处）"
    assert told["Every cost line recomputed"].where == "once"
    assert told["The input is the one that was planned"].where == "said"


def test_a_first_failure_counts_whatever_passed_before() -> None:
    report = Report(0.5)
    report.equal("keys", 0.4, 0.0, "near")
    report.fail("keys", "small", amount=0.1)
    assert (report.worst["keys"], report.where["keys"]) == (0.1, "small")
