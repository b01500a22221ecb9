"""Faults of sheets, headings, rows and time (kinds 1 to 19, 58 to 63, 70 and 73)."""

import datetime as dt
from random import Random
from typing import Any

from injection import Book, Spot, Unfit, plants, some

from tierstock.inputs.reading.headings import find_column
from tierstock.inputs.schema import schema

CORE = ("Locations", "Products", "Lanes", "Demand")
KEYED: dict[str, tuple[str, Any]] = {
    "Products": ("unit_value", 7.25),
    "Lanes": ("lead_time", 9),
    "Locations": ("tier", None),
    "Vehicles": ("trip_cost", 77),
    "Capacity": ("limit", 4321),
}
"""Sheets whose rows have a key, with a column that may differ."""


def _headed(book: Book, rng: Random, *, required: bool | None = None) -> tuple[str, int, str]:
    """Return sheet, number and field of a heading of the core sheets."""
    fit = []
    for sheet in CORE:
        for at, heading in enumerate(book.sheet(sheet)[0]):
            match = find_column(sheet, str(heading))
            if match is not None and required in (None, match.column.required):
                fit.append((sheet, at, match.column.field))
    return rng.choice(fit)


@plants("a missing sheet")
def _(book: Book, rng: Random) -> Spot:
    sheet = rng.choice(CORE)
    del book.grids[sheet]
    return Spot(book.titles.pop(sheet))


@plants("a sheet in other letters")
def _(book: Book, rng: Random) -> Spot:
    sheet = rng.choice(CORE)
    known = schema().sheet(sheet)
    book.titles[sheet] = rng.choice([f" {known.name} ", known.name.upper(), known.zh, known.name])
    return Spot(book.titles[sheet])


@plants("two sheets of one meaning")
def _(book: Book, rng: Random) -> Spot:
    sheet = rng.choice(CORE)
    other = schema().sheet(sheet).heading("en" if book.language == "zh" else "zh")
    book.titles["twin"], book.grids["twin"] = other, [list(row) for row in book.sheet(sheet)]
    return Spot(other)


@plants("two headings of one meaning")
def _(book: Book, rng: Random) -> Spot:
    sheet, at, _ = _headed(book, rng)
    grid = book.grids[sheet]
    match = find_column(sheet, str(grid[0][at]))
    assert match is not None
    grid[0].append(match.column.heading("en" if book.language == "zh" else "zh"))
    for row in grid[1:]:
        row.append(row[at])
    return book.at(sheet, len(grid[0]) - 1, 0)


@plants("a heading twice")
def _(book: Book, rng: Random) -> Spot:
    sheet, at, _ = _headed(book, rng)
    grid = book.grids[sheet]
    for row in grid:
        row.append(row[at])
    return book.at(sheet, len(grid[0]) - 1, 0)


@plants("a missing column")
def _(book: Book, rng: Random) -> Spot:
    sheet, at, _ = _headed(book, rng, required=True)
    for row in book.grids[sheet]:
        del row[at]
    return Spot(book.titles[sheet])


@plants("a misspelt column")
def _(book: Book, rng: Random) -> Spot:
    sheet, at, field = _headed(book, rng, required=False)
    if sheet == "Demand":
        raise Unfit(sheet)
    book.grids[sheet][0][at] = schema().sheet(sheet).heading(book.language) + "qzx"
    return book.at(sheet, at, 0)


@plants("an unknown column")
def _(book: Book, rng: Random) -> Spot:
    sheet = rng.choice(CORE)
    for at, row in enumerate(book.sheet(sheet)):
        row.append("Remark of ours" if at == 0 else "x")
    return book.at(sheet, len(book.grids[sheet][0]) - 1, 0)


@plants("a column marked as not to be read")
def _(book: Book, rng: Random) -> Spot:
    sheet = rng.choice(CORE)
    for at, row in enumerate(book.sheet(sheet)):
        row.append(rng.choice(["#ours", "_ours"]) if at == 0 else "x")
    return Spot(book.titles[sheet])


@plants("an unknown sheet")
def _(book: Book, rng: Random) -> Spot:
    title = rng.choice(["Lanez", "My notes", "需球"])
    book.titles["odd"], book.grids["odd"] = title, [["a", "b"], [1, 2]]
    return Spot(title)


@plants("a sheet marked as not to be read")
def _(book: Book, rng: Random) -> Spot:
    title = rng.choice(["#Lanez", "_notes"])
    book.titles["odd"], book.grids["odd"] = title, [["a", "b"], [1, 2]]
    return Spot(title)


@plants("a column with values and no heading")
def _(book: Book, rng: Random) -> Spot:
    sheet = rng.choice(CORE)
    for at, row in enumerate(book.sheet(sheet)):
        row.append("" if at == 0 else at)
    return book.at(sheet, len(book.grids[sheet][0]) - 1, 0)


@plants("a title above the headings")
def _(book: Book, rng: Random) -> Spot:
    sheet = rng.choice(CORE)
    grid = book.sheet(sheet)
    width = len(grid[0])
    grid[:0] = [["Our network 2026", *[""] * (width - 1)], [""] * width]
    return Spot(book.titles[sheet])


@plants("two rows of headings")
def _(book: Book, rng: Random) -> Spot:
    sheet = rng.choice([one for one in CORE if one != "Demand"])
    grid = book.sheet(sheet)
    matches = [find_column(sheet, str(one)) for one in grid[0]]
    other = "en" if book.language == "zh" else "zh"
    grid.insert(1, [match.column.heading(other) if match else "" for match in matches])
    return Spot(book.titles[sheet])


@plants("a core sheet without rows")
def _(book: Book, rng: Random) -> Spot:
    sheet = rng.choice(("Locations", "Products"))
    del book.sheet(sheet)[1:]
    return Spot(book.titles[sheet])


@plants("an optional sheet without rows")
def _(book: Book, rng: Random) -> Spot:
    sheet = rng.choice(["Calendars", "Budgets", "Sites"])
    book.add(sheet, **{schema().sheet(sheet).columns[0].field: ""})
    del book.grids[sheet][1:]
    return Spot(book.titles[sheet])


@plants("blank rows between the data")
def _(book: Book, rng: Random) -> Spot:
    sheet = rng.choice([one for one in CORE if len(book.sheet(one)) > 2])
    grid = book.grids[sheet]
    grid.insert(rng.randrange(2, len(grid)), [""] * len(grid[0]))
    return Spot(book.titles[sheet])


def _with_key(book: Book, rng: Random) -> tuple[str, int]:
    sheet = some(rng, [one for one in KEYED if book.has(one, KEYED[one][0])])
    row = some(rng, book.rows(sheet))
    grid = book.grids[sheet]
    grid.append(list(grid[row]))
    return sheet, len(grid) - 1


@plants("a row twice")
def _(book: Book, rng: Random) -> Spot:
    sheet, row = _with_key(book, rng)
    return book.spot(sheet, schema().sheet(sheet).columns[0].field, row)


@plants("a key twice with other values")
def _(book: Book, rng: Random) -> Spot:
    sheet, row = _with_key(book, rng)
    field, value = KEYED[sheet]
    if value is None:
        was = book.get(sheet, field, row)
        value = next(word for word in map(book.word, ("store", "RDC")) if word != was)
    return book.put(sheet, field, row, value)


@plants("stock of one place in two rows")
def _(book: Book, rng: Random) -> Spot:
    row = some(rng, book.rows("OpeningStock"))
    book.grids["OpeningStock"].append(list(book.grids["OpeningStock"][row]))
    return book.put("OpeningStock", "quantity", len(book.grids["OpeningStock"]) - 1, 1)


@plants("an order number twice")
def _(book: Book, rng: Random) -> Spot:
    row = some(rng, book.rows("InTransit"))
    if not book.has("InTransit", "order_no"):
        raise Unfit
    book.put("InTransit", "order_no", row, "PO-77")
    grid = book.grids["InTransit"]
    grid.append(list(grid[row]))
    return book.put("InTransit", "quantity", len(grid) - 1, 9)


@plants("a lane to where it starts")
def _(book: Book, rng: Random) -> Spot:
    code = some(rng, book.places("store", "RDC", "CDC"))
    row = book.add("Lanes", **{"from": code, "to": code, "lead_time": 1})
    return book.spot("Lanes", "to", row)


@plants("a heading in another unit")
def _(book: Book, rng: Random) -> Spot:
    at = book.column("Lanes", "lead_time")
    book.grids["Lanes"][0][at] = rng.choice(["Lead Time (kg)", "提前期 (吨)", "Lead Time (CNY)"])
    return book.at("Lanes", at, 0)


@plants("a heading in a convertible unit")
def _(book: Book, rng: Random) -> Spot:
    at = book.column("Lanes", "lead_time")
    book.grids["Lanes"][0][at] = rng.choice(["Lead Time (h)", "提前期 (小时)"])
    for row in book.rows("Lanes", "lead_time"):
        book.put("Lanes", "lead_time", row, 24 * float(book.get("Lanes", "lead_time", row)))
    return book.at("Lanes", at, 0)


@plants("headings of both languages mixed")
def _(book: Book, rng: Random) -> Spot:
    sheet, at, field = _headed(book, rng)
    other = "en" if book.language == "zh" else "zh"
    book.grids[sheet][0][at] = next(
        one.heading(other) for one in schema().sheet(sheet).columns if one.field == field
    )
    return book.at(sheet, at, 0)


def _periods(book: Book, *spans: tuple[str, int, int]) -> None:
    """State three periods by name, first and last day after Monday 2026-01-05."""
    start = dt.date(2026, 1, 5)
    for sheet in ("Periods", "InTransit", "Settings", "FixedPlan", "Supply"):
        book.grids.pop(sheet, None)
    for name, first, last in spans:
        days = start + dt.timedelta(first), start + dt.timedelta(last)
        book.add("Periods", period=name, start_date=days[0], end_date=days[1])
    heads, grid = book.grids["Demand"][0], book.grids["Demand"]
    columns = book.periods()
    for number, at in enumerate(columns):
        heads[at] = spans[number][0] if number < 3 else f"#{number}"
    assert len(grid[0]) == len(heads)


@plants("a gap between periods")
def _(book: Book, rng: Random) -> Spot:
    _periods(book, ("A1", 0, 6), ("A2", 8, 14), ("A3", 15, 21))
    return book.spot("Periods", "start_date", 2)


@plants("periods that overlap")
def _(book: Book, rng: Random) -> Spot:
    _periods(book, ("A1", 0, 6), ("A2", 6, 13), ("A3", 14, 20))
    return book.spot("Periods", "start_date", 2)


@plants("a period that ends before it starts")
def _(book: Book, rng: Random) -> Spot:
    _periods(book, ("A1", 0, 6), ("A2", 7, 13), ("A3", 14, 12))
    return book.spot("Periods", "end_date", 3)


@plants("a period twice")
def _(book: Book, rng: Random) -> Spot:
    _periods(book, ("A1", 0, 6), ("A2", 7, 13), ("A3", 14, 20))
    row = book.add("Periods", period="A2", start_date=dt.date(2026, 1, 26))
    book.put("Periods", "end_date", row, dt.date(2026, 2, 1))
    return book.spot("Periods", "start_date", row)


@plants("periods out of order")
def _(book: Book, rng: Random) -> Spot:
    _periods(book, ("A1", 0, 6), ("A3", 14, 20), ("A2", 7, 13))
    return Spot(book.titles["Periods"])


@plants("days, weeks and months mixed")
def _(book: Book, rng: Random) -> Spot:
    _periods(book, ("A1", 0, 0), ("A2", 1, 7), ("A3", 8, 37))
    return Spot(book.titles["Periods"])


@plants("two sources of one precision")
def _(book: Book, rng: Random) -> Spot:
    code = some(rng, book.places("store"))
    if book.has("StockTargets", "location"):
        raise Unfit
    book.add("StockTargets", location=code, product="*", safety_days=5)
    book.add("StockTargets", location=f"{code},{code}", product="*", safety_days=7)
    return book.spot("StockTargets", "safety_days", 2)


@plants("a general and a special row")
def _(book: Book, rng: Random) -> Spot:
    if book.has("StockTargets", "location"):
        raise Unfit
    book.add("StockTargets", location="*", product="*", safety_days=3)
    book.add("StockTargets", location=some(rng, book.places("store")), product="*", safety_days=4)
    return Spot(book.titles["StockTargets"])


@plants("demand of zero everywhere")
def _(book: Book, rng: Random) -> Spot:
    for row in book.rows("Demand"):
        for at in book.periods():
            book.grids["Demand"][row][at] = 0
    return Spot(book.titles["Demand"])


@plants("demand outside the horizon")
def _(book: Book, rng: Random) -> Spot:
    if {"Periods", "Settings"} & set(book.grids):
        raise Unfit
    book.add("Settings", setting="periods", value=2)
    return Spot(book.titles["Demand"])


@plants("one place, one product, one period")
def _(book: Book, rng: Random) -> Spot:
    book.titles = {one: schema().sheet(one).heading(book.language) for one in CORE}
    book.grids = {}
    book.add("Locations", location="PL1", tier=book.word("plant"))
    book.add("Products", product="P1", unit_value=4, price=9)
    book.add("Lanes", **{"from": "", "to": "", "lead_time": ""})
    del book.grids["Lanes"][1:]
    book.add("Demand", location="PL1", product="P1", period="2026-01-05", quantity=6)
    book.add("OpeningStock", location="PL1", product="P1", quantity=8)
    return Spot(book.titles["Demand"])
