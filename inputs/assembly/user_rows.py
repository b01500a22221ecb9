"""UserRows: the planner's own constraints, from words to selections (F37, rulings 11 and 40)."""

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Floats, Ints, Network, Texts, UserRows
from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.selecting.selectors import NONE
from tierstock.inputs.tables import Table

ON_LANES = ("ship", "vehicles", "departures")
"""Variables whose From and To are the ends of a lane; of the others From is the place."""
WITHOUT_PRODUCT = ("vehicles", "departures", "open")
"""Variables that belong to no single product."""


def user_rows(net: Network, ground: Ground, links: Links) -> UserRows | None:
    """Read the planner's own constraints; None without rows.

    Rows of one name are the terms of one constraint. Sense, Value, Each and Penalty are stated
    once for a name, or equally on several of its rows.
    """
    table, findings = ground.tables.table("UserRows"), ground.findings
    if not len(table):
        return None
    names, row = np.unique(table.frame["row_name"].astype(str), return_inverse=True)
    row = row.reshape(-1).astype(np.int64)
    value = _once(table, "value", row, len(names), findings)
    penalty = _once(table, "penalty", row, len(names), findings)
    sense = _word_once(table, "sense", row, len(names), "", findings)
    for number in range(len(names)):
        first = int(np.flatnonzero(row == number)[0])
        for missing, field in ((not sense[number], "sense"), (np.isnan(value[number]), "value")):
            if missing:
                findings.add("user-row-incomplete", table=table, index=first, field=field)
    coefficient = np.nan_to_num(table.frame["coefficient"].to_numpy(dtype=np.float64), nan=1.0)
    made = UserRows(
        name=names.astype(object),
        sense=sense,
        value=np.nan_to_num(value),
        penalty=np.where(np.isnan(penalty), np.inf, penalty),
        each=_word_once(table, "each", row, len(names), "total", findings),
        row=row,
        variable=table.frame["variable"].to_numpy(dtype=object),
        coefficient=coefficient,
        **_selections(table, ground.catalog, net, findings),
    )
    _check_terms(made, net, table, findings)
    return made


def _once(table: Table, field: str, row: Ints, count: int, findings: Findings) -> Floats:
    """Number stated for each constraint, [U]; not a number where none of its rows states it."""
    stated = table.frame[field].to_numpy(dtype=np.float64)
    found = np.full(count, np.nan)
    for at in np.flatnonzero(~np.isnan(stated)):
        if np.isnan(found[row[at]]):
            found[row[at]] = stated[at]
        elif found[row[at]] != stated[at]:
            _differs(table, field, row, int(at), findings)
    return found


def _word_once(
    table: Table, field: str, row: Ints, count: int, default: str, findings: Findings
) -> Texts:
    """Word stated for each constraint, [U]."""
    stated = table.frame[field].to_numpy(dtype=object)
    found = np.full(count, "", dtype=object)
    for at in np.flatnonzero(stated != ""):
        if not found[row[at]]:
            found[row[at]] = stated[at]
        elif found[row[at]] != stated[at]:
            _differs(table, field, row, int(at), findings)
    return np.where(found == "", default, found).astype(object)


def _differs(table: Table, field: str, row: Ints, at: int, findings: Findings) -> None:
    """Two rows of one name that state different values: the second cell is named."""
    values = table.frame[field]
    same = np.flatnonzero(row == row[at]).tolist()
    first = next(i for i in same if str(values.iat[i]) not in ("", "nan"))
    findings.add(
        "user-row-differs",
        table=table,
        index=at,
        field=field,
        other=table.cell(first, field),
        stated=values.iat[first],
    )


def _selections(
    table: Table, catalog: Catalog, net: Network, findings: Findings
) -> dict[str, Flags]:
    """Locations, lanes, products and periods every term selects."""
    lanes, count = net.lanes, len(table)
    start = catalog.ranks("location", table, "from", findings)
    catalog.to_ranks(table, "to", findings)
    modes = catalog.ranks("mode", table, "mode", findings)
    goods = catalog.ranks("product", table, "product", findings)
    when = catalog.ranks("period", table, "period", findings)
    mode = catalog.positions("mode", lanes.mode)
    place = np.zeros((count, len(net.locations)), dtype=bool)
    lane = np.zeros((count, len(lanes)), dtype=bool)
    product = np.zeros((count, len(net.products)), dtype=bool)
    period = np.zeros((count, len(net.periods)), dtype=bool)
    for at, to in enumerate(table.frame["to"]):
        place[at], product[at], period[at] = start.mask(at), goods.mask(at), when.mask(at)
        reached = _reached(catalog, str(to), lanes.origin, lanes.destination)
        lane[at] = place[at][lanes.origin] & reached & modes.mask(at)[mode]
    return {"place": place, "lane": lane, "product": product, "period": period}


def _reached(catalog: Catalog, text: str, origin: Ints, destination: Ints) -> Flags:
    """Lanes whose destination a To cell selects; none where it was found to be wrong."""
    try:
        return np.asarray(catalog.towards(text, origin, destination) > NONE)
    except ValueError:
        return np.zeros(len(origin), dtype=bool)


def _check_terms(rows: UserRows, net: Network, table: Table, findings: Findings) -> None:
    """Columns that a variable has no use for, and counts that could be met without doing it."""
    for at, variable in enumerate(rows.variable):
        if not _selects(rows, at, net):
            findings.add("row-without-effect", table=table, index=at, field="variable")
        unused = [] if variable in ON_LANES else ["to", "mode"]
        unused += ["product"] if variable in WITHOUT_PRODUCT else []
        for field in unused:
            if table.frame[field].iat[at] not in ("", "*"):
                findings.add("user-row-unused", table=table, index=at, field=field)
        unit = rows.each[rows.row[at]]
        if unit == "each product" and variable in WITHOUT_PRODUCT:
            findings.add("user-row-each", table=table, index=at, field="each")
        if unit == "each location" and variable in ON_LANES:
            findings.add("user-row-origin", table=table, index=at, field="variable")
        if variable in ("departures", "vehicles") and _wants_more(rows, at):
            loose = _empty_possible(rows, at, net)
            if loose.any():
                lane = net.lanes.label[np.flatnonzero(loose)[0]]
                findings.add(
                    "user-row-empty-trips", table=table, index=at, field="variable", lane=lane
                )


def _selects(rows: UserRows, at: int, net: Network) -> bool:
    """Whether there is anything of its variable where the term looks for it, in any period."""
    variable, lane, place, product = (
        rows.variable[at],
        rows.lane[at],
        rows.place[at],
        rows.product[at],
    )
    if variable == "ship":
        found = lane[net.goods.lane] & product[net.goods.product]
    elif variable == "departures":
        found = lane
    elif variable == "vehicles":
        found = lane & net.lanes.vehicles.any(axis=1)
    elif variable == "make":
        made = net.production
        found = np.zeros(0, dtype=bool)
        if made is not None:
            found = place[made.recipes.location] & product[made.recipes.product]
    elif variable in ("issue", "lost"):
        of = net.demand.place
        found = place[net.places.location[of]] & product[net.places.product[of]]
    elif variable == "stock":
        found = place[net.places.location] & product[net.places.product]
    else:
        return True
    return bool(found.any())


def _wants_more(rows: UserRows, at: int) -> bool:
    """Whether a larger count of the term helps to keep the constraint."""
    sense, positive = rows.sense[rows.row[at]], rows.coefficient[at] > 0
    return bool(sense == "=" or (sense == ">=") == positive)


def _empty_possible(rows: UserRows, at: int, net: Network) -> Flags:
    """Selected lanes that count as used, or send a vehicle, with nothing on them; [A]."""
    if rows.variable[at] == "departures":
        return np.asarray(rows.lane[at] & (net.lanes.min_shipment <= 0).any(axis=1))
    open_fill = net.lanes.vehicles & (net.vehicles.min_fill <= 0)[None, :]
    return np.asarray(rows.lane[at] & open_fill.any(axis=1))
