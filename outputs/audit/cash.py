"""Cash of companies added up again from the sheets Finance, Costs and Service (F32)."""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.matching import Selectors
from tierstock.outputs.audit.values import day, rate
from tierstock.outputs.audit.words import Record

PAID = (
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
"""Cost lines that are paid in their period."""
SHOWN = ("Inflow", "Outflow", "Stock Value", "Debt", "Closing Cash")


@dataclass
class Account:
    """What a company has and may owe."""

    opening: float = 0.0
    line: float | None = None
    """None without a credit line."""
    rate: float = 0.0
    inflow: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    outflow: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    stock: dict[int, float] = field(default_factory=lambda: defaultdict(float))


def check_cash(world: World, lines: Ledger) -> None:
    """Check every row of Cash and Pay Date, and charge interest.

    Closing Cash = before + Inflow - Outflow + change of Debt, Debt within the line, no cash below
    0 with one. interest = yearly rate x days of the period / 365 x debt of the period before;
    the last debt is charged in the last period though it is paid after the end.
    """
    rows = world.case.rows("Finance")
    shown = {world.plan.key("Cash", i): i for i in world.plan.good["Cash"]}
    if rows:
        parties = _parties(world)
        accounts = _accounts(world, rows, parties)
        days = {kind: _days(rows, kind, parties) for kind in ("pay", "collect")}
        _book(world, lines, accounts, days)
        for company, account in accounts.items():
            _check_account(world, lines, company, account, shown)
        _check_dates(world, days["pay"])
    for key in shown:
        world.report.fail("keys", "Cash", *key, "no such account")


def _parties(world: World) -> Selectors:
    """Locations by what a party may be called: a company stands for all its places."""
    case = world.case
    found = Selectors("location", case.locations, case.of_location.attributes, case.rows("Groups"))
    found.plain = ("Company", "Tier", "Region")
    return found


def _company(world: World, location: str) -> str:
    return world.case.locations[location].text("Company")


def _accounts(world: World, rows: list[Record], parties: Selectors) -> dict[str, Account]:
    found = {_company(world, place): Account() for place in sorted(world.case.locations)}
    for row in rows:
        kind = row.text("Kind")
        if kind not in ("opening cash", "credit line"):
            continue
        places = sorted(parties.ranked(row.text("Party")))
        if not places:
            continue
        account = found[_company(world, places[0])]
        if kind == "opening cash":
            account.opening = row.number("Amount", 0.0)
        else:
            account.line = row.number("Amount", 0.0)
            account.rate = rate(row.text("Interest"), 0.0)
    return found


def _days(rows: list[Record], kind: str, parties: Selectors) -> dict[str, int]:
    """Days of credit by location; the most specific party counts."""
    best: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row.text("Kind") == kind and row.text("Days"):
            days = math.floor(row.number("Days"))
            for place, rank in parties.ranked(row.text("Party")).items():
                best[place] = max(best.get(place, (rank, days)), (rank, days))
    return {place: days for place, (_, days) in best.items()}


def _due(world: World, t: int, days: int) -> int:
    """Period of the payment; that of the last day and later is behind the horizon."""
    when = world.horizon.starts[t] + timedelta(days=days)
    found = world.horizon.of_day(when)
    return len(world.horizon) if found is None else found


def _book(
    world: World,
    lines: Ledger,
    accounts: dict[str, Account],
    days: dict[str, dict[str, int]],
) -> None:
    """Enter bills, sales and stock at the companies of their places."""
    for (term, location, _, t), money in list(lines.items()):
        if term not in PAID and term != "purchase":
            continue
        due = _due(world, t, days["pay"].get(location, 0)) if term == "purchase" else t
        account = accounts[_company(world, location)]
        side = account.outflow if money > 0 else account.inflow
        side[due] += abs(money)
    for key, stream in world.case.streams.items():
        account = accounts[_company(world, key[0])]
        for t, i in enumerate(world.plan.service[key]):
            issued = world.plan.number("Service", "Issued", i) if i >= 0 else 0.0
            due = _due(world, t, days["collect"].get(key[0], 0))
            account.inflow[due] += issued * stream.price[t]
    for pair in {*world.pairs(), *world.case.blocked}:
        account = accounts[_company(world, pair[0])]
        for t in range(len(world.horizon)):
            units = world.stock(pair, t) + world.case.blocked.get(pair, 0.0)
            account.stock[t] += units * world.prices.value(*pair, t)


def _check_account(
    world: World,
    lines: Ledger,
    company: str,
    account: Account,
    shown: dict[tuple[str, ...], int],
) -> None:
    """Carry one account from period to period, beside its rows."""
    report, horizon = world.report, world.horizon
    before, owed = account.opening, 0.0
    for t, name in enumerate(horizon.ids):
        where = (company, name)
        if where not in shown:
            report.fail("keys", "Cash", *where, "row missing")
            return
        i = shown.pop(where)
        inflow, outflow, stock, debt, closing = (
            world.plan.number("Cash", column, i) for column in SHOWN
        )
        interest = account.rate * horizon.days[t] / 365 * owed
        lines["interest", "", "", t] += interest
        due = account.outflow[t] + interest
        scale = account.inflow[t] + due + abs(before)
        report.equal("cash", inflow, account.inflow[t], *where, "Inflow", terms=scale)
        report.equal("cash", outflow, due, *where, "Outflow", terms=scale)
        report.equal("cash", stock, account.stock[t], *where, "Stock Value")
        wanted = before + inflow - outflow + debt - owed
        report.equal("cash", closing, wanted, *where, "Closing Cash", terms=scale)
        report.at_most("cash", debt, account.line or 0.0, *where, "Debt")
        if account.line is not None:
            report.at_most("cash", -closing, 0.0, *where, "Closing Cash", terms=scale)
        before, owed = closing, debt
    last = len(horizon) - 1
    lines["interest", "", "", last] += account.rate * horizon.days[last] / 365 * owed


def _check_dates(world: World, days: dict[str, int]) -> None:
    """Pay Date = first day of the order period + days of credit."""
    dates = world.plan.tables["Purchases"].column("Pay Date")
    for i in world.plan.good["Purchases"]:
        to, product, when = world.plan.key("Purchases", i)
        start = world.horizon.starts[world.plan.period(when)]
        wanted = start + timedelta(days=days.get(to, 0))
        if day(dates[i]) != wanted:
            world.report.fail("cash", "Purchases", to, product, when, "Pay Date", dates[i])
