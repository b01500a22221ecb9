"""Units of extracts turned into the base units of the products."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.extracts.amounts import times, too_large
from tierstock.inputs.extracts.stage import UNIT_OF
from tierstock.inputs.reading.headings import key
from tierstock.inputs.units import MAGNITUDES, alike, counting_word

_PACKED = {"case": "units_per_case", "pallet": "units_per_pallet"}
_KNOWN = ("EA", "kg", "m3", "km")


class Shared(NamedTuple):
    """What a map says of all quantities of a column."""

    unit: str = ""
    """Their unit where neither cell nor row names one."""
    factor: float = 1.0
    """What they are multiplied with besides."""


def known_unit(word: str) -> bool:
    """Return whether a word is a unit everybody knows."""
    return any(alike(word, base) is not None for base in _KNOWN) or bool(counting_word(word))


class Units:
    """What one of a unit is in the base unit of a product.

    Args:
        products: merged rows of Products, with base_unit, units_per_case, units_per_pallet.
        stated: merged rows of Units: product (* for all), unit, per_base.
        general: base units by word, as the map says.
    """

    def __init__(
        self,
        products: pd.DataFrame | None,
        stated: pd.DataFrame | None,
        general: Mapping[str, float],
    ) -> None:
        self._general = {key(word): factor for word, factor in general.items()}
        self._own: dict[tuple[str, str], float] = {}
        for row in () if stated is None else stated.itertuples(index=False):
            product = str(getattr(row, "product", "")) or "*"
            self._own[product, key(str(row.unit))] = float(str(row.per_base))
        self._base: dict[str, str] = {}
        self._packs: dict[tuple[str, str], float] = {}
        if products is not None:
            self._base = _column(products, "base_unit")
            for word, field in _PACKED.items():
                for product, count in _column(products, field).items():
                    if float(count) > 0:
                        self._packs[product, word] = float(count)

    def is_word(self, word: str) -> bool:
        """Return whether a word is a unit at all."""
        own = any(unit == key(word) for _, unit in self._own)
        return known_unit(word) or own or key(word) in self._general

    def base(self, product: str) -> str:
        """Return the base unit of a product, ``EA`` where none is stated."""
        return self._base.get(product) or "EA"

    def factor(self, product: str, word: str) -> float | None:
        """Return how many base units of a product one of a unit is; None where nobody says."""
        if not word or key(word) == key(self.base(product)):
            return 1.0
        if word in MAGNITUDES:
            return MAGNITUDES[word]
        for pair in ((product, key(word)), ("*", key(word))):
            if pair in self._own:
                return self._own[pair]
        if key(word) in self._general:
            return self._general[key(word)]
        same = alike(word, self.base(product))
        if same is not None:
            return same
        return self._packs.get((product, counting_word(word)))


def _column(products: pd.DataFrame, field: str) -> dict[str, str]:
    if field not in products:
        return {}
    filled = products[products[field].notna() & (products[field] != "")]
    return dict(zip(filled["product"], filled[field].astype(str), strict=True))


def convert_units(
    frame: pd.DataFrame, shared: Mapping[str, Shared], units: Units
) -> tuple[dict[str, NDArray[np.int64]], NDArray[np.bool_], pd.Series, NDArray[np.float64]]:
    """Return the measures in base units, which rows have an unknown unit, the unit of each, and
    how many base units it is.

    Args:
        frame: rows with product, the measures, their own units and, perhaps, ``unit``.
        shared: what the map says of each measure.
        units: what a unit is.

    Returns:
        As said, unit and number of base units of the first measure.
    """
    bad = np.zeros(len(frame), dtype=np.bool_)
    said = frame["unit"] if "unit" in frame else pd.Series("", index=frame.index, dtype=object)
    made: dict[str, NDArray[np.int64]] = {}
    rates = np.ones(len(frame))
    shown = said
    for measure, (usual, times_) in shared.items():
        own = frame.get(f"{UNIT_OF}{measure}", pd.Series("", index=frame.index, dtype=object))
        word = own.where(own != "", said)
        word = word.where(word != "", usual)
        shown = word if measure == next(iter(made), measure) else shown
        pairs = pd.MultiIndex.from_arrays([frame["product"], word])
        places, distinct = pd.factorize(pairs)
        known = [units.factor(product, one) for product, one in distinct]
        lacking = np.array([one is None for one in known], dtype=np.bool_)
        base = np.array([one or 1.0 for one in known])
        size = base * times_
        rates = base[places] if measure == next(iter(made), measure) else rates
        result = frame[measure].to_numpy(np.int64).copy()
        for factor in np.unique(size[size != 1.0]):
            at = np.flatnonzero(size[places] == factor)
            huge = too_large(result[at], float(factor))
            bad[at[huge]] = True
            result[at[~huge]] = times(result[at[~huge]], float(factor))
        if len(distinct):
            bad |= lacking[places]
        made[measure] = result
    return made, bad, shown, rates
