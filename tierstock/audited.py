"""The independent audit of a plan before it is published."""

import math
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from tierstock.inputs.inspection import content_hash
from tierstock.inputs.schema import say, schema
from tierstock.outputs.audit import AuditResult, Check, audit
from tierstock.outputs.audit.report import Report
from tierstock.words import tell


class AuditError(RuntimeError):
    """The written plan failed its independent audit; nothing was published.

    ``result`` holds the checks.
    """

    def __init__(self, result: AuditResult) -> None:
        self.result = result
        failed = [check for check in result.checks if not check.passed]
        lines = [f"{check.name}: {check.worst:g} {check.where}" for check in failed]
        super().__init__("The plan failed its audit and was not published.\n" + "\n".join(lines))


def audited(source: Path, draft: Path, language: str) -> AuditResult:
    """Audit a draft; an audit that does not come to its end is a failed one.

    Raises:
        MemoryError, OSError: it lacked memory, or a file could not be read; that is no fault of
            the plan.
    """
    try:
        return audit(source, draft, language=language)
    except (MemoryError, OSError):
        raise
    except Exception as fault:
        check = ended(fault, language)
        return AuditResult(False, (check,), content_hash(source), content_hash(draft))


def ended(fault: Exception, language: str) -> Check:
    """Return the check that an audit comes to its end, failed by a fault."""
    where = f"{type(fault).__name__}: {fault}"
    return Check(tell("audit-ended", language), False, math.nan, where)


def where_in(where: str, language: str) -> str:
    """Return the place of a violation with the words of tables in a language; codes stay.

    >>> where_in("A → B · Costs · no lane（另有3处）", "zh")
    'A → B · 成本构成 · 没有线路（另有3处）'
    """
    if language == "en":
        return where
    place, bracket, more = where.partition("（")
    parts = [_said(part, language) for part in place.split(" · ")]
    return " · ".join(parts) + bracket + more


def _said(word: str, language: str) -> str:
    """Return a word of the audit, the name of a result sheet or column, or a word of a choice."""
    if word in _FAULTS:
        return _FAULTS[word]
    for sheet in schema().outputs:
        if sheet.name == word:
            return sheet.heading(language)
        for column in sheet.columns:
            if column.name == word:
                return column.heading(language)
    for kind in ("cost", "setting choice", "capacity kind", "dimension"):
        if (found := say(word, language, kind)) != word:
            return found
    return word


_FAULTS = {
    "no lane": "没有线路",
    "no row": "没有对应的行",
    "no rows": "没有任何行",
    "may not run here": "不允许在此运行",
    "changed since": "审计后被改动",
    "another input than the one audited": "与审计时的输入不同",
}


def passing_rows(language: str) -> pd.DataFrame:
    """Return the rows of the sheet Audit of a plan that passes; figures and hashes are still 0."""
    report = Report(0.0)
    for check in ("hash", "stamp"):
        report.note(check, f"sha256:{'0' * 64}")
    return _rows(report.checks(language))


def audit_rows(result: AuditResult) -> pd.DataFrame:
    """Return the checks as the rows of the sheet Audit."""
    return _rows(result.checks)


def _rows(checks: Sequence[Check]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (check.name, "pass" if check.passed else "fail", check.worst, check.where)
            for check in checks
        ],
        columns=["Check", "Result", "Worst Violation", "Where"],
    )
