"""The independent audit of a plan before it is published."""

import math
from pathlib import Path

import pandas as pd

from tierstock.inputs.inspection import content_hash
from tierstock.outputs.audit import AuditResult, Check, audit
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
    """Audit a draft; an audit that does not come to its end is a failed one."""
    try:
        return audit(source, draft, language=language)
    except Exception as fault:
        where = f"{type(fault).__name__}: {fault}"
        check = Check(tell("audit-ended", language), False, math.nan, where)
        return AuditResult(False, (check,), content_hash(source), content_hash(draft))


def audit_rows(result: AuditResult) -> pd.DataFrame:
    """Return the checks as the rows of the sheet Audit."""
    return pd.DataFrame(
        [
            (check.name, "pass" if check.passed else "fail", check.worst, check.where)
            for check in result.checks
        ],
        columns=["Check", "Result", "Worst Violation", "Where"],
    )
