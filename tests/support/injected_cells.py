"""Faults of single cells: numbers, dates, shares, choices, codes (kinds 18 to 66 and 72)."""

import datetime as dt
import math
from random import Random

from injection import Book, Spot, Unfit, cell, plants, some

from tierstock.inputs.schema import schema

COSTS = "Lanes.unit_cost Products.unit_value Products.price"
AMOUNTS = "OpeningStock.quantity InTransit.quantity Capacity.limit Demand.quantity"
NUMBERS = f"{COSTS} {AMOUNTS} Lanes.lead_time"
RATIOS = "Lanes.yield TransferRules.donor_max_share ServiceClasses.min_life_share"
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
DATES = "Locations.active_from InTransit.due_date InTransit.ship_date"
CODES = "Demand.location Demand.product OpeningStock.location OpeningStock.product"

cell("a decimal comma", NUMBERS, "12,5", "1.200,5")
cell("a letter in a number", NUMBERS, "12,5O", "l5", "1O0")
cell("a word in a number", NUMBERS, "tbd", "-", "?", "n/a")
cell("a word for no value", NUMBERS, "nan", "null", "None", "NA")
cell("a currency sign on a quantity", "OpeningStock.quantity Demand.quantity", "¥12")
cell("yes in a number", NUMBERS, True, False)
cell("a date in a number", NUMBERS, dt.date(2026, 2, 3))
cell("grouped digits", AMOUNTS, "1,200", "1,200.5")
cell("full-width digits", NUMBERS, lambda was: str(was).translate(WIDE))
cell("a currency sign before money", COSTS, lambda was: f"¥{was}", lambda was: f"￥{was}")
cell("a number typed as text", NUMBERS, str, lambda was: f" {was} ")
cell(
    "a blank required cell",
    "Products.unit_value Lanes.lead_time Locations.tier InTransit.due_date Lanes.to",
    "",
)
cell("a blank optional cell", "Lanes.unit_cost Products.name OpeningStock.note", "", blank=True)
cell("not a number through a connector", "Products.unit_value Lanes.lead_time", math.nan)
cell("infinite through a connector", NUMBERS, math.inf)
cell(
    "a negative number",
    "Lanes.unit_cost Lanes.lead_time Products.unit_value Capacity.limit Demand.quantity "
    "StockTargets.safety_days InTransit.quantity",
    -4,
    "-3",
)
cell("a huge coefficient", NUMBERS, 1e16, "1e16")
cell("a number for unlimited", "Capacity.limit Lanes.max_shipment Supply.max", 1e20, 1e30, 9.99e307,
     blank=True)  # fmt: skip
cell("a vanishing number", "Products.weight Products.volume Lanes.unit_cost", 1e-10, blank=True)
cell("98 for 98 percent", RATIOS, 98, blank=True)
cell("a share above one", RATIOS, 1.5, "120%", blank=True)
cell("a negative share", RATIOS, -0.1, blank=True)
cell("a date in a share", RATIOS, dt.date(2026, 2, 3), blank=True)
cell("a percentage as text", RATIOS, "98%", "98 %", blank=True)
cell("a fraction as text", RATIOS, "2/3", blank=True)
cell("no such day", DATES, "2026/13/01", "2026-02-30", blank=True)
cell("a date that reads two ways", DATES, "01/02/2026", "03-04-2026", blank=True)
cell("words for a date", DATES, "soon", "next week", blank=True)
cell("a time of day", "InTransit.due_date", "2026-01-20 08:30", dt.datetime(2026, 1, 20, 8, 30))
cell("a day number", "InTransit.due_date", 46040)
cell("a wrong flag", "Locations.holds_stock TransferRules.allowed", "maybe", 2, blank=True)
cell("a wrong choice", "Locations.tier Capacity.kind StockTargets.hardness", "shopp", blank=True)
cell("an unknown location", "Demand.location OpeningStock.location InTransit.to", "S-N9X")
cell("an unknown product", "Demand.product OpeningStock.product InTransit.product", "TV-5S9")
cell("a lane to an unknown location", "Lanes.from Lanes.to", "S-N9X")
cell("a selector that fits nothing", "StockTargets.location Lanes.from", "Region=Nowhere")
cell("a selector of no column", "StockTargets.location Lanes.from", "Colour=red", blank=True)
cell("a star for a code", "Demand.location Demand.product OpeningStock.location", "*")
cell("a pattern for a code", "Demand.location Demand.product", "S.*", "[A-Z]+", "S?")
cell("a cell too long", "Locations.name Products.name", "x" * 40_000)
cell("a control character", CODES, lambda was: f"{was[:1]}\x07{was[1:]}")
cell("a line break in a code", CODES, lambda was: f"{was[:1]}\n{was[1:]}")
cell("a no-break space", CODES, lambda was: f"{was}\u00a0")
cell("a zero-width mark", CODES, lambda was: f"{was[:2]}\u200b{was[2:]}")
cell("a byte-order mark", CODES, lambda was: f"\ufeff{was}")
cell(
    "a full-width code",
    CODES,
    lambda was: "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in was),
)
cell("a row of totals", "Demand.location OpeningStock.location", "Total", "合计", "小计")
cell("a date for a code", CODES, dt.date(2026, 3, 1))
cell("a code of 17 digits", "Products.product", 12345678901234567)
cell("a currency nobody knows", "Lanes.currency Supply.currency", "XYZ", blank=True)
cell("a unit nobody knows", "Demand.unit OpeningStock.unit InTransit.unit", "blorps", blank=True)
cell("a weekday nobody knows", "Lanes.departure_days", "Monn,Thx", blank=True)
cell("a fraction for whole units", "ServiceClasses.priority", 1.5, blank=True)


@plants("a code in another case")
def _(book: Book, rng: Random) -> Spot:
    code = some(rng, book.places("store", "RDC", "CDC"))
    tier = book.get("Locations", "tier", 1)
    row = book.add("Locations", location=code.lower(), tier=tier)
    return book.spot("Locations", "location", row)


@plants("a Cyrillic letter in a code")
def _(book: Book, rng: Random) -> Spot:
    latin, cyrillic = "ABCEHKMOPTXS", "АВСЕНКМОРТХЅ"
    fit = [code for code in book.places("store", "RDC", "CDC") if set(code) & set(latin[:-1])]
    code = some(rng, fit)
    letter = next(one for one in code if one in latin[:-1])
    other = code.replace(letter, cyrillic[latin.index(letter)], 1)
    row = book.add("Locations", location=other, tier=book.get("Locations", "tier", 1))
    return book.spot("Locations", "location", row)


@plants("a Cyrillic letter in a reference")
def _(book: Book, rng: Random) -> Spot:
    rows = [row for row in book.rows("Demand") if "C" in str(book.get("Demand", "location", row))]
    rows += [row for row in book.rows("Demand") if "S" in str(book.get("Demand", "location", row))]
    row = some(rng, rows)
    code = str(book.get("Demand", "location", row))
    other = code.replace("C", "С", 1) if "C" in code else code.replace("S", "Ѕ", 1)
    return book.put("Demand", "location", row, other)


@plants("a reference in another case")
def _(book: Book, rng: Random) -> Spot:
    row = some(rng, book.rows("Demand"))
    return book.put("Demand", "location", row, str(book.get("Demand", "location", row)).lower())


def _everywhere(kind: str, *codes: str) -> None:
    @plants(kind)
    def _(book: Book, rng: Random) -> Spot:
        row = some(rng, book.rows("Products"))
        book.rename(str(book.get("Products", "product", row)), rng.choice(codes))
        return book.spot("Products", "product", row)


_everywhere("a code that is a word for blank", "NA", "null", "None", "N/A", "nan")
_everywhere("a code that looks like a number", "007", "1E5", "1/2", "00012")
_everywhere("a code that looks like a formula", "=cmd|'/c calc'!A0", "@SUM(1)", "+1", "-x")
_everywhere("a code with markup", "<script>alert(1)</script>", "'); DROP TABLE x")


@plants("a code typed as a number")
def _(book: Book, rng: Random) -> Spot:
    row = some(rng, book.rows("Products"))
    old = str(book.get("Products", "product", row))
    book.rename(old, "4711")
    return book.put("Products", "product", row, 4711)


def _setting(kind: str, *pairs: tuple[str, object], field: str = "value") -> None:
    @plants(kind)
    def _(book: Book, rng: Random) -> Spot:
        name, value = rng.choice(pairs)
        if "Settings" in book.grids:
            spoken = (name, schema().setting(name).zh) if field == "value" else ()
            if any(row[0] in spoken for row in book.grids["Settings"]):
                raise Unfit(name)
        row = book.add("Settings", setting=name, value=value)
        return book.spot("Settings", field, row)


_setting("an unknown setting", ("carying_rate", "10%"), ("solver", "fast"), field="setting")
_setting("a setting of the wrong type", ("threads", "many"), ("seed", 1.5), ("bucket", "fortnight"))
_setting("a time limit that is none", ("time_limit", "-1"), ("time_limit", "soon"))
_setting("a gap that is none", ("gap", "-2%"), ("gap", "small"))


@plants("a setting stated twice")
def _(book: Book, rng: Random) -> Spot:
    book.add("Settings", setting="seed", value=1)
    return book.spot("Settings", "setting", book.add("Settings", setting="seed", value=2))


@plants("periods that are no whole lead times")
def _(book: Book, rng: Random) -> Spot:
    book.add("Settings", setting="lead_time_unit", value="period")
    for row in book.rows("Lanes", "lead_time"):
        book.put("Lanes", "lead_time", row, 1)
    if book.has("Supply", "lead_time"):
        for row in book.rows("Supply", "lead_time"):
            book.put("Supply", "lead_time", row, 0)
    row = some(rng, book.rows("Lanes", "lead_time"))
    return book.put("Lanes", "lead_time", row, 1.5)


@plants("a time zone in a date")
def _(book: Book, rng: Random) -> Spot:
    row = some(rng, book.rows("InTransit", "due_date"))
    if not isinstance(book.get("InTransit", "due_date", row), dt.date):
        raise Unfit
    return book.put("InTransit", "due_date", row, "2026-01-20T08:00:00+08:00")
