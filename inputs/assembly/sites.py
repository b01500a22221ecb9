"""Sites: which locations may open or close, and at what cost (F24, ruling 23)."""

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.periods import BEFORE, UNKNOWN, locate_names
from tierstock.inputs.assembly.places import find, within
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Floats, Ints, Network, Sites, Texts
from tierstock.inputs.tables import Table


def sites(net: Network, ground: Ground, links: Links) -> Sites | None:
    """Return the locations that may open or close; None where there are none.

    A location of Status consider is closed before the horizon and may open; an open one may close
    where it has a row of Sites. A place may open and close more than once.
    """
    table, places = ground.tables.table("Sites"), ground.tables.table("Locations")
    status = places.frame["status"].to_numpy(dtype=object)[ground.sites.order]
    row = _rows(table, net.locations.code)
    location = np.flatnonzero((status == "consider") | ((row >= 0) & (status != "closed")))
    _report_closed(table, row, status, ground.findings)
    if not len(location):
        return None
    row, open_before = row[location], status[location] != "consider"
    made = _Made(table, row)
    group, names, most = _groups(table, row, ground.findings)
    active = _windows(places, ground)[location]
    result = Sites(
        location=location.astype(np.int64),
        open_before=open_before,
        active=active,
        may_start=_may_start(table, row, net, ground.findings),
        open_cost=made.number("open_cost"),
        close_cost=made.number("close_cost"),
        fixed_cost=made.number("fixed_cost"),
        min_open=np.ceil(made.number("min_open")).astype(np.int64),
        carbon=made.number("carbon"),
        group=group,
        group_name=names,
        most_open=most,
    )
    late = open_before & ~active[:, 0]
    ground.findings.add("site-window", table=table, index=np.sort(row[late]), field="location")
    without = ground.sites.order[location[row < 0]]
    ground.findings.add("site-without-row", table=places, index=np.sort(without), field="status")
    _check_today(result, net, ground)
    return result


class _Made:
    """Numbers of the Sites sheet by location, 0 where none is stated."""

    def __init__(self, table: Table, row: Ints) -> None:
        self._table, self._row = table, row

    def number(self, field: str) -> Floats:
        stated = np.append(self._table.frame[field].to_numpy(dtype=np.float64), np.nan)
        return np.asarray(np.nan_to_num(stated)[self._row])


def _rows(table: Table, codes: Texts) -> Ints:
    """[L] row of Sites of every location, -1 where it has none."""
    at = find(codes, table.frame["location"].to_numpy(dtype=object))
    row = np.full(len(codes), -1, dtype=np.int64)
    row[at[at >= 0]] = np.flatnonzero(at >= 0)
    return row


def _report_closed(table: Table, row: Ints, status: Texts, findings: Findings) -> None:
    wrong = np.sort(row[(row >= 0) & (status == "closed")])
    findings.add("site-closed", table=table, index=wrong, field="location")


def _windows(places: Table, ground: Ground) -> Flags:
    """[L, T] between Active From and Active To."""
    first, last = (
        places.frame[field].to_numpy().astype("datetime64[D]")[ground.sites.order]
        for field in ("active_from", "active_to")
    )
    return within(ground.periods, first, last)


def _may_start(table: Table, row: Ints, net: Network, findings: Findings) -> Flags:
    """[X, T] not after Must Decide By."""
    texts = np.append(table.frame["must_decide_by"].to_numpy(dtype=object), "")
    stated = np.flatnonzero(texts != "")
    when = np.full(len(texts), len(net.periods))
    when[stated] = locate_names(net.periods, texts[stated])
    findings.add(
        "unknown-period",
        table=table,
        index=np.flatnonzero(when == UNKNOWN),
        field="must_decide_by",
    )
    past = np.flatnonzero(when == BEFORE)
    findings.add("site-too-late", table=table, index=past, field="must_decide_by")
    after = stated[when[stated] >= len(net.periods)]
    findings.add("site-decide-late", table=table, index=after, field="must_decide_by")
    return np.asarray(np.arange(len(net.periods)) <= when[row][:, None])


def _groups(table: Table, row: Ints, findings: Findings) -> tuple[Ints, Texts, Floats]:
    """Group of every location, their names, and how many members may be open at once."""
    most = table.frame["max_in_group"].to_numpy(dtype=np.float64)
    named = table.frame["group"].to_numpy(dtype=object)
    alone = np.flatnonzero((named == "") & ~np.isnan(most))
    findings.add("site-group-missing", table=table, index=alone, field="max_in_group")
    codes, names = pd.factorize(np.where(named == "", np.nan, named).astype(object), sort=True)
    limit = np.full(len(names), np.inf)
    for at in np.flatnonzero(~np.isnan(most) & (codes >= 0)):
        if np.isinf(limit[codes[at]]):
            limit[codes[at]] = most[at]
        elif limit[codes[at]] != most[at]:
            first = np.flatnonzero((codes == codes[at]) & (most == limit[codes[at]]))[0]
            findings.add(
                "site-group-differs",
                table=table,
                index=int(at),
                field="max_in_group",
                group=named[at],
                other=table.cell(int(first), "max_in_group"),
                stated=most[first],
            )
    group = np.append(codes, -1)[row].astype(np.int64)
    return group, np.asarray(names, dtype=object), limit


def _check_today(made: Sites, net: Network, ground: Ground) -> None:
    """Stock at places that are not open yet; blocked stock and orders that keep places open."""
    closed = np.zeros(len(net.locations), dtype=bool)
    closed[made.location[~made.open_before]] = True
    may_close = np.zeros_like(closed)
    may_close[made.location[made.open_before]] = True
    opening, table = ground.opening, ground.tables.table("OpeningStock")
    there = closed[opening.location] & ((opening.usable > 0.0) | (opening.blocked > 0.0))
    rows = np.sort(opening.row[there])
    ground.findings.add("site-stock", table=table, index=rows, field="location")
    held = may_close[opening.location] & (opening.blocked > 0.0)
    rows = np.sort(opening.row[held])
    ground.findings.add("site-blocked", table=table, index=rows, field="blocked")
    orders = net.orders
    early = closed[net.places.location[orders.place]] & orders.firm & (orders.quantity > 0.0)
    rows = np.sort(ground.orders.row[early])
    ground.findings.add(
        "site-order", table=ground.tables.table("InTransit"), index=rows, field="to"
    )
