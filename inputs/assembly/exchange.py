"""Money of other currencies turned into home money (sheet Currency, ruling 37)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Floats, Ints, Periods, Texts
from tierstock.inputs.reading.headings import nearest
from tierstock.inputs.schema import fold
from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.selecting.selectors import EXACT, NONE
from tierstock.inputs.settings import Settings
from tierstock.inputs.tables import Table, Tables

MONEY_COLUMNS = {
    "Products": ("unit_value", "price", "shortage_cost", "scrap_cost"),
    "Lanes": ("unit_cost", "fixed_cost", "transfer_price"),
    "Supply": ("unit_cost", "fixed_cost", "min_penalty"),
}
"""Fields whose numbers are money of the row's Currency."""


@dataclass(frozen=True)
class Exchange:
    """Home money for one unit of each currency in use."""

    names: dict[str, int]
    """Number of every currency in use, by its folded code; the home currency is not in it."""
    rate: Floats
    """[X, T] home money per unit; not a number where no row of Currency says it."""
    periods: Texts
    """[T] ids."""
    findings: Findings

    def numbers(self, table: Table) -> Ints:
        """[R] number of the currency of every row; -1 = home money."""
        if not self.names:
            return np.full(len(table), -1, dtype=np.int64)
        codes, unique = pd.factorize(table.frame["currency"])
        known = np.array([self.names.get(fold(str(code)), -1) for code in unique], dtype=np.int64)
        return known[codes]

    def times(self, table: Table, row: Ints) -> Floats:
        """Home money for one unit of money of some rows, period by period.

        Args:
            table: sheet of the rows.
            row: [..., T] row that states the money in each period, -1 = none.

        Returns:
            Rates, in the shape of ``row``; 1 too where none is known, which is then found.
        """
        if not self.names or not len(table):
            return np.ones(row.shape)
        number = np.where(row >= 0, self.numbers(table)[row], -1)
        found = self.rate[number, np.arange(row.shape[-1])]
        missing = (number >= 0) & np.isnan(found)
        unknown = np.asarray(np.isnan(self.rate).all(axis=1))
        for at in np.unique(number[missing & ~unknown[number]]):
            mine = missing & (number == at)
            when = np.unique(np.nonzero(mine)[-1])
            self.findings.add(
                "no-rate",
                table=table,
                index=np.unique(row[mine]),
                field="currency",
                period=self.periods[when[0]],
                further=len(when) - 1 or "",
            )
        return np.where((number >= 0) & ~np.isnan(found), found, 1.0)


def build_exchange(
    tables: Tables, periods: Periods, catalog: Catalog, findings: Findings
) -> Exchange:
    """Return the rates of the currencies that rows of Products, Lanes and Supply name.

    The most specific row of Currency counts in each period. A currency that no row names is an
    error where it is used, with the nearest one that is.
    """
    table, settings = tables.table("Currency"), tables.settings
    names = _in_use(tables, settings)
    rate = np.full((len(names), len(periods)), np.nan)
    ranked = catalog.ranks("period", table, "period", findings)
    value = table.frame["rate"].to_numpy(np.float64)
    findings.add("not-above-zero", table=table, index=np.flatnonzero(value == 0.0), field="rate")
    rank = np.full(rate.shape, NONE, dtype=np.int8)
    owner = np.full(rate.shape, -1, dtype=np.int64)
    home = fold(settings.home_currency)
    for row, code in enumerate(table.frame["currency"]):
        if fold(code) == home and value[row] != 1.0:
            findings.add("home-rate", table=table, index=row, field="rate")
        at = names.get(fold(code), -1)
        if at < 0 or np.isnan(value[row]):
            continue
        exact = int(ranked.exact[row])
        mine = np.full(len(periods), NONE, dtype=np.int8)
        if exact >= 0:
            mine[exact] = EXACT
        else:
            mine = ranked.rank[ranked.text[row]]
        clash = (mine == rank[at]) & (mine > NONE) & (rate[at] != value[row])
        if clash.any():
            _conflict(table, row, int(owner[at][clash][0]), findings)
        better = mine > rank[at]
        rate[at, better], rank[at, better], owner[at, better] = value[row], mine[better], row
    exchange = Exchange(names, rate, periods.id, findings)
    _check(tables, exchange, findings)
    return exchange


def _in_use(tables: Tables, settings: Settings) -> dict[str, int]:
    home = fold(settings.home_currency)
    used: dict[str, int] = {}
    for sheet in MONEY_COLUMNS:
        for code in pd.unique(tables.table(sheet).frame["currency"]):
            if code and fold(code) != home:
                used.setdefault(fold(code), len(used))
    return used


def _conflict(table: Table, row: int, other: int, findings: Findings) -> None:
    findings.add(
        "conflicting-rows",
        table=table,
        index=row,
        field="rate",
        other=table.cell(other, "rate"),
        stated=table.frame["rate"].iat[other],
    )


def _check(tables: Tables, exchange: Exchange, findings: Findings) -> None:
    """Say which currencies no row of the sheet Currency names."""
    stated = tables.table("Currency").frame["currency"]
    known = {fold(code) for code in stated}
    names = sorted({*stated, tables.settings.home_currency} - {""})
    for sheet in MONEY_COLUMNS:
        table = tables.table(sheet)
        texts = table.frame["currency"]
        for code in pd.unique(texts):
            if fold(code) in exchange.names and fold(code) not in known:
                findings.add(
                    "unknown-currency",
                    table=table,
                    index=np.flatnonzero(texts == code),
                    field="currency",
                    nearest=nearest(code, names),
                )


def home_prices(tables: Tables, exchange: Exchange) -> Tables:
    """Return the tables with the money of Products in home money, at the rate of period one."""
    table = tables.table("Products")
    if not (exchange.numbers(table) >= 0).any():
        return tables
    row = np.full((len(table), exchange.rate.shape[1]), -1, dtype=np.int64)
    row[:, 0] = np.arange(len(table))
    rate = exchange.times(table, row)[:, 0]
    changed = {
        name: table.frame[name].to_numpy(np.float64) * rate for name in MONEY_COLUMNS["Products"]
    }
    sheets = {**tables.sheets, "Products": table.with_columns(changed)}
    return Tables(tables.source, tables.name, tables.language, tables.settings, sheets)
