"""Rows of Lanes over pairs of locations and products: selectors expanded, dead goods left out.

Work is done once per selector text, not per row: a sheet of thousands of rows with exact codes
takes no loop over its rows.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Ints
from tierstock.inputs.selecting.catalog import Catalog, Ranked, report
from tierstock.inputs.selecting.selectors import EXACT, NONE, SelectorError
from tierstock.inputs.tables import Table


@dataclass(frozen=True)
class PairRows:
    """Rows of Lanes over pairs of places: one entry per row, origin and destination."""

    row: Ints
    origin: Ints
    destination: Ints
    rank: Ints
    """Specificity of From, then To: 3 x From + To."""


@dataclass(frozen=True)
class GoodsRows:
    """Rows of Lanes over pairs and products: entries into ``PairRows`` with a product each."""

    pair: Ints
    product: Ints
    rank: Ints
    """Specificity of From, To, then Product: 9 x From + 3 x To + Product."""


def pair_rows(table: Table, catalog: Catalog, findings: Findings) -> PairRows:
    """Expand From and To of every row; a place with itself is never a pair."""
    origin = catalog.positions("location", table.frame["from"].to_numpy(dtype=object))
    destination = catalog.positions("location", table.frame["to"].to_numpy(dtype=object))
    exact = (origin >= 0) & (destination >= 0)
    loops = exact & (origin == destination)
    findings.add("self-lane", table=table, index=np.flatnonzero(loops), field="to")
    plain = np.flatnonzero(exact & ~loops)
    specific = np.full(len(plain), 4 * EXACT, dtype=np.int64)
    found = [np.stack([plain, origin[plain], destination[plain], specific])]
    known = ~exact & _understood(table, "from", exact, catalog, findings)
    known &= _understood(table, "to", exact, catalog, findings)
    rest = np.flatnonzero(known)
    number, unique = pd.MultiIndex.from_frame(table.frame.loc[rest, ["from", "to"]]).factorize()
    for at, (start, end) in enumerate(unique):
        rows = rest[number == at]
        left, right, one, other = catalog.pairs(str(start), str(end))
        pairs = np.stack([left, right, 3 * one.astype(np.int64) + other])
        many = np.repeat(rows, pairs.shape[1])
        found.append(np.vstack([many[None, :], np.tile(pairs, len(rows))]))
    return PairRows(*np.concatenate(found, axis=1))


def _understood(
    table: Table, field: str, exact: Flags, catalog: Catalog, findings: Findings
) -> Flags:
    """[R] rows whose From or To means some place; faults are found at the cells."""
    texts = table.frame[field].to_numpy(dtype=object)
    good = np.ones(len(texts), dtype=bool)
    for text in pd.unique(texts[~exact]):
        rows = np.flatnonzero((texts == text) & ~exact)
        try:
            if field == "from":
                meant = bool(catalog.match("location", text).mask.any())
            else:
                meant = bool(len(catalog.pairs("*", text)[0]))
        except SelectorError as fault:
            report(fault, table, rows, field, findings)
            good[rows] = False
            continue
        if not meant:
            findings.add("selector-empty", table=table, index=rows, field=field)
            good[rows] = False
    return good


def spread_stock(pairs: PairRows, products: Ranked, present: Flags) -> Flags:
    """Where goods can ever be: ``present`` [L, P] carried along the lanes until nothing is added.

    Active windows and lead times do not count here; ``reach`` looks at them later.
    """
    single, alone, wide = _parts(pairs, products)
    found = present.copy()
    marked = -1
    while marked < int(found.sum()):
        marked = int(found.sum())
        there = found[pairs.origin[single], alone]
        found[pairs.destination[single][there], alone[there]] = True
        for entries, codes, _ in wide:
            _carry(found, pairs.origin[entries], pairs.destination[entries], codes)
    return found


def _parts(pairs: PairRows, products: Ranked) -> tuple[Ints, Ints, list[tuple[Ints, Ints, Ints]]]:
    """Entries with one exact product, these products, and the other entries by selector text.

    The other entries come with the products of their text and how specific these are.
    """
    exact, text = products.exact[pairs.row], products.text[pairs.row]
    single = np.flatnonzero(exact >= 0)
    wide = []
    for at in np.unique(text[exact < 0]):
        codes = np.flatnonzero(products.rank[at] > NONE)
        if len(codes):
            entries = np.flatnonzero((text == at) & (exact < 0))
            wide.append((entries, codes, products.rank[at][codes].astype(np.int64)))
    return single, exact[single], wide


def _carry(found: Flags, origin: Ints, destination: Ints, codes: Ints) -> None:
    """Mark at the destinations what the origins have of some products."""
    order = np.argsort(destination, kind="stable")
    ends, first = np.unique(destination[order], return_index=True)
    goods = found[np.ix_(origin[order], codes)]
    found[np.ix_(ends, codes)] |= np.logical_or.reduceat(goods, first, axis=0)


def goods_rows(pairs: PairRows, products: Ranked, present: Flags) -> GoodsRows:
    """Expand Product of every pair, for goods that can ever be at the origin."""
    single, alone, wide = _parts(pairs, products)
    there = present[pairs.origin[single], alone]
    found = [np.stack([single[there], alone[there], np.full(int(there.sum()), EXACT)])]
    for entries, codes, ranks in wide:
        entry, product = np.nonzero(present[np.ix_(pairs.origin[entries], codes)])
        found.append(np.stack([entries[entry], codes[product], ranks[product]]))
    pair, product, rank = np.concatenate(found, axis=1).astype(np.int64)
    return GoodsRows(pair, product, 3 * pairs.rank[pair] + rank)
