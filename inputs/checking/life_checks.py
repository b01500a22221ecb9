"""Lives and dates that cannot be, or that leave goods without use (F19)."""

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.lives import NEVER, Lives, last_buckets
from tierstock.inputs.assembly.places import find
from tierstock.inputs.findings import Both, show
from tierstock.inputs.network import Flags, Ints, Network, ShelfLife
from tierstock.inputs.tables import Table

EVERY, SOME = Both("every period", "每个期间"), Both("some periods", "部分期间")


def check_lives(net: Network, ground: Ground, links: Links, found: Lives) -> None:
    """Lives shorter than a period, dates in the past, claims no goods can meet."""
    _short_lives(net, ground, found)
    _maturation(net, ground, found)
    _purchases(net, ground, links, found)
    _lots(net, ground, found)
    _orders(net, ground, found)
    _claims(net, ground, found)


def _product_rows(net: Network, ground: Ground) -> tuple[Table, Ints]:
    """The Products table and the number of the product of each row, -1 for unknown ones."""
    table = ground.tables.table("Products")
    return table, find(net.products.code, table.frame["product"].to_numpy(dtype=object))


def _short_lives(net: Network, ground: Ground, found: Lives) -> None:
    table, of = _product_rows(net, ground)
    days = net.periods.days
    short = found.stated & (found.life < days.max())
    for row in np.flatnonzero((of >= 0) & short[of]):
        _too_short(table, int(row), "shelf_life", float(found.life[of[row]]), net, ground)


def _too_short(
    table: Table, row: int, field: str, life: float, net: Network, ground: Ground
) -> None:
    """A life shorter than every period is an error, than some of them a warning."""
    days = net.periods.days
    none = life < days.min()
    ground.findings.add(
        "life-under-bucket",
        table=table,
        index=row,
        field=field,
        severity="error" if none else "warning",
        days=show(float(days.min() if none else days.max())),
        which=EVERY if none else SOME,
    )


def _maturation(net: Network, ground: Ground, found: Lives) -> None:
    """Goods must mature within their life; other dates tell nothing about maturing."""
    table, of = _product_rows(net, ground)
    over = found.stated & (found.maturation > 0) & (found.maturation >= found.life)
    rows = np.flatnonzero((of >= 0) & over[of])
    ground.findings.add("maturation-over-life", table=table, index=rows, field="maturation")
    needs = ~found.stated & (found.maturation > 0)
    for sheet, product, day in (
        ("OpeningStock", found.lot_product, found.lot_day),
        ("InTransit", net.places.product[net.orders.place], found.order_day),
    ):
        other = ground.tables.table(sheet)
        at = found.lot_row if sheet == "OpeningStock" else ground.orders.row
        stated = other.frame["expiry_date"].notna().to_numpy()[at]
        wrong = np.sort(at[stated & needs[product] & (day < NEVER)])
        ground.findings.add("maturation-needs-life", table=other, index=wrong, field="expiry_date")


def _purchases(net: Network, ground: Ground, links: Links, found: Lives) -> None:
    """Remaining Life: longer than the shelf life, shorter than a period, beside a maturation."""
    table = ground.tables.table("Supply")
    stated = table.frame["remaining_life"].to_numpy(np.float64)
    for row in np.flatnonzero(~np.isnan(stated)):
        here = (links.offers.remaining_life == stated[row]).any(axis=1)
        product = links.offers.product[here]
        short = np.floor(stated[row]) < net.periods.days.max()
        if not len(product):
            continue
        if short:
            _too_short(table, int(row), "remaining_life", float(stated[row]), net, ground)
        over = found.stated[product] & (stated[row] > found.life[product])
        if over.any():
            code = net.products.code[product[over].min()]
            life = show(float(found.life[product[over].min()]))
            ground.findings.add(
                "remaining-over-life",
                table=table,
                index=int(row),
                field="remaining_life",
                product=code,
                days=life,
            )
        if (~found.stated[product] & (found.maturation[product] > 0)).any():
            ground.findings.add(
                "maturation-needs-life", table=table, index=int(row), field="remaining_life"
            )


def _lots(net: Network, ground: Ground, found: Lives) -> None:
    """Lots that may not be used in the first period, and lots of unknown age."""
    table = ground.tables.table("OpeningStock")
    dead = last_buckets(net.periods, found.lot_day) < 0
    rows = np.sort(found.lot_row[dead])
    units = show(round(float(found.lot_units[dead].sum()), 6))
    day = str(net.periods.end[0])
    ground.findings.add(
        "lot-expired", table=table, index=rows, field="expiry_date", quantity=units, day=day
    )
    ages = found.stated | (found.maturation > 0)
    blank = np.sort(found.lot_row[ages[found.lot_product] & ~found.lot_dated])
    ground.findings.add("lot-without-date", table=table, index=blank, field="expiry_date")


def _orders(net: Network, ground: Ground, found: Lives) -> None:
    """Orders that expire before they can be used, and dates of goods that are still in stock."""
    table, orders = ground.tables.table("InTransit"), net.orders
    stated = table.frame["expiry_date"].notna().to_numpy()[ground.orders.row]
    travels = (orders.origin >= 0) & (orders.ship >= 0)
    rows = np.sort(ground.orders.row[stated & travels])
    ground.findings.add("order-expiry-unshipped", table=table, index=rows, field="expiry_date")
    due = np.minimum(orders.due, len(net.periods))
    late = last_buckets(net.periods, found.order_day) < due
    rows = np.sort(ground.orders.row[stated & ~travels & late])
    ground.findings.add("order-expired", table=table, index=rows, field="expiry_date")


def _claims(net: Network, ground: Ground, found: Lives) -> None:
    """Classes that ask for more life than goods ever have, or for a share of none."""
    table, classes = ground.tables.table("ServiceClasses"), ground.classes
    group, product = ground.streams.service_class, ground.streams.product
    dated = _dated_only(net, found)
    for number in np.flatnonzero((found.class_share > 0.0) | (found.class_days > 0)):
        row = int(classes.row[number])
        asked = np.unique(product[group == number])
        unknown = asked[dated[asked]]
        if found.class_share[number] > 0.0 and len(unknown):
            code = net.products.code[unknown[0]]
            ground.findings.add(
                "share-without-life",
                table=table,
                index=row,
                field="min_life_share",
                product=code,
            )
        over = asked[found.stated[asked] & (found.class_days[number] > found.life[asked])]
        if len(over):
            ground.findings.add(
                "class-over-life",
                table=table,
                index=row,
                field="min_remaining_life",
                product=net.products.code[over[0]],
                further=len(over) - 1 or "",
                days=show(float(found.life[over[0]])),
            )


def _dated_only(net: Network, found: Lives) -> Flags:
    """[P] products without a shelf life of which some goods expire all the same."""
    dated = np.zeros(len(net.products), dtype=bool)
    dated[found.lot_product[found.lot_day < NEVER]] = True
    dated[net.places.product[net.orders.place[found.order_day < NEVER]]] = True
    dated[net.places.product[net.supply.place[(found.supply_day < NEVER).any(axis=1)]]] = True
    return np.asarray(dated & ~found.stated & (found.maturation == 0))


def check_ages(net: Network, ground: Ground, part: ShelfLife) -> None:
    """Goods that come back have no known age."""
    if net.returns is None:
        return
    product = net.places.product[net.returns.back]
    wrong = np.unique(product[part.live[product]])
    table = ground.tables.table("Returns")
    for code in net.products.code[wrong]:
        ground.findings.add(
            "returned-age", table=table, index=0, field="return_product", product=code
        )
