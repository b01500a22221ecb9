"""TransferRules: which transfer lanes are open (ruling 22)."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Ints, Texts
from tierstock.inputs.selecting.catalog import Catalog, Ranked, related
from tierstock.inputs.selecting.precedence import (
    Column,
    Coverage,
    cover,
    report_idle,
    winners,
)
from tierstock.inputs.selecting.selectors import ALL, GROUP, NONE, Ranks, SelectorError
from tierstock.inputs.tables import Table

WITHIN = {"same region": "region", "same company": "company", "same channel": "channel"}
"""Choices of Within, and the column of Locations in which both ends are equal."""
SHOWN = 10
"""Closed lanes named in the warning."""


def open_transfers(
    table: Table,
    catalog: Catalog,
    origin: Ints,
    destination: Ints,
    product: Ints,
    transfer: Flags,
    label: Texts,
    periods: int,
    findings: Findings,
) -> Flags:
    """Whether goods may be shipped in each period under the rules of transfers, [K, T].

    Goods on other lanes are always open. Without rules every transfer is open; with rules only
    what an Allowed = Y row matches. The most specific row wins and N beats Y at equal
    specificity; ``Within`` other than any is as specific as an attribute test in To.

    Args:
        table: the TransferRules sheet.
        catalog: what selectors may name.
        origin: [K] location the goods leave.
        destination: [K] location they reach.
        product: [K] product.
        transfer: [K] the lane is a transfer lane.
        label: [K] name of the lane, for the warning.
        periods: T.
        findings: takes the list of lanes that no row opens; those an Allowed = N row closes are
            meant to be closed.
    """
    is_open = np.ones((len(transfer), periods), dtype=bool)
    if not len(table):
        return is_open
    goods = np.flatnonzero(transfer)
    ends = origin[goods], destination[goods]
    columns, coverage = rule_coverage(table, catalog, *ends, product[goods], periods, findings)
    if len(goods):
        naming = [column for column in columns if column.names_item]
        report_idle(naming, coverage, table, findings)
    else:
        findings.add("transfer-rule-idle", table=table, index=np.arange(len(table)), field="from")
    stated = _with_default(table)
    winner = winners(coverage, stated, "allowed", findings, least=True)
    allowed = stated.frame["allowed"].to_numpy()
    is_open[goods] = (winner >= 0) & (allowed[winner] > 0.0)
    some = is_open[goods].any(axis=1)
    unmatched = ~some & (winner < 0).any(axis=1)
    closed = np.unique(label[goods[unmatched]].astype(str))
    partly = np.unique(label[goods[some]].astype(str))
    _report_closed(np.setdiff1d(closed, partly), table, findings)
    return is_open


def rule_coverage(
    table: Table,
    catalog: Catalog,
    origin: Ints,
    destination: Ints,
    product: Ints,
    periods: int,
    findings: Findings,
) -> tuple[list[Column], Coverage]:
    """Which rows of TransferRules speak about which goods, and how specifically.

    Args:
        table: the TransferRules sheet.
        catalog: what selectors may name.
        origin: [M] location the goods leave.
        destination: [M] location they reach.
        product: [M] product.
        periods: T.
        findings: takes words that are not known.
    """
    columns = [
        Column(catalog.ranks("location", table, "from", findings), origin, 0),
        Column(catalog.to_ranks(table, "to", findings), destination, 1),
        Column(relation(table, catalog, origin, destination), np.arange(len(origin)), 1, False),
        Column(_within(table, catalog, origin, destination), np.arange(len(origin)), 1, False),
        Column(catalog.ranks("product", table, "product", findings), product, 2),
    ]
    when = catalog.ranks("period", table, "period", findings)
    return columns, cover(columns, when, periods)


def relation(table: Table, catalog: Catalog, origin: Ints, destination: Ints) -> Ranked:
    """To cells that compare both ends (``Region=same``) over the goods; all others hold."""

    def rank(text: str) -> Ranks:
        try:
            if related(text):
                return catalog.towards(text, origin, destination)
        except SelectorError:
            return np.full(len(origin), NONE, dtype=np.int8)
        return np.full(len(origin), ALL, dtype=np.int8)

    return _by_text(table.frame["to"].to_numpy(dtype=object), rank, len(origin))


def _within(table: Table, catalog: Catalog, origin: Ints, destination: Ints) -> Ranked:
    """Within cells over the goods."""

    def rank(text: str) -> Ranks:
        if text not in WITHIN:
            return np.full(len(origin), ALL, dtype=np.int8)
        same = catalog.same(WITHIN[text], origin, destination)
        return np.where(same, GROUP, NONE).astype(np.int8)

    return _by_text(table.frame["within"].to_numpy(dtype=object), rank, len(origin))


def _by_text(texts: Texts, rank_of: Callable[[str], Ranks], items: int) -> Ranked:
    """A column ranked item by item, once per different text."""
    number, unique = pd.factorize(texts)
    rank = np.array([rank_of(text) for text in unique], dtype=np.int8).reshape(len(unique), items)
    return Ranked(np.full(len(texts), -1, dtype=np.int64), number.astype(np.int64), rank)


def _with_default(table: Table) -> Table:
    """The rules with Allowed filled in: blank means Y."""
    allowed = np.nan_to_num(table.frame["allowed"].to_numpy(dtype=np.float64), nan=1.0)
    return replace(table, frame=table.frame.assign(allowed=allowed))


def _report_closed(labels: Texts, table: Table, findings: Findings) -> None:
    if len(labels):
        more = f", … (+{len(labels) - SHOWN})" if len(labels) > SHOWN else ""
        findings.add(
            "closed-transfers",
            table=table,
            count=len(labels),
            lanes=", ".join(labels[:SHOWN]) + more,
        )
