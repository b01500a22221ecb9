"""The line for machines of ``tierstock plan --json``, key by key."""

from typing import Any

import pandas as pd
from traced_front import Figures, close
from traced_texts import Teller

UNTRACED = ("seconds", "forecast", "levels", "verify", "files", "stopped", "quality")
"""Keys that tell of the run, not of the plan."""


def line_faults(teller: Teller, told: dict[str, Any], before: Figures | None) -> list[str]:
    """Return the keys whose numbers are not what the sheets say."""
    book, now = teller.book, Figures(teller.kpis, teller.traced.parted(), teller.traced.terms())
    objective, bound = book.fact("Objective", "目标值"), book.fact("Bound", "下界")
    costs = book["Costs"].groupby("Cost Bucket")["Amount"].sum().to_dict()
    alerts = book["Alerts"]["Kind"].value_counts().to_dict() if len(book["Alerts"]) else {}
    worst = pd.to_numeric(book["Audit"]["Worst Violation"]).max()
    wanted: dict[str, Any] = {
        "objective": objective,
        "bound": bound,
        "gap": book.fact("Gap", "差距"),
        "costs": costs,
        "alerts": alerts,
        "kpis": {name: now.value(name) for name in told["kpis"]},
        "audit": {"passed": True, "worst_violation": worst},
        "size": {name: sized(book["RunInfo"], name) for name in told["size"]},
        "warnings": teller.warned,
        "baseline": None,
    }
    if told["baseline"] is not None and before is not None:
        kpis = {name: before.value(name) for name in told["baseline"]["kpis"]}
        wanted["baseline"] = {"kind": told["baseline"]["kind"], "kpis": kpis}
    return [
        f"--json {name}: {value} for {wanted.get(name, 'nobody traces it')}"
        for name, value in told.items()
        if name not in UNTRACED and not same(value, wanted.get(name, "?"))
    ]


def sized(info: pd.DataFrame, name: str) -> float:
    """Return a size as RunInfo tells it."""
    words = {"columns": "列", "rows": "行", "nonzeros": "非零元", "integers": "整数变量"}
    items = info["Item"].str.replace("：", ": ").str.split(": ").str[-1]
    groups = info["Item"].str.replace("：", ": ").str.split(": ").str[0]
    found = info.loc[groups.isin(["Size", "规模"]) & items.isin([name, words[name]]), "Value"]
    return float(found.iloc[0])


def same(told: Any, wanted: Any) -> bool:
    """Tell whether two values are alike, key by key; null is no number."""
    if isinstance(wanted, dict):
        return (
            isinstance(told, dict)
            and told.keys() == wanted.keys()
            and all(same(told[name], wanted[name]) for name in wanted)
        )
    if isinstance(wanted, str | bool) or wanted is None:
        return bool(told == wanted)
    return close(float("nan") if told is None else float(told), float(wanted))
