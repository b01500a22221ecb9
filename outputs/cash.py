"""Cash of companies: what comes in and goes out, credit, and what interest costs (F32)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.network import Cash, Floats, Ints
from tierstock.outputs.base_charges import end_charges, lane_charges, place_charges, supply_charges
from tierstock.outputs.charge import Charge, free, grid
from tierstock.outputs.expand import NOISE, Flows, clean, named
from tierstock.outputs.production import production_charges
from tierstock.outputs.rates import rate_charges
from tierstock.outputs.returns import return_charges
from tierstock.outputs.sites import site_charges
from tierstock.outputs.tariffs import tariff_charges
from tierstock.outputs.transfers import move_charges

COLUMNS = (
    "Scenario",
    "Company",
    "Period",
    "Inflow",
    "Outflow",
    "Stock Value",
    "Debt",
    "Closing Cash",
)
PAID = (
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
    "move",
    "handling",
    "extra capacity",
    "disposal",
    "site opening",
    "site closing",
    "site fixed",
)
"""Cost terms that somebody pays; the others are values and penalties."""
PAYERS: tuple[Callable[[Flows], Iterator[Charge]], ...] = (
    supply_charges,
    production_charges,
    lane_charges,
    move_charges,
    place_charges,
    end_charges,
    rate_charges,
    return_charges,
    site_charges,
    tariff_charges,
)
"""Whoever charges such terms."""


@dataclass(frozen=True)
class Ledger:
    """Money of every account and period, [F, T]."""

    inflow: Floats
    outflow: Floats
    debt: Floats
    closing: Floats


def accounts(plan: Flows) -> Ledger:
    """Return what the accounts receive, pay, owe and keep; the network must have them.

    Closing = before + inflow - outflow + debt - debt before. Interest is paid on the debt of the
    period before.
    """
    cash = plan.net.cash
    assert cash is not None
    inflow, outflow = np.zeros((2, len(cash), plan.size[1]))
    for one in (*_bills(plan, cash), _sold(plan, cash)):
        account, due = cash.of[one.location], one.period < plan.size[1]
        for total, sign in ((outflow, 1.0), (inflow, -1.0)):
            here = due & (sign * one.amount > 0)
            np.add.at(total, (account[here], one.period[here]), sign * one.amount[here])
    debt = owed(plan, cash)
    outflow += _interest(cash, debt)
    debt = _needed(plan, cash, debt, cash.opening[:, None] + np.cumsum(inflow - outflow, axis=1))
    change = np.diff(debt, axis=1, prepend=0.0)
    closing = cash.opening[:, None] + np.cumsum(inflow - outflow + change, axis=1)
    return Ledger(clean(inflow), clean(outflow), debt, clean(closing))


def owed(plan: Flows, cash: Cash) -> Floats:
    """Return [F, T] credit used at the end of each period."""
    found, made = np.zeros((len(cash), plan.size[1])), plan.made.sparse("debt", "account", "period")
    found[made["account"], made["period"]] = made.value
    return np.where(found > NOISE, found, 0.0)


def _needed(plan: Flows, cash: Cash, debt: Floats, before: Floats) -> Floats:
    """Leave out what is borrowed without need where that costs nothing; the solver may do so.

    ``before`` [F, T] is what would be there without any debt. A budget of kind cash may ask for
    debt, so there it stays.
    """
    budgets = plan.net.budgets
    asked = budgets is not None and bool((budgets.kind == "cash").any())
    free = np.logical_and(cash.interest.max(axis=1) == 0.0, not asked)
    return np.where(free[:, None], np.minimum(debt, np.maximum(-clean(before), 0.0)), debt)


def _interest(cash: Cash, debt: Floats) -> Floats:
    before = np.hstack([np.zeros((len(cash), 1)), debt[:, :-1]])
    return cash.interest * before


def _bills(plan: Flows, cash: Cash) -> Iterator[Charge]:
    """What is paid, in the period in which it is due."""
    for part in PAYERS:
        for one in part(plan):
            if one.term not in PAID:
                continue
            due = one.period
            if one.term == "purchase":
                due = cash.paid[one.location, one.period]
            yield Charge(one.term, one.location, one.product, due, one.amount)


def _sold(plan: Flows, cash: Cash) -> Charge:
    """What is issued at its price, minus as it comes in, in the period it is collected."""
    net = plan.net
    assert net.sales is not None
    place = net.demand.place
    where = net.places.location[place], net.places.product[place]
    one = grid("sales", *where, -free(net.sales.price, plan.issued_streams))
    due = cash.collected[one.location, one.period]
    return Charge(one.term, one.location, one.product, due, one.amount)


def cash_charges(plan: Flows) -> Iterator[Charge]:
    """interest = yearly rate x days of the period / 365 x debt at the end of the period before.

    The last debt is charged in the last period, though it is paid after the end. Interest
    belongs to a company, so to no single place.
    """
    cash = plan.net.cash
    if cash is None:
        return
    debt = owed(plan, cash)
    money = _interest(cash, debt).sum(axis=0)
    money[-1] += cash.interest[:, -1] @ debt[:, -1]
    period = np.flatnonzero(money)
    none: Ints = np.full(len(period), -1, dtype=np.int64)
    yield Charge("interest", none, none, period, money[period])


def balances(plan: Flows) -> Charge:
    """Return the cash of every account at the end of each period, at its first location."""
    cash = plan.net.cash
    assert cash is not None
    account, period = (one.ravel() for one in np.indices((len(cash), plan.size[1])))
    closing = accounts(plan).closing.ravel()
    return Charge("cash", cash.place[account], np.full(len(account), -1), period, closing)


def cash_sheet(plan: Flows, scenario: str) -> pd.DataFrame | None:
    """Return the sheet ``Cash``: one row per company and period; None without Finance.

    Inflow: sales collected and transfer prices earned. Outflow: purchases due, freight,
    production and all else that is paid, with interest. Stock Value: usable and blocked stock at
    its value. Closing Cash = before + Inflow - Outflow + change of Debt; what falls due after the
    horizon is not in it. Places without a company share the row with a blank one.
    """
    cash, places = plan.net.cash, plan.net.places
    if cash is None:
        return None
    book, (count, last) = accounts(plan), (len(cash), plan.size[1])
    value = np.zeros((count, last))
    kept = places.value * (plan.stock + places.blocked[:, None])
    np.add.at(value, cash.of[places.location], kept)
    account, period = (one.ravel() for one in np.indices((count, last)))
    frame = {
        "Scenario": scenario,
        "Company": named(cash.label, account),
        "Period": named(plan.net.periods.id, period),
        "Inflow": book.inflow.ravel(),
        "Outflow": book.outflow.ravel(),
        "Stock Value": clean(value).ravel(),
        "Debt": book.debt.ravel(),
        "Closing Cash": book.closing.ravel(),
    }
    return pd.DataFrame(frame, columns=list(COLUMNS))
