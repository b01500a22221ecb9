"""Several inputs made into one: what is merged, on what they differ, and the sheets to write."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.comparing.difference import ADDED, CHANGED
from tierstock.inputs.comparing.lines import AT, keys_of
from tierstock.inputs.comparing.merge_settings import JoinedSettings, joined_settings
from tierstock.inputs.comparing.merging import Clash, Joined, joined
from tierstock.inputs.comparing.parts import Part, owner_of
from tierstock.inputs.comparing.side import place
from tierstock.inputs.finding import Finding
from tierstock.inputs.findings import show
from tierstock.inputs.inspection import Inspection, inspect
from tierstock.inputs.reading.headings import find_column, find_sheet
from tierstock.inputs.schema import schema
from tierstock.inputs.writing.from_tables import tab_of, wide_periods
from tierstock.inputs.writing.tabs import Tab

SIDES = ("file", "place", "value", "owner")
COLUMNS = ("sheet", "key", "column", *(f"{name}_a" for name in SIDES),
           *(f"{name}_b" for name in SIDES))  # fmt: skip
"""Columns of a contradiction: ``_a`` is what is kept, or comes first; ``_b`` the other."""
WORDS = {
    "sheet": ("Sheet", "工作表"),
    "key": ("Key", "关键字段"),
    "column": ("Column", "列"),
    "file_a": ("Kept File", "采用的文件"),
    "place_a": ("Kept Place", "采用的位置"),
    "value_a": ("Kept Value", "采用的取值"),
    "owner_a": ("Kept Owner", "采用方负责人"),
    "file_b": ("Other File", "另一文件"),
    "place_b": ("Other Place", "另一位置"),
    "value_b": ("Other Value", "另一取值"),
    "owner_b": ("Other Owner", "另一方负责人"),
    "file": ("File", "文件"),
    "rows": ("Rows", "行数"),
    "kept": ("Kept", "保留"),
    "equal": ("Equal To Another", "与他人相同"),
    "beaten": ("Gave Way", "让位"),
    "#sources": ("#Merged From", "#合并来源"),
    "#decisions": ("#Merge Decisions", "#合并裁决"),
}
ROWS = ("sheet", "file", "rows", "kept", "equal", "beaten")
"""Columns of the account of a merge: rows of a sheet of a file, and what became of them."""


@dataclass(frozen=True)
class Merged:
    """What several parts are together."""

    parts: tuple[Part, ...]
    sheets: dict[str, Joined]
    settings: JoinedSettings | None
    language: str

    def account(self) -> list[dict[str, object]]:
        """Return a row per sheet and file, in ``ROWS``: kept + equal + beaten = rows."""
        found: list[dict[str, object]] = []
        if self.settings is not None:
            one = self.settings
            found += self._account("Settings", one.equal, one.beaten)
        for name, joined_ in self.sheets.items():
            found += self._account(name, joined_.equal, joined_.beaten)
        return found

    def _account(
        self, name: str, equal: Sequence[int], beaten: Sequence[int]
    ) -> Iterator[dict[str, object]]:
        for number, part in enumerate(self.parts):
            if name not in part.tables.sheets:
                continue
            table, again = part.tables.sheets[name], part.repeated.get(name, 0)
            same, gave = equal[number] + again, beaten[number]
            rows = len(table) + again
            values = (schema().sheet(name).heading(self.language), part.name, rows)
            yield dict(zip(ROWS, (*values, rows - same - gave, same, gave), strict=True))

    def conflicts(self) -> list[dict[str, str]]:
        """Return the contradictions nobody settles, in ``COLUMNS``."""
        return [*(self.settings.open if self.settings else ()), *self._clashes("open")]

    def decisions(self) -> list[dict[str, str]]:
        """Return the contradictions that are settled, in ``COLUMNS``; ``_a`` was kept."""
        return [*(self.settings.settled if self.settings else ()), *self._clashes("settled")]

    @property
    def apart(self) -> list[dict[str, str]]:
        """Settings by which the parts would be read in different ways, in ``COLUMNS``."""
        return self.settings.apart if self.settings else []

    def _clashes(self, kind: str) -> Iterator[dict[str, str]]:
        for one in self.sheets.values():
            for clash in getattr(one, kind):
                yield from _told(clash, self.parts, self.language)

    def tabs(self) -> list[Tab]:
        """Return the sheets to write."""
        tabs = [] if self.settings is None else [tab_of(self.settings.table, self.language)]
        for one in self.sheets.values():
            tabs.append(tab_of(one.table, self.language, wide_periods(one.table)))
        return tabs

    def log(self) -> list[Tab]:
        """Return the sheets that say where the rows come from and what was decided."""
        tabs = [_logged("#sources", ROWS, self.account(), self.language)]
        if decisions := self.decisions():
            tabs.append(_logged("#decisions", COLUMNS, decisions, self.language))
        return tabs

    def checked(self) -> Inspection:
        """Read and check what would be written."""
        return inspect(
            {
                tab.title: pd.DataFrame(tab.body, columns=tab.rows[0], dtype=object)
                for tab in self.tabs()
            }
        )

    def origin(self, finding: Finding) -> str:
        """Return where a fault of the whole stands in the parts: ``north.xlsx Demand!B7``."""
        match = find_sheet(finding.sheet)
        one = self.sheets.get(match.sheet.name) if match else None
        if one is None or match is None or finding.row is None or finding.row < 2:
            return ""
        wide = wide_periods(one.table)
        at = (finding.row - 2) * (len(wide) if wide else 1)
        part = self.parts[int(one.part[at])]
        table, row = part.tables.sheets[match.sheet.name], one.table.row(at)
        index = int(np.flatnonzero(table.frame["row"].to_numpy() == row)[0])
        column = find_column(match.sheet.name, finding.column)
        field = column.column.field if column else ""
        return f"{part.name} {place(table, index, field, self.language)}"


def merge(
    parts: Sequence[Part],
    order: Sequence[int] = (),
    added: Collection[str] = (),
    language: str = "en",
) -> Merged:
    """Join several parts of an input, key by key.

    Args:
        parts: the parts; what only one of them states is taken.
        order: numbers of the parts that win where they contradict each other, the first one
            first; what parts beside it contradict stays open.
        added: English names of sheets whose rows add up across the parts as well.
        language: of headings, words and places.
    """
    names = [sheet.name for sheet in schema().inputs if sheet.name != "Settings"]
    found = {name: joined(name, parts, order, name in added) for name in names}
    there = {name: one for name, one in found.items() if one is not None}
    return Merged(tuple(parts), there, joined_settings(parts, order, language), language)


def _told(clash: Clash, parts: Sequence[Part], language: str) -> Iterator[dict[str, str]]:
    """Go through the cells on which two parts differ; a row of one part alone has no column."""
    found, sheet = clash.difference, schema().sheet(clash.sheet)
    names = {"file_a": parts[clash.one].name, "file_b": parts[clash.other].name}
    first = keys_of(sheet)[0]
    for at, change in enumerate(found.rows["change"]):
        row = {name: "" for name in COLUMNS} | names
        row |= {"sheet": sheet.heading(language), "key": found.key(at, language)}
        for side, table in (("a", found.old), ("b", found.new)):
            index = found.rows[f"{AT}_{side}"].to_numpy(np.float64)[at]
            row[f"owner_{side}"] = "" if np.isnan(index) else owner_of(table, int(index))
        if change != CHANGED:
            side = "b" if change == ADDED else "a"
            row[f"place_{side}"] = found.place(at, side, first, language)
            row[f"value_{side}"] = _quantities(clash.sheet, found.rows, at, side, language)
            yield row
            continue
        for field in found.cells.columns[found.cells.iloc[at].to_numpy(dtype=np.bool_)]:
            cells = {f"place_{side}": found.place(at, side, field, language) for side in "ab"}
            cells |= {f"value_{side}": found.value(at, side, field, language) for side in "ab"}
            column = sheet.column(field.removesuffix("_in")).heading(language)
            yield row | cells | {"column": column}


def _quantities(name: str, rows: pd.DataFrame, at: int, side: str, language: str) -> str:
    """Return the numbers of a row that only one part has."""
    sheet = schema().sheet(name)
    numbers = [one for one in sheet.columns if one.type in ("number", "integer")]
    texts = []
    for column in numbers:
        if column.name not in sheet.key and (text := show(rows[f"{column.field}_{side}"].iat[at])):
            texts.append(f"{column.heading(language)} {text}")
    return ", ".join(texts)


def _logged(
    code: str, names: Sequence[str], rows: Sequence[Mapping[str, object]], language: str
) -> Tab:
    head: list[object] = [WORDS[name][language == "zh"] for name in names]
    title = WORDS[code][language == "zh"]
    return Tab(title, [head, *([row[name] for name in names] for row in rows)])
