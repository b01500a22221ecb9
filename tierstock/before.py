"""Before and after: what a plan is held against, in words and for machines."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from tierstock.inputs import Network
from tierstock.outputs import RunFacts
from tierstock.outputs.baseline import Baseline
from tierstock.outputs.kpi import Figures
from tierstock.outputs.lead import lead, then
from tierstock.outputs.simulate import Extra, Run, kind_of, replay

if TYPE_CHECKING:
    from tierstock.plan import Plan


class Compared:
    """What a plan can be held against; ``Plan`` has it."""

    network: Network

    def facts(self, input_hash: str = "") -> RunFacts:
        """Return the facts of the run; the plan knows them."""
        raise NotImplementedError

    def done(self, count: int) -> Extra:
        """Return what so many of the first actions send, buy and make; the plan knows them."""
        raise NotImplementedError

    @cached_property
    def replayed(self) -> Run | None:
        """The replay the settings hold the plan against; None for nothing."""
        kind = kind_of(self.network)
        return replay(self.network, kind) if kind else None

    @property
    def before(self) -> Figures | None:
        """What Summary holds the figures of the plan against; None where there is nothing."""
        run = self.replayed
        return None if run is None else Baseline(self.network, run, self.facts()).figures

    def baseline(self, kind: str = "", *, doing: int = 0) -> Baseline:
        """Return what the plan is held against, with the tables and key figures of a plan.

        Args:
            kind: ``policy`` for the rules of the sheet Policy, ``nothing`` for what comes of
                ordering nothing, ``previous plan`` for the plan made before (of a network read
                with ``baseline = previous plan``); blank = what the settings say, which is also
                what Summary shows.
            doing: so many of the first actions are done besides what the sheet Policy orders, as
                far as stock and limits allow: what the list is worth where all else stays.

        Raises:
            ValueError: the network has no such baseline.
        """
        run = self.replayed
        if doing:
            run = replay(self.network, kind or "policy", self.done(doing))
        elif kind and (run is None or run.kind != kind):
            run = replay(self.network, kind)
        if run is None:
            raise ValueError("There is no baseline: fill the sheet Policy, or name a kind.")
        return Baseline(self.network, run, self.facts())


def before_facts(plan: "Plan") -> dict[str, Any] | None:
    """Return the baseline for machines: its kind, its key figures and costs; None without one."""
    if plan.quality == "none" or "Baseline" not in plan.kpis:
        return None
    told = plan.kpis[["KPI", "Baseline"]]
    figures = {
        str(name): None if pd.isna(value) else float(value)
        for name, value in told.itertuples(index=False)
    }
    return {"kind": plan.baseline().kind, "kpis": figures}


def left_over(plan: "Plan", language: str) -> list[str]:
    """Return how much more or less the plan leaves at the end than its baseline, in a sentence."""
    return lead(plan.kpis, plan.facts(), language)[1:]


def beside(plan: "Plan", name: str, language: str) -> str:
    """Return what a key figure of the baseline is, to stand behind that of the plan.

    ``; today 1,500,000 (-18.0%)``; blank without a baseline.
    """
    if "Baseline" not in plan.kpis:
        return ""
    shown = plan.kpis.set_index("KPI")
    now, before = float(shown["Value"][name]), float(shown["Baseline"][name])
    text = then(now, before, name, plan.facts(), language)
    return ("；" if language == "zh" else "; ") + text
