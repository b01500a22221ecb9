"""What is found in an input, whether it forbids the plan or not."""

from collections.abc import Callable

import pandas as pd

import tierstock as ts
from tierstock.inputs import Network


def everything_found(read: Callable[[], Network]) -> pd.DataFrame:
    """Return all findings of an input that is read by a call."""
    try:
        findings = read().findings
    except ts.InputError as error:
        findings = error.findings
    assert findings is not None
    return findings


def cells(findings: pd.DataFrame, code: str) -> list[str]:
    """Return the cells at which a fault of one code was found: ``Budgets!C2``."""
    mine = findings[findings["code"] == code]
    return [f"{sheet}!{cell}" for sheet, cell in zip(mine["sheet"], mine["cell"], strict=True)]
