"""The sheet ``DataIssues``: what was found in the planner's tables."""

import pandas as pd

COLUMNS = ("Level", "Sheet", "Excel Row", "Column", "Value", "Message")
LEVELS = ("error", "warning", "info")


def issues(findings: pd.DataFrame | None) -> pd.DataFrame:
    """Return the sheet ``DataIssues``, worst first.

    Args:
        findings: columns severity, sheet, row, column, value and message (those of
            ``InputError.findings``); none where nothing was found.
    """
    if findings is None or findings.empty:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in COLUMNS})
    rank = findings["severity"].map({level: place for place, level in enumerate(LEVELS)})
    order = findings.assign(rank=rank).sort_values(
        ["rank", "sheet", "row", "column"], kind="stable", ignore_index=True
    )
    frame = {
        "Level": order["severity"],
        "Sheet": order["sheet"],
        "Excel Row": pd.to_numeric(order["row"]),
        "Column": order["column"],
        "Value": order["value"],
        "Message": order["message"],
    }
    return pd.DataFrame(frame, columns=list(COLUMNS))
