"""The first page and the closing lines of the console, cell by cell and line by line."""

import datetime as dt
import math
import re
from typing import Any

import pandas as pd
from traced_book import bare, english, rows_of
from traced_kpis import Key
from traced_texts import NUMBER, Teller, pattern, printed

from tierstock.outputs.words import words

CARDS = (
    "Total cost",
    "Fill rate (units)",
    "Capital tied up (end)",
    "End cover",
    "Gap in money",
)
"""Headline figures of the first page, from left to right."""
SAME = 1e-9
PARTED = ("Fill rate by class", "Forward cover", "Bullwhip ratio")


def close(one: float, other: float) -> bool:
    """Tell whether two numbers are one; two that are none are, too."""
    if not (math.isfinite(one) and math.isfinite(other)):
        return math.isfinite(one) == math.isfinite(other)
    return abs(one - other) <= SAME * max(1.0, abs(one), abs(other)) * 100


class Figures:
    """Figures of Summary by the names in which they stand there."""

    def __init__(self, plain: dict[str, float], parted: dict[Key, float], terms: dict[str, float]):
        self.plain, self.parted, self.terms = plain, parted, terms

    def value(self, name: str) -> float | None:
        """Return what a row of Summary has to be; None where nothing is known of it."""
        head, colon, part = name.replace("：", ": ").partition(": ")
        kpis = english("kpi")
        if not colon:
            return self.plain.get(kpis.get(head, head))
        if kpis.get(head, head) in PARTED:
            words = english("tier") | {"标准": "standard"}
            known = self.parted
            key = kpis.get(head, head)
            return known.get((key, part), known.get((key, words.get(part, part))))
        if head in ("Cost", "成本"):
            return self.terms.get(english("cost").get(part, part), 0.0)
        return None


def summary_faults(teller: Teller, before: Figures | None) -> tuple[list[str], int]:
    """Return rows of Summary that are not what the sheets say, and how many numbers were traced."""
    traced, faults, count = teller.traced, [], 0
    now = Figures(teller.kpis, traced.parted(), traced.terms())
    for _, row in teller.book["Summary"].iterrows():
        sides = {"Value": now} | ({"Baseline": before} if before is not None else {})
        values = {column: side.value(str(row["KPI"])) for column, side in sides.items()}
        if "Baseline" in row and before is not None:
            one, other = (float(row[c]) for c in ("Value", "Baseline"))
            values["Change"] = one - other
            values["Change %"] = (one - other) / abs(other) if other else math.nan
        for column, wanted in values.items():
            found = float(row[column]) if pd.notna(row[column]) else math.nan
            count += math.isfinite(found)
            if wanted is None or not close(found, wanted):
                faults.append(f"{row['KPI']} {column}: {found} for {wanted}")
    return faults, count


class FrontPage:
    """Takes the numbers of the first page one by one; ``left`` are those nobody could explain."""

    def __init__(self, teller: Teller, before: bool) -> None:
        self.teller, self.before = teller, before
        self.cells: dict[tuple[int, int], Any] = {
            (i, j): cell
            for i, row in enumerate(teller.book.front)
            for j, cell in enumerate(row)
            if pd.notna(cell) and re.search(r"\d", str(cell))
        }
        self.all = len(self.cells)
        self.faults: list[str] = []
        self._blocks()
        self._cards()
        for at, cell in list(self.cells.items()):
            if isinstance(cell, str) and (teller.trace(cell) or cell == self._title()):
                del self.cells[at]
        self.left = [f"{at}: {cell}" for at, cell in self.cells.items()]

    def _title(self) -> str:
        info = self.teller.book["RunInfo"]
        name = info.loc[info["Item"].isin(["Model", "模型"]), "Value"].iloc[0]
        return f"{name}：计划" if self.teller.language == "zh" else f"{name}: plan"

    def _take(self, at: tuple[int, int], wanted: float) -> None:
        found = self.cells.pop(at, None)
        told = math.nan if found is None or isinstance(found, str) else float(found)
        if not close(told, wanted) and not (found is None and wanted == 0):
            self.faults.append(f"front {at}: {found} for {wanted}")

    def _cards(self) -> None:
        """The row of numbers above their notes: the first with numbers alone in five places."""
        rows = {i for i, j in self.cells if j == 1 and not isinstance(self.cells[i, j], str)}
        top = min(rows)
        for number, name in enumerate(CARDS):
            self._take((top, 1 + 2 * number), self.teller.kpis[name])
            note = self.cells.get((top + 1, 1 + 2 * number))
            if self.before and note is not None and name != "Gap in money":
                self._compared(top + 1, 1 + 2 * number, name, str(note))

    def _compared(self, row: int, column: int, name: str, note: str) -> None:
        wanted = self.teller.then(name)
        numbers = NUMBER.findall(note)
        sides = [wanted["before"], wanted["change"]][: len(numbers)]
        if all(printed(text, side) for text, side in zip(numbers, sides, strict=True)):
            del self.cells[row, column]

    def _blocks(self) -> None:
        """Tables of the page: the cost split on the left, rows of a sheet on the right."""
        heads = {
            sheet: {
                row[one]: row["column"]
                for row in rows_of("schema.csv")
                for one in ("column", "zh")
                if row["sheet"] == sheet
            }
            for sheet in ("Actions", "Shipments")
        }
        for i, row in enumerate(self.teller.book.front):
            names = {j: bare(cell) for j, cell in enumerate(row) if pd.notna(cell) and str(cell)}
            first = {"From", "起点"} & set(names.values())
            if not first:
                continue
            start = next(j for j, name in names.items() if name in first)
            right = {j: name for j, name in names.items() if j >= start}
            for sheet, known in heads.items():
                if set(right.values()) <= set(known) and len(self.teller.book[sheet]):
                    self._rows(i + 1, {j: known[name] for j, name in right.items()}, sheet)
            self._split(i + 1)

    def _rows(self, top: int, columns: dict[int, str], sheet: str) -> None:
        rows, front = self.teller.book[sheet], self.teller.book.front
        if sheet == "Shipments":
            rows = rows[rows["Status"] != "firm"]
            lateral = rows[rows["Kind"] == "transfer"]
            rows = lateral if len(lateral) else rows
            rows = rows.sort_values("Value", ascending=False, kind="stable")
        for i, (_, row) in zip(
            range(top, min(top + 20, len(front))), rows.iterrows(), strict=False
        ):
            for j, name in columns.items():
                found, wanted = self.cells.get((i, j)), row[name]
                if found is None:
                    continue
                same = (
                    pd.Timestamp(found) == pd.Timestamp(wanted)
                    if isinstance(found, dt.date)
                    else close(float(found), float(wanted))
                    if isinstance(wanted, int | float)
                    else str(found) == str(wanted)
                )
                if same:
                    del self.cells[i, j]

    def _split(self, top: int) -> None:
        """Cost terms, the largest first, with their share and what they were; the total below."""
        terms, total = self.teller.traced.terms(), self.teller.kpis["Total cost"]
        today = self.teller.today
        before = {} if today is None else today.terms()
        both = {name: (terms.get(name, 0.0), before.get(name, 0.0)) for name in {**terms, **before}}
        shown = sorted((pair for pair in both.values() if any(pair)), reverse=True)
        for i, (money, then) in enumerate(shown, start=top):
            self._take((i, 3), money)
            if today is not None:
                self._take((i, 2), then)
            if total > 0:
                self._take((i, 4), money / total)
        self._take((top + len(shown), 3), total)
        if today is not None:
            self._take((top + len(shown), 2), (self.teller.before or {})["Total cost"])


def console_faults(teller: Teller, text: str) -> list[str]:
    """Return the closing lines of the console whose numbers are not traced."""
    closing = text[text.index("\n\n") :] if "\n\n" in text else text
    return [line for line in closing.splitlines() if not _line(teller, line)]


def _line(teller: Teller, line: str) -> bool:
    word, _, rest = line.partition(" ")
    if not re.search(r"\d", line) or word in ("Files", "文件"):
        return True
    if word in ("Cost", "成本"):
        return _cost(teller, rest.strip())
    if line.startswith("  "):
        return teller.trace(line) or _move(teller, line)
    plain, told, after = rest.rpartition("；" if teller.language == "zh" else "; ")
    if told and any(one.fullmatch(after) for one in beside(teller.language)):
        return teller.trace(plain) and _beside(teller, word, after)
    return teller.trace(line) or teller.trace(rest)


def beside(language: str) -> list[re.Pattern[str]]:
    """Return what stands behind a figure that is held against a baseline."""
    return [pattern(row[language]) for name, row in words().items() if name[:11] == "card before"]


NAMES = {
    "Cost": "Total cost",
    "成本": "Total cost",
    "Service": "Fill rate (units)",
    "服务": "Fill rate (units)",
    "Capital": "Capital tied up (end)",
    "资金": "Capital tied up (end)",
    "Cover": "End cover",
    "可用天数": "End cover",
}
"""First word of a line -> the figure whose baseline stands behind it."""


def _beside(teller: Teller, word: str, text: str) -> bool:
    wanted, numbers = teller.then(NAMES[word]), NUMBER.findall(text)
    sides = (wanted["before"], wanted["change"])
    teller.count += len(numbers)
    return len(numbers) <= 2 and all(map(printed, numbers, sides))


def _cost(teller: Teller, text: str) -> bool:
    """The total, what it is beside today's, and the three largest terms."""
    terms = sorted(teller.traced.terms().values(), reverse=True)[:3]
    numbers = NUMBER.findall(text)
    wanted = [teller.kpis["Total cost"]]
    if teller.before is not None:
        both = teller.then("Total cost")
        wanted += [both["before"]] + ([both["change"]] if math.isfinite(both["change"]) else [])
    wanted += terms
    teller.count += len(numbers)
    return len(numbers) == len(wanted) and all(map(printed, numbers, wanted))


def _move(teller: Teller, line: str) -> bool:
    """Tell whether a line is a row of Actions or Shipments: its numbers all stand in that row."""
    for sheet in ("Actions", "Shipments"):
        for _, row in teller.book[sheet].iterrows():
            text, values = line, []
            for cell in row:
                if isinstance(cell, dt.date):
                    text = text.replace(f"{cell:%Y-%m-%d}", "")
                elif isinstance(cell, int | float) and pd.notna(cell):
                    values.append(float(cell))
            names = [str(cell) for cell in row if isinstance(cell, str)]
            if not all(str(row[c]) in text for c in ("From", "To", "Product") if pd.notna(row[c])):
                continue
            for name in sorted(names, key=len, reverse=True):
                text = text.replace(name, "")
            numbers = NUMBER.findall(text)
            if all(any(printed(one, value) for value in values) for one in numbers):
                teller.count += len(numbers)
                return True
    return False
