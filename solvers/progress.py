"""One record of progress, and the line that shows it in English or Chinese."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PHASES: dict[str, dict[str, str]] = {
    "reading": {"en": "reading", "zh": "读取"},
    "checking": {"en": "checking", "zh": "检查"},
    "building": {"en": "building", "zh": "建模"},
    "bounding": {"en": "bounding", "zh": "求界"},
    "searching": {"en": "searching", "zh": "搜索"},
    "improving": {"en": "improving", "zh": "改进"},
    "auditing": {"en": "auditing", "zh": "审核"},
    "writing": {"en": "writing", "zh": "写出"},
}
"""Phases of a plan in order, with their words."""

WORDS: dict[str, dict[str, str]] = {
    "cost": {"en": "cost", "zh": "成本"},
    "bound": {"en": "bound", "zh": "下界"},
    "gap": {"en": "gap", "zh": "差距"},
    "of": {"en": "{elapsed} of {limit}", "zh": "{elapsed} / {limit}"},
    "unknown": {"en": "none yet", "zh": "暂无"},
}
"""Words of the progress line."""

BARS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class Progress:
    """Where a run stands.

    A bound that lies more than the whole cost below it says nothing yet and is not shown.

    Attributes:
        phase: key of ``PHASES``.
        incumbent: cost of the best plan so far, infinite where there is none.
        bound: proven limit no plan can beat, infinite where there is none.
        gap: distance of both as a share of the cost, infinite where either is missing.
        elapsed: seconds since the solve began.
        limit: time limit in seconds, infinite where there is none.
        level: level of the objective, whose amount stands for the cost; blank without levels.
    """

    phase: str
    incumbent: float = math.inf
    bound: float = -math.inf
    gap: float = math.inf
    elapsed: float = 0.0
    limit: float = math.inf
    level: str = ""

    def line(self, language: str = "en") -> str:
        """Return the record as one line of text in ``en`` or ``zh``."""
        clock = _seconds(self.elapsed)
        if math.isfinite(self.limit):
            clock = WORDS["of"][language].format(elapsed=clock, limit=_seconds(self.limit))
        parts = [PHASES[self.phase][language], clock]
        alone = not math.isfinite(self.incumbent)
        telling = self.bound > 0 if alone else self.gap <= 1
        bound = self.bound if telling else math.inf
        if math.isfinite(self.incumbent) or math.isfinite(bound):
            level = self._level_word(language)
            for name, value in ((level, self.incumbent), (WORDS["bound"][language], bound)):
                amount = f"{value:,.0f}" if math.isfinite(value) else WORDS["unknown"][language]
                parts.append(f"{name} {amount}")
        if telling and not alone:
            parts.append(f"{WORDS['gap'][language]} {self.gap:.2%}")
        return "  ".join(parts)

    def _level_word(self, language: str) -> str:
        """Return the word for what is made small; the words of levels are loaded where needed."""
        if not self.level:
            return WORDS["cost"][language]
        from tierstock.inputs.settings import level_word

        return level_word(self.level, language)


Listener = Callable[[Progress], None]
"""What wants to hear of progress."""


def _seconds(amount: float) -> str:
    whole = int(amount)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d}"
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def sparkline(gaps: Sequence[float], width: int = 24) -> str:
    """Return the course of the gap as small bars, the newest at the right.

    >>> sparkline([0.08, 0.04, 0.02, 0.01])
    '█▄▂▁'
    """
    seen = [gap for gap in gaps if gap <= 1][-width:]
    top = max(seen, default=0.0)
    if top <= 0:
        return BARS[0] * len(seen)
    return "".join(BARS[max(0, math.ceil(gap / top * len(BARS)) - 1)] for gap in seen)
