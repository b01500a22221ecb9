"""Budgets of kind cash: whole companies, and what they have today (F23, F32)."""

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.findings import Findings, show
from tierstock.inputs.network import Budgets, Flags, Floats, Ints, Network
from tierstock.inputs.tables import Table


def check_cash(made: Budgets, table: Table, order: Ints, net: Network, findings: Findings) -> None:
    """Check every budget of kind cash.

    Args:
        made: the budgets.
        table: the sheet Budgets.
        order: [B] row of the sheet of every budget.
        net: the network with its accounts, if the sheet Finance states any.
        findings: takes what is wrong.
    """
    for b in np.flatnonzero(made.kind == "cash"):
        row = int(order[b])
        if net.cash is None:
            findings.add("budget-cash-idle", table=table, index=row, field="kind")
            continue
        chosen = made.by_location[b] >= 0
        parted = np.intersect1d(net.cash.of[chosen], net.cash.of[~chosen])
        if len(parted):
            findings.add(
                "budget-cash-part",
                table=table,
                index=row,
                field="location",
                company=net.cash.label[parted[0]],
            )
            continue
        _check_today(made, int(b), table, row, net, findings)


def _check_today(
    made: Budgets, budget: int, table: Table, row: int, net: Network, findings: Findings
) -> None:
    """Warn where opening cash is below a least balance that must hold in the first period."""
    cash, first = net.cash, made.weight[budget, 0] > 0
    assert cash is not None
    if np.isfinite(made.penalty[budget]) or not made.by_period[budget] or not first:
        return
    none = np.full(len(cash), -1)
    group = made.groups(budget, cash.place, none)
    for g in np.unique(group[group >= 0]):
        opening = float(cash.opening[group == g].sum())
        if opening < made.limit[budget]:
            findings.add(
                "budget-cash-today",
                table=table,
                index=row,
                field="limit",
                budget=made.name[budget],
                label=made.label[g],
                amount=show(opening),
                limit=show(float(made.limit[budget])),
                period=net.periods.id[0],
            )


def traded_for_cash(net: Network) -> Flags:
    """[P] products that a company may send to another only to be paid for them.

    Those with a transfer price, where some balance has a least.
    """
    traded = np.zeros(len(net.products), dtype=bool)
    if net.cash is None or net.tariffs is None:
        return traded
    kept = bool(np.isfinite(net.cash.least).any())
    if net.budgets is not None:
        kept = kept or bool((net.budgets.kind == "cash").any())
    if kept:
        traded[net.goods.product[(net.tariffs.transfer_price > 0).any(axis=1)]] = True
    return traded


def most_there(net: Network) -> Floats:
    """[P] most of a product that is there, on order, bought or made; infinite where unlimited."""
    places, total = net.places, np.zeros(len(net.products))
    np.add.at(total, places.product, places.opening)
    np.add.at(total, places.product[net.orders.place], net.orders.quantity)
    np.add.at(total, places.product[net.supply.place], net.supply.most.sum(axis=1))
    if net.production is not None:
        made, outputs = net.production.recipes.most.sum(axis=1), net.production.outputs
        np.add.at(total, outputs.product, outputs.units * made[outputs.recipe])
    return total


def check_trade(net: Network, ground: Ground) -> None:
    """Refuse transfer prices on what is unlimited where a balance has a least.

    A company could then be paid for goods that nobody needs, in any quantity.
    """
    wrong = np.flatnonzero(traded_for_cash(net) & np.isinf(most_there(net)))
    if len(wrong):
        ground.findings.add(
            "finance-trade",
            table=ground.tables.table("Lanes"),
            field="transfer_price",
            product=net.products.code[wrong[0]],
            further=len(wrong) - 1 or "",
        )
