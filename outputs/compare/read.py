"""A plan from its results workbook, by the sheets a comparison needs and no others."""

from collections.abc import Sequence
from functools import cache
from itertools import count, takewhile
from os import PathLike, fspath
from pathlib import Path
from typing import NoReturn

import numpy as np
import pandas as pd

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.door import Door, legible, located
from tierstock.inputs.reading.doors import open_door
from tierstock.inputs.reading.headings import find_column, heading_text
from tierstock.inputs.schema import LANGUAGES, canonical, fold, say, schema
from tierstock.outputs.compare.best import PART
from tierstock.outputs.compare.side import AMOUNTS, KEYS, Incomparable, Side, worth_of
from tierstock.outputs.costs import TERMS
from tierstock.outputs.kpi import about
from tierstock.outputs.localise import copy_title, kpi_name
from tierstock.outputs.summary import COST
from tierstock.outputs.words import known, tell

ITEMS = ("Model", "First day", "Last day", "Currency", "Quality", "Gap", "Input hash")
"""Facts of RunInfo that count in a comparison."""
QUALITIES = ("proven", "feasible", "none")
SEARCHED = 200
"""Rows of Summary among which the headings of its table stand."""


def read_side(path: str | PathLike[str], name: str) -> Side:
    """Read one plan from a results workbook, or from its folder of CSV files, in either language.

    Only Summary, RunInfo, Shipments and the copies of Locations and Products are read.

    Args:
        path: the results.
        name: what its column is called.

    Raises:
        Incomparable: it is no workbook, or holds no results of a plan.
        OSError: it cannot be read.
    """
    return _Results(fspath(path)).side(name)


class _Results:
    """An opened results workbook."""

    def __init__(self, path: str) -> None:
        self.path = path
        where = located(path)
        if isinstance(where, Path) and not where.is_dir():
            with where.open("rb"):
                pass
        self.findings = Findings("en")
        door = open_door(path, self.findings)
        if door is None:
            self._damaged()
        self.door: Door = door
        titles = {fold(title): title for title in door.names}
        self.sheets = {
            sheet.name: titles[fold(own)]
            for sheet in schema().outputs
            for own in (sheet.name, sheet.zh)
            if fold(own) in titles
        }
        chinese = self.sheets.get("Summary") == schema().sheet("Summary").zh
        self.language = "zh" if chinese else "en"

    def side(self, name: str) -> Side:
        """Return the plan as a side of a comparison."""
        figures, facts = self._figures(), self._facts()
        worth, currency = worth_of(str(facts["Currency"]))
        return Side(
            name=name,
            figures=figures,
            moves=self._moves(),
            currency=currency,
            worth=worth,
            first=str(facts["First day"])[:10],
            last=str(facts["Last day"])[:10],
            locations=self._codes("Locations", "Location"),
            products=self._codes("Products", "Product"),
            facts={"File": legible(Path(self.path).name), **{k: facts[k] for k in _TOLD}},
            language=self.language,
        )

    def _figures(self) -> pd.Series:
        """Return the key figures and costs by English name."""
        frame = self._frame("Summary", ("KPI", "Value"))
        frame = frame[frame["KPI"].astype(str).str.strip() != ""]
        values = pd.to_numeric(frame["Value"].replace("", np.nan), errors="coerce")
        bad = values.isna() & (frame["Value"].astype(str).str.strip() != "")
        if bad.any():
            row = frame[bad].iloc[0]
            self._say("no number", "Summary", figure=str(row["KPI"]), value=str(row["Value"]))
        index = [_english(text) for text in frame["KPI"].astype(str).str.strip()]
        return pd.Series(values.to_numpy(np.float64), index=index)

    def _facts(self) -> dict[str, str | float]:
        """Return the facts of RunInfo by English name; blank where it does not tell one."""
        frame = self._frame("RunInfo", ("Item", "Value"))
        told = {fold(str(item)): value for item, value in zip(*map(frame.get, frame), strict=True)}
        found: dict[str, str | float] = {}
        for item in ITEMS:
            spoken = (fold(tell(item, one)) for one in LANGUAGES)
            value = next((told[one] for one in spoken if one in told), "")
            found[item] = str(value)
        found["Gap"] = float(pd.to_numeric(str(found["Gap"]), errors="coerce"))
        qualities = {known(word, one): word for word in QUALITIES for one in LANGUAGES}
        found["Quality"] = qualities.get(str(found["Quality"]), str(found["Quality"]))
        return found

    def _moves(self) -> pd.DataFrame:
        """Return the shipments, kinds and the usual mode in English."""
        frame = self._frame("Shipments", (*KEYS, *AMOUNTS))
        texts = {name: frame[name].map(heading_text) for name in KEYS}
        kinds = {word: canonical(word) or word for word in texts["Kind"].unique()}
        road = say("road", "zh", kind="setting choice")
        texts |= {"Kind": texts["Kind"].map(kinds), "Mode": texts["Mode"].replace(road, "road")}
        amounts = {
            name: pd.to_numeric(frame[name], errors="coerce").fillna(0.0).astype(np.float64)
            for name in AMOUNTS
        }
        return pd.DataFrame({**texts, **amounts})

    def _codes(self, sheet: str, column: str) -> frozenset[str] | None:
        """Return the codes in the copy of an input sheet; None where there is no such copy."""
        titles = {fold(copy_title(sheet, one)) for one in LANGUAGES}
        title = next((one for one in self.door.names if fold(one) in titles), "")
        raw = self.door.load(title) if title else None
        if raw is None:
            return None
        matches = [find_column(sheet, text) for text in raw.headings()]
        at = [i for i, one in enumerate(matches) if one is not None and one.column.name == column]
        if not at:
            return None
        codes = (heading_text(row[at[0]]) for row in raw.grid[1:])
        return frozenset(code for code in codes if code)

    def _frame(self, name: str, needed: Sequence[str]) -> pd.DataFrame:
        """Return the needed columns of a result sheet, with English headings."""
        raw = self.door.load(self.sheets[name]) if name in self.sheets else None
        if raw is None:
            if self.findings.errors:
                self._damaged()
            self._say("no sheet", name)
        fields = {
            fold(own): column.name
            for column in schema().sheet(name).columns
            for own in (column.name, column.zh)
        }
        rows = [[fields.get(_bare(cell), "") for cell in row] for row in raw.grid[:SEARCHED]]
        hits = [len(set(row) & set(needed)) for row in rows]
        top = hits.index(max(hits)) if hits else 0
        head = rows[top] if rows else []
        lacking = [column for column in needed if column not in head]
        if lacking:
            both = {k: schema().sheet(name).column(lacking[0]).heading(k) for k in LANGUAGES}
            self._say("no column", name, column=both)
        body = raw.grid[top + 1 :]
        for title in self._further(name):
            more = self.door.load(title)
            body += more.grid[1:] if more is not None else self._damaged()
        columns = {name: [row[head.index(name)] for row in body] for name in needed}
        return pd.DataFrame(columns, dtype=object)

    def _further(self, name: str) -> list[str]:
        """Return the sheets on which a result of too many rows goes on."""
        titles = (f"{self.sheets[name]} ({number})" for number in count(2))
        return list(takewhile(self.door.names.__contains__, titles))

    def _say(self, word: str, sheet: str, **values: object) -> NoReturn:
        """Say what is wrong with a sheet."""
        spoken = {one: schema().sheet(sheet).heading(one) for one in LANGUAGES}
        raise Incomparable(word, path=self.path, sheet=spoken, **values)

    def _damaged(self) -> NoReturn:
        """Say what the door has found."""
        first = self.findings.errors[0]
        detail = {one: first.message(one) for one in LANGUAGES}
        raise Incomparable("unreadable", path=self.path, detail=detail)


_TOLD = ("Model", "Quality", "Gap", "Input hash")


def _bare(cell: object) -> str:
    """Return a heading without its unit, as it is compared."""
    return fold(str(cell).split("(")[0].split("（")[0])


def _english(text: str) -> str:
    """Return the English name of a key figure in either language, its class or tier included."""
    names = _kpi_names()
    for mark in ("", ": ", "："):
        start, _, part = text.partition(mark) if mark else (text, "", "")
        if fold(start) in names:
            return names[fold(start)] + (PART + _parts().get(part, part) if part else "")
    return text


@cache
def _parts() -> dict[str, str]:
    """Return tiers and the usual class by their Chinese words."""
    tiers = schema().sheet("Locations").column("Tier").choices
    words = {say(tier, "zh", "tier"): tier for tier in tiers}
    return {**words, say("standard", "zh", "default"): "standard"}


@cache
def _kpi_names() -> dict[str, str]:
    """Return key figures and cost terms by their folded names in either language."""
    names = [*about(), *(f"{COST}{term}" for term in TERMS)]
    return {fold(kpi_name(name, one)).rstrip(":"): name for name in names for one in LANGUAGES}
