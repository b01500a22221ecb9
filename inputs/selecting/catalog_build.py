"""Builds the catalog from the Locations, Products, Periods, Vehicles and Groups sheets."""

import numpy as np

from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Floats, Ints, Periods, Texts
from tierstock.inputs.schema import Column, fold, schema
from tierstock.inputs.selecting.catalog import Catalog, report
from tierstock.inputs.selecting.period_selectors import PeriodAxis
from tierstock.inputs.selecting.selectors import Attribute, Axis, SelectorError
from tierstock.inputs.tables import Table, Tables

PLAIN = {
    "location": ("tier", "region"),
    "party": ("company", "tier", "region"),
    "product": ("family",),
}
"""Columns whose values may stand alone as a selector: ``RDC``, ``East``, ``Tea``."""


def build_catalog(
    tables: Tables,
    locations: Texts,
    products: Texts,
    periods: Periods,
    findings: Findings,
    abc: Texts | None = None,
) -> Catalog:
    """Return the catalog of everything a selector may name.

    Args:
        tables: gives Locations, Products, Vehicles, ServiceClasses and Groups.
        locations: [L] location codes in canonical order.
        products: [P] product codes in canonical order.
        periods: the time buckets.
        findings: takes members of groups that are not known.
        abc: [P] class A, B or C of each product, see ``abc_classes``; None = as stated.
    """
    places = _attributes(tables.table("Locations"), "location", locations)
    goods = _attributes(tables.table("Products"), "product", products)
    if abc is not None:
        stated = goods[fold("abc")]
        computed = Attribute("abc", stated.type, abc, stated.choices)
        goods = {name: computed if one is stated else one for name, one in goods.items()}
    grouped = {kind: _groups(tables.table("Groups"), kind) for kind in _GROUPED}
    classes = _codes(tables.table("ServiceClasses"), "class")
    axes = {
        "location": Axis(locations, places, PLAIN["location"], grouped["location"]),
        "product": Axis(products, goods, PLAIN["product"], grouped["product"]),
        "party": Axis(locations, places, PLAIN["party"], grouped["location"]),
        "period": PeriodAxis(periods, grouped["period"]),
        "class": Axis(classes, groups=grouped["class"]),
        "mode": Axis(_modes(tables.table("Lanes"))),
        "vehicle": Axis(_codes(tables.table("Vehicles"), "vehicle")),
        "tier": _values(places[fold("tier")]),
        "channel": _values(places[fold("channel")]),
        "zone": _values(goods[fold("zone")]),
    }
    _check_groups(tables.table("Groups"), axes, findings)
    return Catalog(axes)


_GROUPED = ("location", "product", "period", "class")


def abc_classes(
    stated: Texts, units: Floats, unit_value: Floats, limits: tuple[float, float]
) -> Texts:
    """Class A, B or C of every product by cumulative demand value, [P].

    Products are taken in falling order of units x unit value; a product is A while the products
    before it make up less than the first limit of the total, B while less than the second.

    Args:
        stated: [P] Products.ABC; a filled cell stands as it is.
        units: [P] demand of the horizon.
        unit_value: [P] money per unit.
        limits: shares that end class A and class B, e.g. (0.8, 0.95).
    """
    value = units * np.nan_to_num(unit_value)
    order = np.argsort(-value, kind="stable")
    total = max(float(value.sum()), 1e-300)
    before = np.concatenate([[0.0], np.cumsum(value[order])[:-1]]) / total
    ranked = np.where(
        before < limits[0] - 1e-12, "A", np.where(before < limits[1] - 1e-12, "B", "C")
    )
    ranked = np.where(value[order] > 0.0, ranked, "C").astype(object)
    computed = np.empty(len(value), dtype=object)
    computed[order] = ranked
    return np.where(stated == "", computed, stated).astype(object)


def _codes(table: Table, field: str) -> Texts:
    """Codes of a sheet, sorted, each once, blank ones not at all."""
    codes = {text for text in table.frame[field] if text}
    return np.array(sorted(codes), dtype=object)


def _modes(table: Table) -> Texts:
    """Transport modes of the lanes; blank is road."""
    return np.array(sorted({text or "road" for text in table.frame["mode"]}), dtype=object)


def _attributes(table: Table, key: str, codes: Texts) -> dict[str, Attribute]:
    """Columns of a sheet by every name they have, in the order of the codes."""
    first = {code: row for row, code in reversed(list(enumerate(table.frame[key])))}
    order = np.array([first[code] for code in codes], dtype=np.int64)
    found: dict[str, Attribute] = {}
    columns = [c for c in schema().sheet(table.sheet).columns if c.field != "note"]
    for column in columns:
        attribute = _attribute(column, table, order)
        for name in (column.name, column.field, column.zh):
            found[fold(name)] = attribute
    for column in columns:
        for alias in column.aliases:
            found.setdefault(fold(alias), found[fold(column.field)])
    return found


def _attribute(column: Column, table: Table, order: Ints) -> Attribute:
    values = table.frame[column.field].to_numpy()[order]
    if column.type == "date":
        return Attribute(column.field, column.type, values.astype("datetime64[D]"), {})
    if column.type not in ("number", "integer", "flag"):
        default = column.default if column.default in column.choices else ""
        values = np.where(values == "", default, values).astype(object)
    return Attribute(column.field, column.type, values, _words(column.choices))


def _words(choices: tuple[str, ...]) -> dict[str, str]:
    """Folded words of either language for the choices of a column."""
    known: dict[str, str] = {}
    for word in schema().words:
        if word.word in choices:
            for text in (word.word, word.zh, *word.aliases):
                known.setdefault(fold(text), word.word)
    return known


def _values(attribute: Attribute) -> Axis:
    """The values of a column, blank among them, as an axis; other words for them are groups."""
    codes = sorted({"", *attribute.values, *attribute.choices.values()})
    other = {text: (word,) for text, word in attribute.choices.items() if text not in codes}
    return Axis(np.array(codes, dtype=object), groups=other)


def _groups(table: Table, kind: str) -> dict[str, tuple[str, ...]]:
    frame = table.frame[(table.frame["kind"] == kind).to_numpy()]
    named: dict[str, tuple[str, ...]] = {}
    for group, member in zip(frame["group"], frame["member"], strict=True):
        named[group] = (*named.get(group, ()), member)
    return named


def _check_groups(table: Table, axes: dict[str, Axis], findings: Findings) -> None:
    """Every member must be known where it stands, whether its group is used or not."""
    frame = table.frame
    for row, (kind, member) in enumerate(zip(frame["kind"], frame["member"], strict=True)):
        if kind not in _GROUPED:
            continue
        try:
            axes[kind].match(member)
        except SelectorError as fault:
            report(fault, table, row, "member", findings, f"{kind.title()}s")
