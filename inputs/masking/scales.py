"""Secret factors: every amount of an input times its factor, so that the plan stays the same.

Goods times q: everything that grows with them (units, kg, m3, pallets, hours, kg of carbon, and
the limits on them) does too, so that lots, loads, trips, moves and shares stay what they are.
Prices times p: money per unit, kg, hour. What is paid at once, however much is moved, times p q.
Every cost, and so the optimum, is then p q times what it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.assembly.ladder import BUDGET
from tierstock.inputs.digits import rounded
from tierstock.inputs.reading.cell_numbers import read_number
from tierstock.inputs.reading.headings import find_setting
from tierstock.inputs.schema import Column, schema
from tierstock.inputs.tables import Table
from tierstock.inputs.writing.plain import text_of

GOODS, PRICE, MONEY, SAME = "goods", "price", "money", ""
"""What a number is times: q, p, p q, or nothing."""
UNITS = {
    **dict.fromkeys(
        ("unit", "unit/bucket", "unit/day", "kg", "m3", "pallet", "h", "h/bucket", "kg/trip",
         "kg/bucket"), GOODS,
    ),
    **dict.fromkeys(("money/unit", "money/unit/bucket", "money/unit/day", "money/h"), PRICE),
    **dict.fromkeys(("money", "money/bucket", "money/order", "money/move"), MONEY),
}  # fmt: skip
"""What numbers of a unit are; of units that are not here they stay."""
OWN = {
    ("Products", "units_per_pallet"): SAME,
    ("Units", "per_base"): SAME,
    ("Capacity", "limit"): GOODS,
    ("Capacity", "extra_limit"): GOODS,
    ("Capacity", "extra_cost"): PRICE,
}
"""Columns whose unit does not say what they are."""
BY_ROW: dict[tuple[str, str], tuple[str, Mapping[str, str], str]] = {
    ("Lanes", "unit_cost"): ("cost_basis", {"value%": SAME}, PRICE),
    ("Rates", "bracket_from"): ("basis", {"trip": SAME}, GOODS),
    ("Rates", "rate"): ("basis", {"trip": MONEY}, PRICE),
    ("Budgets", "limit"): ("kind", {"moves": SAME, "carbon": GOODS}, MONEY),
    ("Budgets", "penalty"): ("kind", {"moves": MONEY, "carbon": PRICE}, SAME),
    ("ServiceTargets", "penalty"): ("measure", {"cycle": MONEY, "value-fill": SAME}, PRICE),
    ("Policy", "parameter_1"): (
        "policy", dict.fromkeys(("days-cover", "fixed-share", "lot-for-lot"), SAME), GOODS,
    ),
    ("Policy", "parameter_2"): ("policy", {}, GOODS),
}  # fmt: skip
"""Columns of which each row says what it is: where, what its words mean, and what others mean."""
TERMS = {"vehicles": SAME, "departures": SAME, "open": SAME, "spend": MONEY}
"""Variables of UserRows that are no goods."""
SETTINGS = ("carbon_price", "change_penalty")
"""Settings that are prices."""
DIGITS = 15
NEAR_ONE = (80, 125)
"""Factors in hundredths that would hide little."""


@dataclass(frozen=True)
class Scales:
    """The secret factors."""

    goods: float = 1.0
    price: float = 1.0

    @property
    def money(self) -> float:
        """What every cost of the plan is times."""
        return self.goods * self.price

    def of(self, kind: str) -> float:
        """Return the factor of goods, price, money, or of what stays."""
        return 1.0 if kind == SAME else float(getattr(self, kind))


def drawn(random: Random) -> Scales:
    """Return factors of three digits from 0.35 to 2.9, none near 1."""
    choice = [n for n in range(35, 290) if not NEAR_ONE[0] < n < NEAR_ONE[1]]
    goods, price = (random.choice(choice) / 100 for _ in range(2))
    return Scales(goods, price)


def kind_of(column: Column) -> str:
    """Return what the numbers of a column are where no row says otherwise."""
    place = (column.sheet, column.field)
    if place in BY_ROW:
        return BY_ROW[place][2]
    return OWN.get(place, UNITS.get(column.unit, SAME))


def scaled(table: Table, scales: Scales) -> Table:
    """Return a table with all amounts times their factors."""
    if table.sheet == "Settings":
        return _settings(table, scales)
    table = _with_defaults(table)
    if table.sheet == "UserRows":
        return _user_rows(table, scales)
    changed = {}
    for column in schema().sheet(table.sheet).columns:
        if column.type in ("number", "integer"):
            factor = _factors(column, table.frame, scales)
            values = table.frame[column.field].to_numpy(np.float64)
            changed[column.field] = np.where(
                factor == 1.0, values, rounded(values * factor, DIGITS)
            )
    return table.with_columns(changed)


def _factors(column: Column, frame: pd.DataFrame, scales: Scales) -> NDArray[np.float64]:
    """Return the factor of every row of a column."""
    where, words, other = BY_ROW.get((column.sheet, column.field), ("", {}, kind_of(column)))
    if not where:
        return np.full(len(frame), scales.of(other))
    kinds = frame[where].map(lambda word: words.get(word, other))
    return np.asarray(kinds.map(scales.of), dtype=np.float64)


def _with_defaults(table: Table) -> Table:
    """Write the one default price that is not one of goods: a soft budget, 1 per kg or move."""
    if table.sheet != "Budgets":
        return table
    frame = table.frame
    blank = (frame["hardness"] == "soft") & frame["penalty"].isna()
    priced = blank & frame["kind"].isin(("moves", "carbon"))
    penalty = np.where(priced, BUDGET, frame["penalty"].to_numpy(np.float64))
    return table.with_columns({"penalty": penalty})


def _user_rows(table: Table, scales: Scales) -> Table:
    """Scale whole constraints: by goods where one term counts goods, else by what it counts.

    A term that counts something else gets the factor in its coefficient, so that the constraint
    says the same.
    """
    frame = table.frame
    own = np.array([scales.of(TERMS.get(word, GOODS)) for word in frame["variable"]], np.float64)
    goods = pd.Series(~frame["variable"].isin(TERMS).to_numpy()).groupby(frame["row_name"])
    paid = pd.Series((frame["variable"] == "spend").to_numpy()).groupby(frame["row_name"])
    whole = np.where(
        goods.transform("any"),
        scales.goods,
        np.where(paid.transform("any"), scales.money, 1.0),
    )
    term = frame["coefficient"].to_numpy(np.float64)
    term = np.where(np.isnan(term) & (whole != own), 1.0, term)
    value, penalty = (frame[name].to_numpy(np.float64) for name in ("value", "penalty"))
    return table.with_columns(
        {
            "coefficient": rounded(term * (whole / own), DIGITS),
            "value": rounded(value * whole, DIGITS),
            "penalty": rounded(penalty * (scales.money / whole), DIGITS),
        }
    )


def _settings(table: Table, scales: Scales) -> Table:
    """Scale the settings that are prices; ``ladder`` stays."""
    values = table.frame["value"].copy()
    for at, name in enumerate(table.frame["setting"]):
        setting = find_setting(name)
        number = read_number(str(values.iat[at])) if setting and setting.name in SETTINGS else None
        if number is not None:
            price = rounded(np.array([number.value * scales.price]), DIGITS)[0]
            values.iat[at] = text_of(float(price))
    return Table(**{**table.__dict__, "frame": table.frame.assign(value=values)})
