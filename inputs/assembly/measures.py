"""Units of measure: what one of each unit is in base units, product by product (sheet Units)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.places import find
from tierstock.inputs.findings import Both, Findings
from tierstock.inputs.network import Flags, Floats, Ints, Texts
from tierstock.inputs.reading.headings import nearest
from tierstock.inputs.schema import fold
from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.selecting.selectors import EXACT, NONE
from tierstock.inputs.tables import UNIT_COLUMNS, Table, Tables, own_unit
from tierstock.inputs.units import alike, counting_word

PACKED = {"case": "units_per_case", "pallet": "units_per_pallet"}
"""Column of Products behind the words case and pallet."""
AS_DOCUMENTED = ("case", "cases", "箱", "pallet", "pallets", "托")
"""Words for them that are read without a note; others mean the same and are told."""
BASE_UNIT = "EA"


@dataclass(frozen=True)
class Measures:
    """What one of each unit in use is in base units.

    A unit is the product's Base Unit or a word of the same measure; else what the most specific
    row of Units says; for case and pallet Products says it as specifically as a row can.
    """

    names: dict[str, int]
    """Number of every unit in use, by its folded word."""
    factor: Floats
    """[U, P] base units in one of the unit; not a number where nothing says it."""
    stated: Flags
    """[U] some row of Units speaks of the unit."""
    tables: Tables
    products: Texts
    """[P] codes."""
    findings: Findings

    def times(self, table: Table, name: str, row: Ints, product: Ints) -> Floats:
        """Base units in one of the unit of some cells; 1 where no unit is named.

        Args:
            table: sheet of the cells.
            name: field of the cells.
            row: row of each cell, -1 = no cell; any shape.
            product: product of each cell; broadcast against ``row``.

        Returns:
            Factors, in the shape of both; 1 too where the unit is not known, which is then found.
        """
        words = units_of(table, name)
        if not (words != "").any() or not self.factor.size:
            return np.ones(np.broadcast_shapes(row.shape, product.shape))
        number = np.array([self.names[fold(word)] if word else -1 for word in words])
        unit, goods = np.broadcast_arrays(np.where(row >= 0, number[row], -1), product)
        found = self.factor[unit, goods]
        named = (unit >= 0) & (goods >= 0)
        missing = named & np.isnan(found)
        if missing.any():
            rows = np.broadcast_to(row, unit.shape)[missing]
            self._report(table, name, words, rows, goods[missing])
        return np.where(named & ~np.isnan(found), found, 1.0)

    def _report(self, table: Table, name: str, words: Texts, row: Ints, product: Ints) -> None:
        """Say of which products the units in use are not known; wholly unknown ones are told."""
        known = ~np.isnan(self.factor).all(axis=1) | self.stated
        for word in pd.unique(words[row]):
            mine = words[row] == word
            number, packed = self.names[fold(word)], counting_word(word)
            rows, goods = np.unique(row[mine]), np.unique(product[mine])
            if packed:
                self._unpacked(packed, table, name, int(rows[0]), goods)
            elif known[number]:
                self.findings.add(
                    "unit-not-for-product",
                    table=table,
                    index=rows,
                    field=self._place(table, name, int(rows[0])),
                    value=word,
                    product=self.products[goods[0]],
                    further=len(goods) - 1 or "",
                )

    def _unpacked(self, packed: str, table: Table, name: str, row: int, goods: Ints) -> None:
        """Name the blank cells of Products that the word case or pallet needs."""
        sheet = self.tables.table("Products")
        cell = table.cell(row, self._place(table, name, row))
        self.findings.add(
            "unit-needs",
            table=sheet,
            index=np.flatnonzero(sheet.frame["product"].isin(self.products[goods])),
            field=PACKED[packed],
            cell_of=f"{table.title}!{cell}",
            word=Both(packed, {"case": "箱", "pallet": "托"}[packed]),
        )

    def _place(self, table: Table, name: str, row: int) -> str:
        """Field in which the unit of a cell stands: its own, else Unit."""
        own = own_unit(name)
        stands = own in table.frame and table.frame[own].iat[row] != ""
        return name if stands or not table.stated("unit") else "unit"

    def _packed(self, table: Table, name: str, rows: Ints, word: str) -> None:
        """Note another word for case or pallet, whose units are those of Products or Units."""
        if fold(word) in AS_DOCUMENTED:
            return
        packed = counting_word(word)
        meant = Both(packed, {"case": "箱", "pallet": "托"}[packed])
        self.findings.add(
            "unit-as-packed", table=table, index=rows, field=name, value=word, word=meant
        )

    def check(self) -> None:
        """Say which units are not known at all, at every cell that names one."""
        known = ~np.isnan(self.factor).all(axis=1) | self.stated
        base = self.tables.table("Products").frame["base_unit"]
        stated = self.tables.table("Units").frame["unit"]
        words = [*sorted({*stated, *base, BASE_UNIT} - {""}), "case", "箱", "pallet", "托"]
        for sheet, fields in UNIT_COLUMNS.items():
            table = self.tables.table(sheet)
            for place in ("unit", *fields):
                texts = table.frame.get("unit" if place == "unit" else own_unit(place))
                for word in () if texts is None else pd.unique(texts):
                    if counting_word(word) and not base.eq(word).any():
                        self._packed(table, place, np.flatnonzero(texts == word), str(word))
                    if word and not known[self.names[fold(word)]] and not counting_word(word):
                        self.findings.add(
                            "unknown-unit",
                            table=table,
                            index=np.flatnonzero(texts == word),
                            field=place,
                            value=word,
                            nearest=nearest(word, words),
                        )


def units_of(table: Table, name: str) -> Texts:
    """Unit of every cell of a column: the one it names, else that of the row; [R] texts."""
    frame = table.frame
    texts = frame["unit"] if "unit" in frame else pd.Series("", frame.index, dtype=object)
    if own_unit(name) in frame:
        texts = frame[own_unit(name)].where(frame[own_unit(name)] != "", texts)
    return texts.to_numpy(dtype=object)


def build_measures(
    tables: Tables, products: Texts, catalog: Catalog, findings: Findings
) -> Measures:
    """Return what the units in use are in base units.

    Args:
        tables: gives the sheets with quantities, Products and Units.
        products: [P] codes in canonical order.
        catalog: what the selectors of Units may name.
        findings: takes rows of Units that contradict each other, and later unknown units.
    """
    used = _in_use(tables)
    names = {fold(word): number for number, word in reversed(list(enumerate(used)))}
    factor = np.full((len(used), len(products)), np.nan)
    frame = tables.table("Products").frame.drop_duplicates("product").set_index("product")
    frame = frame.reindex(products)
    base = frame["base_unit"].where(frame["base_unit"] != "", BASE_UNIT).to_numpy(dtype=object)
    units = _UnitRows(tables.table("Units"), catalog, findings)
    units.check(base)
    stated = np.zeros(len(used), dtype=bool)
    for number, word in enumerate(used):
        rows = units.of(word)
        stated[number] = len(rows) > 0
        packed = PACKED.get(counting_word(word), "")
        own = frame[packed].to_numpy(np.float64) if packed else np.full(len(products), np.nan)
        factor[number] = units.resolve(rows, np.where(own > 0, own, np.nan))
        for unit in pd.unique(base):
            same = alike(word, str(unit))
            if same is not None:
                factor[number, base == unit] = same
    measures = Measures(names, factor, stated, tables, products, findings)
    measures.check()
    return measures


def _in_use(tables: Tables) -> list[str]:
    """Every unit that some cell names, once."""
    found: dict[str, None] = {}
    for sheet, fields in UNIT_COLUMNS.items():
        frame = tables.table(sheet).frame
        for name in ("unit", *map(own_unit, fields)):
            found.update(dict.fromkeys(pd.unique(frame[name]) if name in frame else ()))
    return [word for word in found if word]


@dataclass
class _UnitRows:
    """The rows of Units."""

    table: Table
    catalog: Catalog
    findings: Findings

    def __post_init__(self) -> None:
        self.ranked = self.catalog.ranks("product", self.table, "product", self.findings)
        self.words = [fold(word) for word in self.table.frame["unit"]]
        self.packed = [counting_word(word) for word in self.table.frame["unit"]]
        self.value = self.table.frame["per_base"].to_numpy(np.float64)
        zero = np.flatnonzero(self.value == 0.0)
        self.findings.add("not-above-zero", table=self.table, index=zero, field="per_base")

    def check(self, base: Texts) -> None:
        """A row that says the base unit of its product is anything but one is an error."""
        for row in np.flatnonzero((self.value != 1.0) & ~np.isnan(self.value)).tolist():
            exact = int(self.ranked.exact[row])
            meant = base[exact : exact + 1] if exact >= 0 else base[self.ranked.mask(row)]
            word = str(self.table.frame["unit"].iat[row])
            if any(alike(word, unit) == 1.0 for unit in set(map(str, meant))):
                self.findings.add("unit-is-base", table=self.table, index=row, field="per_base")

    def of(self, word: str) -> list[int]:
        """Rows that speak of a unit; all words for a case are one."""
        plain, packed = fold(word), counting_word(word)
        return [
            row
            for row, (own, kind) in enumerate(zip(self.words, self.packed, strict=True))
            if own == plain or (packed and kind == packed)
        ]

    def resolve(self, rows: list[int], own: Floats) -> Floats:
        """[P] the value of the most specific row; ``own`` [P] is what Products itself says."""
        found, rank = np.full(len(own), np.nan), np.full(len(own), NONE, dtype=np.int8)
        owner = np.full(len(own), -1, dtype=np.int64)
        exact = [row for row in rows if self.ranked.exact[row] >= 0]
        for row in [row for row in rows if self.ranked.exact[row] < 0]:
            mine = self.ranked.rank[self.ranked.text[row]]
            clash = (mine == rank) & (mine > NONE) & (found != self.value[row])
            self._twice(row, np.flatnonzero(clash))
            better = mine > rank
            found[better], rank[better], owner[better] = self.value[row], mine[better], row
        for row in exact:
            product = int(self.ranked.exact[row])
            if rank[product] == EXACT and found[product] != self.value[row]:
                self._twice(row, np.array([product]))
            found[product], rank[product], owner[product] = self.value[row], EXACT, row
        both = (rank == EXACT) & ~np.isnan(own) & (found != own)
        for row in np.unique(owner[both]).tolist():
            self._twice(row, np.flatnonzero(both & (owner == row)))
        return np.where(np.isnan(own), found, own)

    def _twice(self, row: int, products: Ints) -> None:
        if len(products):
            product = self.catalog.codes("product")[products[0]]
            self.findings.add(
                "unit-twice", table=self.table, index=row, field="per_base", product=product
            )


def base_quantities(tables: Tables, measures: Measures) -> Tables:
    """Return the tables with quantities of Demand, OpeningStock and InTransit in base units."""
    sheets = dict(tables.sheets)
    for sheet in ("Demand", "OpeningStock", "InTransit"):
        table = tables.table(sheet)
        product = find(measures.products, table.frame["product"].to_numpy(dtype=object))
        changed = {}
        for name in UNIT_COLUMNS[sheet]:
            if (units_of(table, name) != "").any():
                stated = table.frame[name].to_numpy(np.float64)
                row = np.where(np.isnan(stated), -1, np.arange(len(table)))
                changed[name] = stated * measures.times(table, name, row, product)
        if changed:
            sheets[sheet] = table.with_columns(changed)
    return Tables(tables.source, tables.name, tables.language, tables.settings, sheets)
