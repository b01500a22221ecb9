"""Order files: one folder, whole or not at all."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from tierstock.inputs.schema import say, schema
from tierstock.inputs.writing.place import placing
from tierstock.inputs.writing.tabs import Tab
from tierstock.inputs.writing.to_csv import write_csv
from tierstock.outputs.orders.book import write_book
from tierstock.outputs.orders.lines import COLUMNS
from tierstock.outputs.words import tell

BOOK = "orders.xlsx"
"""The workbook of a folder of orders, by which it is known as one."""
HEADS = {"Date": ("Shipments", "Ship Date"), "Recipe": ("Production", "Recipe")}
"""Headings that the schema has elsewhere: sheet and column."""
OWN = ("party", "task", "Order No", "Line", "Date", "Kind")
"""Headings of their own, in the words of the results."""
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
LONGEST = 80
CASE_DIGITS = 4
"""Decimals of parts of a case in the CSV files; quantities are told in full."""


class NotOurs(ValueError):
    """The folder holds something else than orders."""


def write_orders(lines: pd.DataFrame, folder: Path, language: str) -> list[Path]:
    """Write the files of orders; a folder of orders is replaced only by a complete new one.

    ``orders.xlsx`` holds all lines and, on further sheets, those of each location, supplier and
    carrier; the folders ``locations``, ``suppliers`` and ``carriers`` one CSV file for each. In
    the file of a location stands what it sends, makes and receives, in that of a supplier what
    is bought from it, to have ready, and what leaves it, in that of a carrier (mode and vehicle)
    what it carries.

    Args:
        lines: lines of ``order_lines``.
        folder: where to write.
        language: ``en`` or ``zh``.

    Returns:
        The files.

    Raises:
        NotOurs: the folder holds something else; it stays as it is.
        Refused: there are more lines than a sheet holds.
        OSError: it cannot be written; an old one is untouched.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / BOOK).is_file():
        raise NotOurs(folder)
    shown = _spoken(lines, language)
    named = lines.assign(Mode=shown["Mode"])
    groups = {name: dict(make(named)) for name, make in GROUPS.items()}
    written = []
    with placing(folder, folder=True) as draft:
        sheets = [("orders", tell("orders", language), shown)]
        for name, parts in groups.items():
            (draft / name).mkdir()
            files = file_names(list(parts))
            whole = []
            for party, rows in parts.items():
                part = _with_task(shown.loc[rows.index], rows, language)
                whole.append(part.assign(party=party))
                place = Path(name) / f"{files[party]}.csv"
                write_csv(_tab(part, party, language), draft / place)
                written.append(folder / place)
            if whole:
                every = pd.concat(whole, ignore_index=True)
                every = every[[*_extra(every), *COLUMNS]]
                sheets.append((name, tell(f"orders {name}", language), every))
        heads = {name: _heading(name, language) for name in ("party", "task", *COLUMNS)}
        write_book(sheets, heads, draft / BOOK, language)
    return [folder / BOOK, *written]


def _by_location(lines: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Lines of each location with its task: send, make or receive."""
    out = lines["Kind"].map(lambda kind: "make" if kind == "make" else "send")
    sides = [
        lines.assign(party=lines["From"], task=out)[~lines["Kind"].isin(["buy", "make"])],
        lines.assign(party=lines["To"], task="receive")[lines["Kind"] != "make"],
        lines.assign(party=lines["To"], task=out)[lines["Kind"] == "make"],
    ]
    both = pd.concat(sides)
    for party, rows in both.groupby("party", sort=True):
        yield str(party), rows


def _by_supplier(lines: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Lines of each place that sells, and its task: have ready what is bought, send the rest."""
    bought = lines[lines["Kind"] == "buy"]
    sellers = set(bought["From"])
    task = lines["Kind"].map(lambda kind: "ready" if kind == "buy" else "send")
    mine = lines.assign(task=task)[lines["From"].isin(sellers)]
    for party, rows in mine.groupby("From", sort=True):
        yield str(party), rows


def _by_carrier(lines: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Lines of each mode and vehicle."""
    sent = lines[lines["Mode"] != ""]
    name = (sent["Mode"] + " " + sent["Vehicle"]).str.strip()
    for party, rows in sent.groupby(name, sort=True):
        yield str(party), rows.assign(task="")


GROUPS = {"locations": _by_location, "suppliers": _by_supplier, "carriers": _by_carrier}
"""Folder -> the lines of each party."""


def file_names(parties: list[str]) -> dict[str, str]:
    """Return a file name for each party that every system accepts, and that no other has."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for party in parties:
        name = FORBIDDEN.sub("_", party).strip(" .")[:LONGEST] or "_"
        name = f"_{name}" if RESERVED.fullmatch(name) else name
        other, number = name, 2
        while other.casefold() in taken:
            other, number = f"{name} ({number})", number + 1
        taken.add(other.casefold())
        found[party] = other
    return found


def _spoken(lines: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the lines with words in a language."""
    kinds = {kind: say(kind, language, "result status") for kind in lines["Kind"].unique()}
    words = [say("road", one, "setting choice") for one in ("en", "zh")]
    mode, own = lines["Mode"], say("road", language, "setting choice")
    road = mode if (mode == own).any() else mode.replace(words, own)
    return lines.assign(Kind=lines["Kind"].map(kinds), Mode=road)


def _with_task(shown: pd.DataFrame, rows: pd.DataFrame, language: str) -> pd.DataFrame:
    tasks = {task: tell(f"task {task}", language) for task in rows["task"].unique() if task}
    told = shown.reset_index(drop=True)
    if not tasks:
        return told
    return told.assign(task=rows["task"].map(tasks).to_numpy())


def _tab(frame: pd.DataFrame, title: str, language: str) -> Tab:
    """Return lines as a sheet: the party and the task first where there are any."""
    names = [*_extra(frame), *COLUMNS]
    heads: list[object] = [_heading(name, language) for name in names]
    frame = frame.assign(Cases=frame["Cases"].round(CASE_DIGITS))
    cells = [[_cell(value) for value in frame[name].tolist()] for name in names]
    return Tab(title, [heads, *map(list, zip(*cells, strict=True))])


def _extra(frame: pd.DataFrame) -> list[str]:
    """Columns before the usual ones: whose line it is, and what to do."""
    return [name for name in ("party", "task") if name in frame]


def _heading(name: str, language: str) -> str:
    if name in OWN:
        return tell(f"orders {name}", language)
    sheet, column = HEADS.get(name, ("Shipments", "Mode"))
    found = schema().sheet(sheet if name in HEADS else "Shipments")
    return found.column(column if name in HEADS else name).heading(language)


def _cell(value: Any) -> object:
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, str):
        return value
    return "" if pd.isna(value) else value
