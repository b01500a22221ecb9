"""What the plan costs, term by term: the rows of ``Costs`` add up to the objective.

The terms are those of the objective (C.4) and are recomputed from quantities and prices, not
taken from the solver, so that a difference would show.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from tierstock.outputs.base_charges import (
    end_charges,
    lane_charges,
    place_charges,
    shortage_charges,
    supply_charges,
)
from tierstock.outputs.budgets import budget_charges
from tierstock.outputs.cash import cash_charges
from tierstock.outputs.changes import change_charges
from tierstock.outputs.charge import Charge
from tierstock.outputs.expand import Flows, named
from tierstock.outputs.production import production_charges
from tierstock.outputs.rates import rate_charges
from tierstock.outputs.returns import return_charges
from tierstock.outputs.sales import sales_charges
from tierstock.outputs.shelf_life import scrap_charges
from tierstock.outputs.sites import site_charges
from tierstock.outputs.substitutions import substitution_charges
from tierstock.outputs.target_results import target_charges
from tierstock.outputs.tariffs import carbon_charges, tariff_charges
from tierstock.outputs.transfers import move_charges
from tierstock.outputs.user_rows import user_row_charges

TERMS = (
    "purchase",
    "order",
    "take-or-pay",
    "production",
    "setup",
    "overtime",
    "line fixed",
    "freight",
    "trips",
    "departure",
    "duty",
    "transfer price",
    "carbon",
    "budget overrun",
    "move",
    "plan change",
    "handling",
    "holding",
    "transit",
    "lost sales",
    "backorder",
    "target shortfall",
    "safety shortfall",
    "over stock",
    "extra capacity",
    "terminal shortfall",
    "terminal credit",
    "cancelled orders",
    "substitution",
    "scrap",
    "disposal",
    "site opening",
    "site closing",
    "site fixed",
    "user rule",
    "interest",
    "revenue",
)
"""Names of the terms, in the order of ``Costs``."""

COLUMNS = ("Scenario", "Cost Bucket", "Tier", "Company", "Location", "Product", "Period", "Amount")


PARTS: tuple[Callable[[Flows], Iterator[Charge]], ...] = (
    supply_charges,
    production_charges,
    lane_charges,
    move_charges,
    change_charges,
    place_charges,
    shortage_charges,
    end_charges,
    rate_charges,
    substitution_charges,
    scrap_charges,
    return_charges,
    site_charges,
    tariff_charges,
    carbon_charges,
    budget_charges,
    user_row_charges,
    cash_charges,
    target_charges,
    sales_charges,
)
"""Whoever charges something; a family adds its own."""


def charges(plan: Flows) -> list[Charge]:
    """Return every term of the objective, discounted to the first period."""
    found = [charge for part in PARTS for charge in part(plan)]
    if not plan.net.settings.discount_per_period:
        return found
    worth = plan.net.discount
    return [replace(one, amount=one.amount * worth[one.period]) for one in found]


def totals(plan: Flows) -> dict[str, float]:
    """Return term -> money, terms of 0 included, in the order of ``TERMS``."""
    found = dict.fromkeys(TERMS, 0.0)
    for charge in charges(plan):
        found[charge.term] += float(charge.amount.sum())
    return found


def costs(plan: Flows, scenario: str) -> pd.DataFrame:
    """Return the sheet ``Costs``: money by term, location, product and period.

    Product is blank where a cost belongs to several (trips, departures, extra capacity, terminal
    rules over several products); so is Location for a terminal rule over several places. What
    the end of the horizon costs stands in the last period, a cancelled order in the period in
    which it was due, a service target that was missed in the last period of its window. The
    amounts add up to the objective.
    """
    net, found = plan.net, charges(plan)
    keys = np.concatenate(
        [
            np.stack([np.full(len(c.amount), TERMS.index(c.term)), c.location, c.product, c.period])
            for c in found
        ],
        axis=1,
    ).astype(np.int64)
    sizes = (len(TERMS), len(net.locations) + 1, len(net.products) + 1, plan.size[1])
    flat = np.ravel_multi_index((keys[0], keys[1] + 1, keys[2] + 1, keys[3]), sizes)
    cells, row = np.unique(flat, return_inverse=True)
    amount = np.bincount(row, weights=np.concatenate([c.amount for c in found]))
    cells, amount = cells[amount != 0], amount[amount != 0]
    term, location, product, period = np.unravel_index(cells, sizes)
    at = location.astype(np.int64) - 1
    frame = {
        "Scenario": scenario,
        "Cost Bucket": named(np.array(TERMS, dtype=object), term),
        "Tier": named(net.locations.tier, at),
        "Company": named(net.locations.company, at),
        "Location": named(net.locations.code, at),
        "Product": named(net.products.code, product.astype(np.int64) - 1),
        "Period": named(net.periods.id, period),
        "Amount": amount,
    }
    return pd.DataFrame(frame, columns=list(COLUMNS))
