"""Policy: how every place is replenished today, for the baseline (sheet 30)."""

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.places import find
from tierstock.inputs.network import Floats, Ints, Network, Texts
from tierstock.inputs.network.policy import NO_RULE, Policy
from tierstock.inputs.selecting.precedence import Column, always, cover, report_idle, winners
from tierstock.inputs.tables import Table

NEEDS = {
    "min-max": ("parameter_1", "parameter_2"),
    "reorder-qty": ("parameter_1", "parameter_2"),
    "base-stock": ("parameter_1",),
    "days-cover": ("parameter_1",),
    "fixed-share": ("parameter_1",),
    "lot-for-lot": (),
}
"""Parameters each rule needs."""


def policy(network: Network, ground: Ground, links: Links) -> Policy | None:
    """Return the rule of every place; None without rows. Faults are told at their cells.

    Rows are resolved cell by cell (ruling 10): a blank inherits from the next less specific row.
    """
    table = ground.tables.table("Policy")
    if not len(table):
        return None
    places, catalog, findings = network.places, ground.catalog, ground.findings
    columns = [
        Column(catalog.ranks("location", table, "location", findings), places.location, 0),
        Column(catalog.ranks("product", table, "product", findings), places.product, 1),
    ]
    coverage = cover(columns, always(table), 1)
    report_idle(columns, coverage, table, findings)
    row = {
        name: winners(coverage, table, name, findings)[:, 0]
        for name in ("policy", "parameter_1", "parameter_2", "review_every", "approval_lag")
    }
    source = winners(coverage, table, "source", findings)[:, 0]
    rule = _texts(table, "policy", row["policy"])
    first, second = (_numbers(table, name, row[name]) for name in ("parameter_1", "parameter_2"))
    _check_parameters(ground, table, rule, row, {"parameter_1": first, "parameter_2": second})
    return Policy(
        rule=rule,
        first=first,
        second=second,
        every=_whole(ground, table, "review_every", row["review_every"], 1),
        lag=_whole(ground, table, "approval_lag", row["approval_lag"], 0),
        source=_source(network, ground, table, source),
    )


def _texts(table: Table, field: str, row: Ints) -> Texts:
    padded = np.append(table.frame[field].to_numpy(dtype=object), NO_RULE)
    return np.asarray(padded[row], dtype=object)


def _numbers(table: Table, field: str, row: Ints) -> Floats:
    padded = np.append(table.frame[field].to_numpy(dtype=np.float64), np.nan)
    return np.asarray(padded[row])


def _check_parameters(
    ground: Ground, table: Table, rule: Texts, row: dict[str, Ints], given: dict[str, Floats]
) -> None:
    """Tell parameters that a rule needs and has not, and those that make no sense for it."""
    for name, needed in NEEDS.items():
        mine = rule == name
        for field in needed:
            lacking = np.unique(row["policy"][mine & np.isnan(given[field])])
            ground.findings.add(
                "policy-parameter",
                table=table,
                index=lacking,
                field="policy",
                wanted=table.heading(field),
            )
    share = (rule == "fixed-share") & (given["parameter_1"] > 1)
    at = np.unique(row["parameter_1"][share])
    ground.findings.add("policy-share", table=table, index=at, field="parameter_1")
    no_lot = (rule == "reorder-qty") & (given["parameter_2"] <= 0)
    at = np.unique(row["parameter_2"][no_lot])
    ground.findings.add("policy-no-quantity", table=table, index=at, field="parameter_2")
    below = (rule == "min-max") & (given["parameter_2"] < given["parameter_1"])
    at = np.unique(row["parameter_2"][below])
    ground.findings.add("policy-levels", table=table, index=at, field="parameter_2")


def _whole(ground: Ground, table: Table, field: str, row: Ints, least: int) -> Ints:
    """Whole periods of a column, ``least`` where nothing is stated."""
    stated = table.frame[field].to_numpy(dtype=np.float64)
    bad = (stated < least) | (stated != np.floor(stated))
    at = np.flatnonzero(bad & ~np.isnan(stated))
    ground.findings.add("policy-periods", table=table, index=at, field=field, least=least)
    found = np.where(row >= 0, stated[row], least)
    return np.asarray(np.maximum(np.nan_to_num(found, nan=least), least), dtype=np.int64)


def _source(network: Network, ground: Ground, table: Table, row: Ints) -> Ints:
    """Location each place orders from; told where no lane, supply or recipe leads from there."""
    code = find(network.locations.code, table.frame["source"].to_numpy(dtype=object))
    source = np.where(row >= 0, code[row], -1)
    goods, lanes, places = network.goods, network.lanes, network.places
    size = len(network.locations)
    ways = set((goods.sink * size + lanes.origin[goods.lane]).tolist())
    itself = [network.supply.place]
    if network.production is not None:
        recipes = network.production.recipes
        itself.append(places.of[recipes.location, recipes.product])
    own = np.concatenate(itself)
    ways |= set((own * size + places.location[own]).tolist())
    known = np.isin(np.arange(len(places)) * size + source, np.array(sorted(ways), dtype=np.int64))
    leads = np.isin(np.arange(len(table)), np.unique(row[known & (row >= 0)]))
    lost = np.isin(np.arange(len(table)), np.unique(row[~known & (source >= 0)]))
    at = np.flatnonzero(lost & ~leads)
    ground.findings.add("policy-no-way", table=table, index=at, field="source")
    return np.where(known, source, -1)
