"""Cash: payment terms, opening cash and credit of companies, from the sheet Finance (F32)."""

from dataclasses import replace

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Cash, Floats, Ints, Network, Periods
from tierstock.inputs.selecting.catalog import Ranked
from tierstock.inputs.selecting.precedence import Column, always, cover, resolve
from tierstock.inputs.tables import Table

ACCOUNTS = ("opening cash", "credit line")
"""Kinds that belong to a company; the others are terms of places."""


def cash(net: Network, ground: Ground, links: Links) -> Cash | None:
    """Return the accounts of all companies; None without rows in Finance.

    Places without a company share one account. Terms of payment are resolved by place, the most
    specific party wins (ruling 10); an amount names one company.
    """
    table, findings = ground.tables.table("Finance"), ground.findings
    if not len(table):
        return None
    _check(table, findings)
    party = ground.catalog.ranks("party", table, "party", findings)
    label, place, of = np.unique(
        net.locations.company.astype(str), return_index=True, return_inverse=True
    )
    of = of.reshape(-1).astype(np.int64)
    opening, line, rate = _accounts(table, party, of, len(label), findings)
    days = {kind: _days(table, kind, ground) for kind in ("pay", "collect")}
    has_line = np.isfinite(line)
    return Cash(
        label=label.astype(object),
        of=of,
        place=place.astype(np.int64),
        opening=np.nan_to_num(opening),
        line=np.where(has_line, line, 0.0),
        interest=np.where(has_line, rate, 0.0)[:, None] * net.periods.days / 365,
        least=np.where(has_line, 0.0, -np.inf),
        pay_days=days["pay"],
        paid=due(net.periods, days["pay"]),
        collected=due(net.periods, days["collect"]),
    )


def due(periods: Periods, days: Floats) -> Ints:
    """Return the period that holds the day so many days after the first of a period; [L, T].

    Whole days count; T = after the horizon.
    """
    start = (periods.start - periods.start[0]).astype("timedelta64[D]").astype(np.float64)
    end = float((periods.end[-1] - periods.start[0]).astype("timedelta64[D]").astype(float))
    day = start + np.floor(days)[:, None]
    found = np.searchsorted(start, day, side="right") - 1
    return np.where(day > end, len(periods), found).astype(np.int64)


def _days(table: Table, kind: str, ground: Ground) -> Floats:
    """Days of credit of every location, [L]; 0 where no row speaks of it."""
    mine = table.frame["kind"].to_numpy(dtype=object) == kind
    party = ground.catalog.ranks("party", table, "party", Findings())
    count = len(ground.catalog.codes("party"))
    coverage = cover([Column(party, np.arange(count), 0)], always(table), 1)
    keep = mine[coverage.row]
    chosen = replace(
        coverage, row=coverage.row[keep], item=coverage.item[keep], key=coverage.key[keep]
    )
    return np.nan_to_num(resolve(chosen, table, "days", ground.findings, 0.0)[:, 0])


def _accounts(
    table: Table, party: Ranked, of: Ints, count: int, findings: Findings
) -> tuple[Floats, Floats, Floats]:
    """Opening cash, credit line and yearly rate of every account, [F]; not a number = none."""
    kinds = table.frame["kind"].to_numpy(dtype=object)
    amount = table.frame["amount"].to_numpy(dtype=np.float64)
    rate = np.nan_to_num(table.frame["interest"].to_numpy(dtype=np.float64))
    found = {kind: np.full(count, np.nan) for kind in ACCOUNTS}
    yearly = np.zeros(count)
    stated: dict[tuple[str, int], int] = {}
    for row in np.flatnonzero(np.isin(kinds, ACCOUNTS)):
        mask = party.mask(int(row))
        accounts = np.unique(of[mask])
        if not len(accounts):
            continue  # told where the selector was matched
        if len(accounts) > 1 or not mask[of == accounts[0]].all():
            findings.add("finance-company", table=table, index=int(row), field="party")
            continue
        kind, account = str(kinds[row]), int(accounts[0])
        other = stated.setdefault((kind, account), int(row))
        if other != row:
            findings.add(
                "finance-twice",
                table=table,
                index=int(row),
                field="party",
                other=table.cell(other, "party"),
            )
            continue
        found[kind][account] = amount[row]
        if kind == "credit line":
            yearly[account] = rate[row]
    return found["opening cash"], found["credit line"], yearly


def _check(table: Table, findings: Findings) -> None:
    """Cells that mean nothing for the kind of the row, and amounts that are missing."""
    frame = table.frame
    kind = frame["kind"].to_numpy(dtype=object)
    account, credit = np.isin(kind, ACCOUNTS), kind == "credit line"
    filled = {
        field: ~np.isnan(frame[field].to_numpy(dtype=np.float64))
        for field in ("days", "amount", "interest")
    }
    for field, meant in (("days", ~account), ("amount", account), ("interest", credit)):
        wrong = np.flatnonzero(filled[field] & ~meant)
        findings.add("finance-unused", table=table, index=wrong, field=field)
    missing = np.flatnonzero(account & ~filled["amount"])
    findings.add("blank-required", table=table, index=missing, field="amount")
    amount = np.nan_to_num(frame["amount"].to_numpy(dtype=np.float64))
    findings.add(
        "finance-negative-line",
        table=table,
        index=np.flatnonzero(credit & (amount < 0)),
        field="amount",
    )
