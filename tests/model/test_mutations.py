"""A wrong sign or a dropped lead time in the formulation turns a hand-solved case red."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from all_cases import ALL as CASES
from in_process import least_of
from small import tables
from turns import part

import tierstock as ts
from tierstock.inputs.network import Network
from tierstock.model.movements import Movements
from tierstock.model.rows import Rows

Site = tuple[str, int]


def cost(m: pyo.ConcreteModel) -> float:
    """Optimal cost, infinite where there is none; with levels, that of the last one."""
    if m.aims or m.caps:
        value = least_of(m)
        return float("inf") if value is None else value
    solver = pyo.SolverFactory("appsi_highs")
    solver.config.load_solution = False
    result = solver.solve(m, load_solutions=False)
    if result.solver.termination_condition != pyo.TerminationCondition.optimal:
        return float("inf")
    return float(result.problem.upper_bound)


@pytest.fixture(scope="module")
def networks() -> dict[str, Network]:
    return {name: ts.read(tables(**case.sheets)) for name, case in CASES.items()}


class Watch:
    """Notes from where coefficients are added, and turns the sign at one of these places."""

    def __init__(self, wrong: Site | None = None) -> None:
        self.wrong, self.seen = wrong, set[Site]()
        self._add, self._post = Rows.add, Movements.post

    def __enter__(self) -> "Watch":
        watch, add, post = self, self._add, self._post

        def adding(rows: Rows, variable: Any, coefficient: Any, **where: Any) -> None:
            caller = sys._getframe(1)
            site = (Path(caller.f_code.co_filename).stem, caller.f_lineno)
            if variable is not None:
                watch.seen.add(site)
            sign = -1.0 if site == watch.wrong else 1.0
            add(rows, variable, sign * np.asarray(coefficient, dtype=float), **where)

        def posting(ledger: Movements, kind: str, variable: Any, amount: Any, **where: Any) -> None:
            caller = sys._getframe(1)
            site = (Path(caller.f_code.co_filename).stem, caller.f_lineno)
            if variable is not None:
                watch.seen.add(site)
            sign = -1.0 if site == watch.wrong else 1.0
            post(ledger, kind, variable, sign * np.asarray(amount, dtype=float), **where)

        Rows.add = adding  # type: ignore[method-assign, assignment]
        Movements.post = posting  # type: ignore[method-assign, assignment]
        return self

    def __exit__(self, *_: object) -> None:
        Rows.add = self._add  # type: ignore[method-assign]
        Movements.post = self._post  # type: ignore[method-assign]


def test_a_wrong_sign_anywhere_in_the_rows_is_noticed(networks: dict[str, Network]) -> None:
    users: dict[Site, list[str]] = {}
    for name, net in networks.items():
        with Watch() as watch:
            ts.build(net)
        for site in watch.seen:
            users.setdefault(site, []).append(name)
    assert len(users) > 35

    def red(site: Site) -> Iterator[bool]:
        for name in users[site]:
            with Watch(site):
                m = ts.build(networks[name])
            yield abs(cost(m) - CASES[name].optimum) > 1e-6

    unnoticed = sorted(site for site in users if not any(red(site)))
    assert not unnoticed, unnoticed


@pytest.mark.parametrize("name", part(["balance", "must"], 0))
def test_a_dropped_lead_time_is_noticed(name: str, networks: dict[str, Network]) -> None:
    net = networks[name]
    goods = replace(net.goods, lead=np.zeros_like(net.goods.lead))
    places = replace(net.places, earliest=np.zeros_like(net.places.earliest))
    at_once = replace(net, goods=goods, places=places)
    assert abs(cost(ts.build(at_once)) - CASES[name].optimum) > 1e-6
