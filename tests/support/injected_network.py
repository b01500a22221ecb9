"""Faults that need more than one cell to see: routes, limits, stock, costs (kinds 24 to 75)."""

from random import Random

from injection import Book, Spot, Unfit, plants, some


def _store(book: Book) -> str:
    """Add a store nobody delivers to."""
    book.add("Locations", location="S-NEW", tier=book.word("store"))
    return "S-NEW"


@plants("no way to the demand")
def _(book: Book, rng: Random) -> Spot:
    product = str(book.get("Products", "product", some(rng, book.rows("Products"))))
    if any("=" in str(book.get("Lanes", "to", row)) for row in book.rows("Lanes")):
        raise Unfit
    row = book.want(_store(book), product, 5)
    return book.spot("Demand", "location", row)


@plants("a location nothing touches")
def _(book: Book, rng: Random) -> Spot:
    row = book.add("Locations", location="X-LONE", tier=book.word("customer"))
    return book.spot("Locations", "location", row)


@plants("a store that replenishes its supplier")
def _(book: Book, rng: Random) -> Spot:
    start, end = some(rng, book.places("store")), some(rng, book.places("supplier", "plant"))
    row = book.add("Lanes", **{"from": start, "to": end, "lead_time": 3, "unit_cost": 1})
    return book.spot("Lanes", "from", row)


@plants("a limit of zero on the way")
def _(book: Book, rng: Random) -> Spot:
    row = some(rng, book.rows("Lanes"))
    if not book.has("Lanes", "max_shipment"):
        raise Unfit
    return book.put("Lanes", "max_shipment", row, 0)


@plants("costs a thousand million times apart")
def _(book: Book, rng: Random) -> Spot:
    lane = some(rng, book.rows("Lanes", "unit_cost"))
    book.put("Lanes", "unit_cost", lane, 1e-6)
    row = some(rng, book.rows("Products", "price"))
    return book.put("Products", "price", row, 5e8)


def _slip(kind: str, factor: float) -> None:
    @plants(kind)
    def _(book: Book, rng: Random) -> Spot:
        columns = book.periods()
        grid = book.sheet("Demand")
        rows = [
            row
            for row in book.rows("Demand")
            if (cells := sorted(float(grid[row][at] or 0) for at in columns))
            and cells[0] >= 20
            and cells[-1] <= 1.5 * cells[0]
            and len(cells) >= 7
        ]
        row, at = some(rng, rows), rng.choice(columns)
        grid[row][at] = float(grid[row][at]) * factor
        return book.at("Demand", at, row)


_slip("a quantity ten times too large", 10)
_slip("a quantity a hundred times too large", 100)
_slip("a quantity a thousand times too large", 1000)
_slip("a quantity a thousand times too small", 0.001)


@plants("a price in another unit")
def _(book: Book, rng: Random) -> Spot:
    if len(book.rows("Products", "price")) < 6:
        raise Unfit
    row = some(rng, book.rows("Products", "price"))
    return book.put("Products", "price", row, 1000 * float(book.get("Products", "price", row)))


@plants("a least shipment above the most")
def _(book: Book, rng: Random) -> Spot:
    fit = [row for row in book.rows("Lanes") if "=" not in str(book.grids["Lanes"][row])]
    row = some(rng, fit)
    book.put("Lanes", "max_shipment", row, 40)
    return book.put("Lanes", "min_shipment", row, 50)


@plants("a least order above the most")
def _(book: Book, rng: Random) -> Spot:
    code = some(rng, book.places("supplier"))
    if "Supply" in book.grids:
        raise Unfit
    row = book.add("Supply", location=code, product="*", max=500, moq=600)
    return book.spot("Supply", "moq", row)


@plants("lots larger than the lane carries")
def _(book: Book, rng: Random) -> Spot:
    fit = [row for row in book.rows("Lanes") if "=" not in str(book.grids["Lanes"][row])]
    row = some(rng, fit)
    book.put("Lanes", "max_shipment", row, 40)
    return book.put("Lanes", "order_multiple", row, 64)


def _limit(book: Book, code: object, kind: str, limit: float) -> Spot:
    """State a limit in units for a sheet Capacity that is not there yet."""
    if "Capacity" in book.grids:
        raise Unfit
    row = book.add(
        "Capacity",
        location=code,
        kind=book.word(kind),
        dimension=book.word("unit"),
        limit=limit,
        per=book.word("bucket"),
    )
    return book.spot("Capacity", "limit", row)


@plants("more stock than storage")
def _(book: Book, rng: Random) -> Spot:
    row = some(rng, book.rows("OpeningStock", "quantity"))
    book.put("OpeningStock", "quantity", row, 700)
    return _limit(book, book.get("OpeningStock", "location", row), "storage", 50)


@plants("stock of a product nobody wants")
def _(book: Book, rng: Random) -> Spot:
    if {"Terminal", "StockTargets", "Capacity"} & set(book.grids):
        raise Unfit
    book.add("Products", product="OLD-9", unit_value=5, price=8)
    code = some(rng, book.places("RDC", "CDC", "store"))
    row = book.add("OpeningStock", location=code, product="OLD-9", quantity=25)
    return book.spot("OpeningStock", "quantity", row)


@plants("a product that ends on no day")
def _(book: Book, rng: Random) -> Spot:
    row = book.add("Products", product="OLD-8", unit_value=5, price=8)
    book.put("Products", "lifecycle", row, book.word("phase-out"))
    return book.spot("Products", "lifecycle", row)


def _target(book: Book, rng: Random, **values: object) -> int:
    """State a target for a place and product with demand, in a sheet that is not there yet."""
    if "StockTargets" in book.grids:
        raise Unfit
    row = some(rng, book.rows("Demand"))
    place = {name: book.get("Demand", name, row) for name in ("location", "product")}
    return book.add("StockTargets", **place, **values)


@plants("a maximum below the safety stock")
def _(book: Book, rng: Random) -> Spot:
    row = _target(book, rng, safety_stock=90, max_stock=20, over_penalty=1)
    return book.spot("StockTargets", "max_stock", row)


@plants("safety stock above the storage")
def _(book: Book, rng: Random) -> Spot:
    row = _target(book, rng, safety_stock=90, hardness=book.word("hard"))
    return _limit(book, book.get("StockTargets", "location", row), "storage", 40)


@plants("a lead time beyond the horizon")
def _(book: Book, rng: Random) -> Spot:
    fit = [row for row in book.rows("Lanes") if "=" not in str(book.grids["Lanes"][row])]
    return book.put("Lanes", "lead_time", some(rng, fit), 400)


def _must(book: Book) -> None:
    """Let all demand be such as must be served."""
    if "ServiceClasses" in book.grids:
        raise Unfit
    book.add("ServiceClasses", **{"class": "vip", "mode": book.word("must")})
    for row in book.rows("Demand"):
        book.put("Demand", "class", row, "vip")


@plants("demand that must be served above all supply")
def _(book: Book, rng: Random) -> Spot:
    if {"Supply", "OpeningStock"} & set(book.grids):
        raise Unfit
    _must(book)
    for code in book.places("supplier"):
        book.add("Supply", location=code, product="*", max=1)
    product = book.get("Demand", "product", 1)
    return book.spot(
        "Demand",
        "product",
        min(row for row in book.rows("Demand") if book.get("Demand", "product", row) == product),
    )


@plants("a limit below what must pass")
def _(book: Book, rng: Random) -> Spot:
    _must(book)
    code = book.get("Demand", "location", some(rng, book.rows("Demand")))
    return _limit(book, code, "outbound", 3)


@plants("a circle without lead time or cost")
def _(book: Book, rng: Random) -> Spot:
    codes = book.places("store", "RDC")
    if len(codes) < 2 or "TransferRules" in book.grids:
        raise Unfit
    one, two = rng.sample(codes, 2)
    rows = [row for row in book.rows("Lanes") if book.get("Lanes", "lead_time", row) == 0]
    if rows:
        raise Unfit
    first = book.add("Lanes", **{"from": one, "to": two, "lead_time": 0, "mode": "belt"})
    book.add("Lanes", **{"from": two, "to": one, "lead_time": 0, "mode": "belt"})
    return book.spot("Lanes", "lead_time", first)


@plants("a lane that is never better")
def _(book: Book, rng: Random) -> Spot:
    if "Vehicles" in book.grids:
        raise Unfit
    fit = [row for row in book.rows("Lanes") if "=" not in str(book.grids["Lanes"][row])]
    row = some(rng, fit)
    cost = float(book.get("Lanes", "unit_cost", row) or 0)
    ends = {"from": book.get("Lanes", "from", row), "to": book.get("Lanes", "to", row)}
    lead = float(book.get("Lanes", "lead_time", row))
    new = book.add("Lanes", **ends, lead_time=lead + 1, unit_cost=cost + 1, mode="mule")
    return book.spot("Lanes", "mode", new)


@plants("stock below zero without backorders")
def _(book: Book, rng: Random) -> Spot:
    row = some(rng, book.rows("OpeningStock"))
    if "ServiceClasses" in book.grids:
        raise Unfit
    return book.put("OpeningStock", "quantity", row, -7)


@plants("stock below zero with backorders")
def _(book: Book, rng: Random) -> Spot:
    if {"ServiceClasses", "OpeningStock"} & set(book.grids):
        raise Unfit
    book.add("ServiceClasses", **{"class": "wait", "mode": book.word("backorder")})
    row = some(rng, book.rows("Demand"))
    book.put("Demand", "class", row, "wait")
    place = {name: book.get("Demand", name, row) for name in ("location", "product")}
    return book.spot("OpeningStock", "quantity", book.add("OpeningStock", **place, quantity=-7))


@plants("demand sooner than any lane can bring")
def _(book: Book, rng: Random) -> Spot:
    if "OpeningStock" in book.grids:
        raise Unfit
    for row in book.rows("Lanes"):
        book.put("Lanes", "lead_time", row, 8)
    return book.at("Demand", book.periods()[0], some(rng, book.rows("Demand")))


@plants("a penalty ladder upside down")
def _(book: Book, rng: Random) -> Spot:
    row = _target(book, rng, safety_stock=30, penalty=999)
    return book.spot("StockTargets", "penalty", row)


@plants("a selector that fits no row")
def _(book: Book, rng: Random) -> Spot:
    if "StockTargets" in book.grids:
        raise Unfit
    word = book.word("ecom")
    column = {"en": "Tier", "zh": "层级"}[book.language]
    row = book.add("StockTargets", location=f"{column}={word}", product="*", safety_days=4)
    return book.spot("StockTargets", "location", row)
