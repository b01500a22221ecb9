"""The plan against its baseline in words: what Summary and the console begin with."""

import math

import pandas as pd

from tierstock.outputs.facts import RunFacts
from tierstock.outputs.kpi import about
from tierstock.outputs.words import percent, tell

NOTHING = 0.005
"""Share of a figure below which a difference is not worth a word."""


def change(value: float, before: float) -> str:
    """Return a change as a share of what was before, ``-18.0%``; blank where there is none."""
    if not (math.isfinite(value) and math.isfinite(before)) or before == 0:
        return ""
    return _unsigned(f"{(value - before) / abs(before):+.1%}")


def points(value: float, before: float, language: str) -> str:
    """Return a change of shares in points, ``+13.1 points``; blank where there is none."""
    if not (math.isfinite(value) and math.isfinite(before)):
        return ""
    return tell("points", language, number=_unsigned(f"{100 * (value - before):+.1f}"))


def _unsigned(text: str) -> str:
    """Return a change as it is printed, without a sign where that is nothing."""
    return text.lstrip("+-") if float(text.rstrip("%")) == 0 else text


def aside(text: str, language: str) -> str:
    """Return a text in brackets, with a space where the language has one; blank for none."""
    if not text:
        return ""
    return f"（{text}）" if language == "zh" else f" ({text})"


def against(facts: RunFacts, language: str) -> str:
    """Return what the plan is held against, ``today's policy``."""
    return tell(f"before {facts.baseline}", language)


def then(value: float, before: float, name: str, facts: RunFacts, language: str) -> str:
    """Return what a key figure of the baseline is, and how the plan differs from it.

    ``today 1,500,000 (-18.0%)``; shares differ in points.
    """
    unit = about()[name]["unit"]
    text = {"%": f"{before:.1%}", "day": f"{before:.1f}"}.get(unit, f"{before:,.0f}")
    shift = points(value, before, language) if unit == "%" else change(value, before)
    return tell(
        f"card before {facts.baseline}",
        language,
        before=text if math.isfinite(before) else "–",
        change=aside(shift, language),
    )


def lead(summary: pd.DataFrame, facts: RunFacts, language: str) -> list[str]:
    """Return sentences on the plan against its baseline; none without one.

    Args:
        summary: the sheet Summary in English, with its column Baseline.
        facts: facts of the plan, which name the baseline.
        language: ``en`` or ``zh``.
    """
    if not facts.baseline or "Baseline" not in summary:
        return []
    shown = summary.set_index("KPI")
    now, before = shown["Value"], shown["Baseline"]

    def sides(name: str, word: str) -> dict[str, str]:
        one, other = float(now[name]), float(before[name])
        texts = (f"{one:,.0f}", f"{other:,.0f}", aside(change(one, other), language))
        return dict(zip((word, f"{word}_before", f"{word}_change"), texts, strict=True))

    fills = float(now["Fill rate (units)"]), float(before["Fill rate (units)"])
    fill, fill_before = (percent(one) if math.isfinite(one) else "–" for one in fills)
    lines = [
        tell(
            "before lead",
            language,
            name=against(facts, language),
            currency=facts.currency,
            fill=fill,
            fill_before=fill_before,
            **sides("Total cost", "cost"),
            **sides("Capital tied up (end)", "capital"),
        )
    ]
    left = float(now["Stock left at the end"] - before["Stock left at the end"])
    if abs(left) > NOTHING * max(abs(float(before["Stock left at the end"])), 1.0):
        amount = f"{abs(left):,.0f} {facts.currency}"
        side = tell("more" if left > 0 else "less", language)
        lines.append(tell("before left", language, amount=amount, side=side))
    return lines
