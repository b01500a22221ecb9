"""What comes to each place by age: the ledger of movements told apart by last usable day (F19)."""

from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import EXPIRED, SEVERAL, Network, ShelfLife
from tierstock.model.keys import Keys, Level
from tierstock.model.movements import INTO, Entry
from tierstock.model.variables import ArrayVar

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Share:
    """Units of one age that a decision brings to places: one entry each."""

    variable: ArrayVar
    at: Ints
    """[n] position in the family."""
    amount: Floats
    """[n] units per unit of the variable."""
    place: Ints
    """[n] place."""
    period: Ints
    """[n] period; T = after the horizon."""
    age: Ints
    """[n] age; ``EXPIRED`` for what may not be used when it comes."""
    kind: str
    """Kind of movement."""

    def where(self, chosen: NDArray[np.bool_]) -> "Share":
        """Return some of the entries."""
        return Share(
            self.variable,
            self.at[chosen],
            self.amount[chosen],
            self.place[chosen],
            self.period[chosen],
            self.age[chosen],
            self.kind,
        )


@dataclass(frozen=True)
class Known:
    """Units of one age that come without a decision: opening lots (period 0) and open orders."""

    units: Floats
    place: Ints
    period: Ints
    """[n] period; T = after the horizon."""
    age: Ints
    kind: str


@dataclass(frozen=True)
class Part:
    """Units of batches that a decision brings, or takes away (negative)."""

    variable: ArrayVar
    at: Ints
    """[n] position in the family."""
    amount: Floats
    """[n] units per unit of the variable."""
    batch: Ints
    """[n] batch, -1 where the entry concerns none."""
    period: Ints
    """[n] period; T and more = after the horizon."""

    def row(self, number: Ints) -> Ints:
        """Row of each entry where ``number`` [Y, T] numbers the rows; -1 where there is none."""
        inside = (self.batch >= 0) & (self.period < number.shape[1])
        row = np.full(len(self.batch), -1, dtype=np.int64)
        row[inside] = number[self.batch[inside], self.period[inside]]
        return row


def numbers(shape: tuple[int, ...], first: Ints, second: Ints) -> Ints:
    """Number of each cell in an array of a shape, -1 where there is none."""
    number = np.full(shape, -1, dtype=np.int64)
    number[first, second] = np.arange(len(first))
    return number


def expiry_keys(net: Network, keys: Keys, age: Ints) -> Keys:
    """Add the last usable day to keys, before the period."""
    assert net.shelf_life is not None
    names, code = np.unique(net.shelf_life.age_day.astype(str), return_inverse=True)
    levels, codes = keys.levels, keys.codes
    return Keys(
        (*levels[:-1], Level(names.tolist()), levels[-1]), (*codes[:-1], code[age], codes[-1])
    )


def shares(m: pyo.ConcreteModel, net: Network) -> list[Share]:
    """Return what comes to places of live products, with its age, from the ledger.

    Shipments and open orders whose age the plan decides are left out: they have columns by age.
    """
    life = net.shelf_life
    assert life is not None
    found = []
    for entry in m.movements.of(*INTO):
        live = life.live[net.places.product[entry.place]]
        if live.any():
            share = _share(m, net, life, entry)
            found.append(share.where(live & (share.age != SEVERAL)))
    return found


def _share(m: pyo.ConcreteModel, net: Network, life: ShelfLife, entry: Entry) -> Share:
    variable, at = m.component(entry.variable), entry.at
    codes = {name: code[at].astype(np.int64) for name, code in variable.codes.items()}
    place, period = entry.place.astype(np.int64), entry.period.astype(np.int64)
    if (entry.kind, entry.variable) == ("received", "flow"):
        age = life.here[net.goods.source[codes["goods"]], codes["period"]]
        arrival = codes["period"] + net.goods.lead[codes["goods"], codes["period"]]
        lasts = np.append(life.age_last, -1)[np.maximum(age, EXPIRED)]
        age = np.where((age >= 0) & (lasts < arrival), EXPIRED, age)
    elif (entry.kind, entry.variable) == ("purchased", "purchase"):
        age = life.supply_age[codes["supply"], codes["period"]]
    elif (entry.kind, entry.variable) == ("order in", "cancelled"):
        age = life.order_age[codes["order"]]
    elif (entry.kind, entry.variable) == ("order in", "order_by_expiry"):
        age = np.full(len(at), SEVERAL)  # expired behind the horizon; not left
    elif entry.kind == "produced":
        last = len(net.periods)
        new = life.new_age[net.places.product[place], np.minimum(period, last - 1)]
        age = np.where(period < last, new, SEVERAL)
    else:
        raise AssertionError(f"goods that are {entry.kind} by {entry.variable} have no age")
    return Share(variable, at.astype(np.int64), entry.amount, place, period, age, entry.kind)


def known(net: Network) -> list[Known]:
    """Return opening lots and open orders of live products with an age of their own."""
    life, orders = net.shelf_life, net.orders
    assert life is not None
    zero = np.zeros(len(life.lot_place), dtype=np.int64)
    own = np.flatnonzero(life.live[net.places.product[orders.place]] & (life.order_age != SEVERAL))
    due = np.minimum(orders.due[own], len(net.periods))
    return [
        Known(life.lot_units, life.lot_place, zero, life.lot_age, "opening"),
        Known(orders.quantity[own], orders.place[own], due, life.order_age[own], "order in"),
    ]
