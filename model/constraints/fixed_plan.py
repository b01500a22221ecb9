"""F29 stability: decisions already taken, and the price of changing the plan before."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Decided, FixedPlan, Network
from tierstock.model.keys import Keys
from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar, declare

Flags = NDArray[np.bool_]
SHIPMENT = ("shipment_more", "shipment_less", "shipment_change")
ORDER = ("order_more", "order_less", "order_change")
MAKE = ("make_more", "make_less", "make_change")
"""What is above and below the plan before, and the rows between them."""
Naming = Callable[[NDArray[Any], NDArray[Any]], Keys]
"""Keys of decisions from what they are about and their periods."""


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Keep what is fixed and charge what differs from a reference.

    .. math::

        \text{fix:}\ x_{apt} = x^{prev}_{apt}, \qquad \text{min:}\ x_{apt} \ge x^{prev}_{apt},
        \qquad \text{max:}\ x_{apt} \le x^{prev}_{apt}

        \text{reference:}\quad x_{apt} - e^+_{apt} + e^-_{apt} = x^{prev}_{apt}, \qquad
        \text{cost} = \sum c^{chg}_{apt}\,(e^+_{apt} + e^-_{apt})

    =======  ======================================  ================================  ==========
    sign     in code                                 meaning                           unit
    =======  ======================================  ================================  ==========
    x        ``m.flow``                              shipped                           units
    x        ``m.purchase``                          ordered (q)                       units
    x        ``m.make``                              made by a recipe (m)              units
    e+       ``m.shipment_more``                     above the plan before             units
             ``m.order_more``, ``m.make_more``
    e-       ``m.shipment_less``                     below the plan before             units
             ``m.order_less``, ``m.make_less``
    x^prev   ``net.fixed_plan.shipments.quantity``   planned before                    units
    c^chg    ``net.fixed_plan.shipments.penalty``    price of a change                 money/unit
    =======  ======================================  ================================  ==========

    fix, min and max are bounds and need no row. In a frozen period every row is ``fix`` and what
    no row lists is 0; a place that keeps no stock buys what it ships, and what must be bought by
    contract is bought. A reference for what is not possible in its period is a change of all of
    it. Source: Stadtler, Kilger & Meyr, Supply Chain Management and Advanced Planning, ch. Master
    Planning (frozen horizon). Sheets: FixedPlan, Periods (Frozen), Settings (change_penalty).
    """
    plan = net.fixed_plan
    if plan is None:
        return
    goods = np.ones(len(net.goods), dtype=bool)
    stocked: Flags = np.asarray(net.places.keeps[net.supply.place].any(axis=1))
    kinds: tuple[tuple[tuple[str, str, str], str, str, Decided, Flags | None, Naming], ...] = (
        (SHIPMENT, "flow", "goods", plan.shipments, goods, m.names.on_lane),
        (ORDER, "purchase", "supply", plan.orders, stocked, _at_supply(m, net)),
        (MAKE, "make", "recipe", plan.production, None, _of_recipe(m, net)),
    )
    for names, variable, code, rows, freezes, keys in kinds:
        family = m.component(variable)
        if family is not None:
            _bound(plan, rows, family, code, freezes)
        if len(rows):
            _change(m, net, names, code, rows, family, keys)


def _at_supply(m: pyo.ConcreteModel, net: Network) -> Naming:
    return lambda supply, period: m.names.at_place(net.supply.place[supply], period)


def _of_recipe(m: pyo.ConcreteModel, net: Network) -> Naming:
    def keys(recipe: NDArray[Any], period: NDArray[Any]) -> Keys:
        assert net.production is not None
        location = net.production.recipes.location[recipe]
        levels = (m.names.location, m.names.recipe, m.names.period)
        return Keys(levels, (location, m.names.number_of_recipe[recipe], period))

    return keys


def _bound(
    plan: FixedPlan, rows: Decided, family: ArrayVar, code: str, freezes: Flags | None
) -> None:
    """Turn fix, min and max into bounds; in frozen periods 0 for what no row lists."""
    of, period = family.codes[code], family.codes["period"]
    at = family.grid[rows.of, rows.period]
    shut = plan.frozen[period] & (True if freezes is None else freezes[of])
    shut[at[at >= 0]] = False
    family.upper[shut] = family.lower[shut]
    rule = rows.rule.astype(str)
    low = np.isin(rule, ("fix", "min")) & (at >= 0)
    high = np.isin(rule, ("fix", "max")) & (at >= 0)
    family.lower[at[low]] = np.maximum(family.lower[at[low]], rows.quantity[low])
    family.upper[at[high]] = np.minimum(family.upper[at[high]], rows.quantity[high])


def _change(
    m: pyo.ConcreteModel,
    net: Network,
    names: tuple[str, str, str],
    code: str,
    rows: Decided,
    family: ArrayVar | None,
    keys: Naming,
) -> None:
    """Rows of rule reference: what is above and below, and its price."""
    here = np.flatnonzero(rows.rule == "reference")
    of, period = rows.of[here], rows.period[here]
    codes, shape = {code: of, "period": period}, (int(of.max(initial=0)) + 1, len(net.periods))
    key = keys(of, period)
    more = declare(m, names[0], key, codes, shape, doc="above the plan before, units")
    less = declare(m, names[1], key, codes, shape, doc="below the plan before, units")
    if more is None or less is None:
        return
    every = np.arange(len(here))
    changes = Rows(m, names[2], key, "decision - more + less = plan before")
    if family is not None:
        changes.add(family, 1.0, at=family.grid[of, period])
    changes.add(more, -1.0, at=every)
    changes.add(less, 1.0, at=every)
    changes.equals(rows.quantity[here])
    m.costs.add("plan change", more, rows.penalty[here])
    m.costs.add("plan change", less, rows.penalty[here])
