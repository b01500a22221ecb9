"""What a plan is held against: a replay, expanded into the tables of a plan."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from os import PathLike
from pathlib import Path

import pandas as pd

from tierstock.inputs.network import Network
from tierstock.inputs.writing.place import placing
from tierstock.outputs.costs import totals
from tierstock.outputs.expand import expand
from tierstock.outputs.facts import RunFacts
from tierstock.outputs.kpi import Figures
from tierstock.outputs.purchases import purchases
from tierstock.outputs.shipments import shipments
from tierstock.outputs.simulate import Run
from tierstock.outputs.tables import build_tables
from tierstock.outputs.use import capacity_use, vehicle_use

SHEETS = ("Inventory", "Shipments", "Purchases", "Production")
"""Tables that a later study reads of a plan made before."""


@dataclass(frozen=True)
class Baseline:
    """A replay of today's rule, of doing nothing or of a plan made before, on the same demand."""

    network: Network
    """The network it was replayed on."""
    run: Run
    """What it decided."""
    plan_facts: RunFacts
    """Facts of the plan it is held against."""

    @property
    def kind(self) -> str:
        """policy, nothing or previous plan."""
        return self.run.kind

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what the replay could not honour."""
        return self.run.notes

    @cached_property
    def facts(self) -> RunFacts:
        """Facts as of a run; nothing is known of how good it is."""
        cost = math.fsum(totals(expand(self.network, self.run.decisions)).values())
        return replace(self.plan_facts, objective=cost, bound=math.nan, gap=math.nan)

    @cached_property
    def figures(self) -> Figures:
        """What the key figures are computed from."""
        plan = expand(self.network, self.run.decisions)
        makers = {
            "Shipments": shipments,
            "Purchases": purchases,
            "CapacityUse": capacity_use,
            "VehicleUse": vehicle_use,
        }
        sheets = {name: make(plan, "baseline") for name, make in makers.items()}
        return Figures(plan, self.facts, sheets)

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The result sheets of the replay by English name, in the columns of a plan's."""
        return build_tables(self.network, self.run.decisions, self.facts, scenario="baseline")

    @property
    def kpis(self) -> pd.DataFrame:
        """Key figures with unit and definition."""
        return self.tables["Summary"]

    def save(self, folder: str | PathLike[str]) -> Path:
        """Write what is left and what moves as CSV files, the ``previous_plan`` of a later study.

        With ``terminal_rule = baseline`` the next plan then leaves no less at the end than this
        replay does, so that both are compared at equal stock; with ``baseline = previous plan``
        it is what the next plan is held against.

        Args:
            folder: where to write; it must be new, empty, or such a folder, which is replaced.

        Returns:
            The folder.

        Raises:
            ValueError: the folder holds something else; it stays as it is.
            OSError: it cannot be written; an old one is untouched.
        """
        target = Path(folder)
        if target.is_dir():
            others = {one.name for one in target.iterdir()} - {f"{name}.csv" for name in SHEETS}
            if others:
                raise ValueError(f"{target} holds something else: {min(others)}")
        with placing(target, folder=True) as draft:
            for name in SHEETS:
                if name in self.tables:
                    self.tables[name].to_csv(draft / f"{name}.csv", index=False, encoding="utf-8")
        return target
