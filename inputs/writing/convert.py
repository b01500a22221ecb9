"""An input from any door written as any other, without loss."""

import errno
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.door import Source, located
from tierstock.inputs.reading.folder_door import ENDINGS
from tierstock.inputs.reading.native import INSTALL
from tierstock.inputs.reading.xml_scan import Refused
from tierstock.inputs.schema import schema
from tierstock.inputs.writing.place import placing
from tierstock.inputs.writing.plain import settled
from tierstock.inputs.writing.tabs import Tab, tabs_of
from tierstock.inputs.writing.to_csv import write_csv
from tierstock.inputs.writing.to_database import write_database
from tierstock.inputs.writing.to_open_document import write_open_document
from tierstock.inputs.writing.to_parquet import write_parquet
from tierstock.inputs.writing.to_workbook import write_workbook
from tierstock.inputs.writing.translate import translated

FORMS = {"xlsx": (".xlsx",), "ods": (".ods",), "sqlite": (".db", ".sqlite", ".sqlite3")}
"""Endings of the files that hold all sheets, by form."""
FOLDERS = ("csv", "parquet")
"""Forms that are a folder with a file per sheet."""
READ_ONLY = (".xls", ".xlsm", ".xlsb", ".toml", ".csv", ".tsv", ".txt", ".parquet")
"""Endings of files that are read, or one sheet only, and never written."""
HEADED = ("parquet", "sqlite", "database")
"""Forms in which nothing can stand above the headings."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\<>|\"\x00-\x1f]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST = {"xlsx": 31}


@dataclass(frozen=True)
class Converted:
    """What was written."""

    target: Path | str
    form: str
    rows: dict[str, int]
    """Number of rows below the headings by sheet."""


def form_of(target: Path | str, form: str = "") -> str:
    """Return the form a target stands for: xlsx, ods, sqlite, database, csv or parquet.

    Args:
        target: path, or address of a database.
        form: what is asked for; blank = what the ending says, a folder of CSV files without one.

    Raises:
        Refused: the ending is that of another form, or of nothing that can be written.
    """
    if isinstance(target, str):
        return "database"
    ending = target.suffix.lower()
    named = next((one for one, endings in FORMS.items() if ending in endings), "")
    folder = form in FOLDERS
    if ending in READ_ONLY or (folder and named) or (form and not folder and form != named):
        raise Refused("unwritable-form", file=target.name, value=ending or target.name)
    if not named and ending and not folder and not target.is_dir():
        raise Refused("unwritable-form", file=target.name, value=ending)
    return named or form or "csv"


def convert(
    source: Source,
    target: str | os.PathLike[str],
    findings: Findings,
    *,
    form: str = "",
    language: str = "",
    force: bool = False,
) -> Converted | None:
    """Write an input in another form; it appears under its name only when it is complete.

    Args:
        source: anything that can be read.
        target: file, folder or address of a database.
        findings: takes what is wrong with the source and what is left out of it.
        form: csv or parquet for a folder; blank = by the ending of the target.
        language: ``en`` or ``zh`` for names, headings and words; blank = as they are.
        force: whether a target of the same form may be replaced.

    Returns:
        What was written; None where there are errors among the findings.

    Raises:
        Refused: the target is there, cannot hold the sheets, or needs a missing package.
        OSError: the target cannot be written.
    """
    where, form = placed(target, form, force)
    tabs, date1904 = tabs_of(source, findings)
    if findings.errors or not tabs:
        return None
    tabs = _in_order(settled(tabs, date1904))
    if language:
        tabs = [translated(tab, language) for tab in tabs]
    for tab in tabs if form in HEADED else ():
        if tab.header:
            findings.add("headings-found", sheet=tab.title, row=tab.header + 1)
    return write_tabs(tabs, where, form, force)


def placed(
    target: str | os.PathLike[str], form: str = "", force: bool = False
) -> tuple[Path | str, str]:
    """Return where an input is to be written, and in which form.

    Args:
        target: file, folder or address of a database.
        form: csv or parquet for a folder; blank = by the ending of the target.
        force: whether a target of the same form may be replaced.

    Raises:
        Refused: the target is there, or its ending is of nothing that can be written.
    """
    where = located(target)
    form = form_of(where, form)
    _check_target(where, form, force)
    return where, form


def write_tabs(tabs: Sequence[Tab], where: Path | str, form: str, force: bool) -> Converted:
    """Write sheets where :func:`placed` said; they appear only when they are complete.

    Raises:
        Refused: the target cannot hold the sheets, or needs a missing package.
        OSError: the target cannot be written.
    """
    try:
        _write(tabs, where, form, force)
    except ImportError as error:
        name = error.name or str(error)
        raise Refused("extra-missing", value=name, command=INSTALL) from error
    return Converted(where, form, {tab.title: len(tab.body) for tab in tabs})


def _check_target(target: Path | str, form: str, force: bool) -> None:
    """Refuse a target that is there, unless it may be replaced and is of the same form."""
    if isinstance(target, str) or not target.exists():
        return
    inside = list(target.iterdir()) if target.is_dir() else []
    same = target.is_dir() == (form in FOLDERS)
    same = same and all(one.is_file() and one.suffix.lower() in ENDINGS for one in inside)
    if not (force and same) and (target.is_file() or inside or form not in FOLDERS):
        code = "target-there" if same else "target-other"
        raise Refused(code, file=target.name, value="--force")


def _in_order(tabs: Sequence[Tab]) -> list[Tab]:
    """Return known sheets in the order of the schema, then the others as they came."""
    number = {sheet.name: at for at, sheet in enumerate(schema().inputs)}
    return sorted(tabs, key=lambda tab: number.get(tab.sheet, len(number)))


def _named(tabs: Sequence[Tab], form: str) -> list[Tab]:
    """Return the sheets under names the form can hold.

    Raises:
        Refused: two sheets would have one name.
    """
    named: dict[str, Tab] = {}
    for tab in tabs:
        title = tab.title if form in ("sqlite", "database", "ods") else _title(tab.title, form)
        if title.casefold() in named:
            other = named[title.casefold()].title
            raise Refused("same-title", value=tab.title, other=other)
        named[title.casefold()] = replace(tab, title=title)
    return list(named.values())


def _title(title: str, form: str) -> str:
    """Return a name fit for a tab or file."""
    plain = _FORBIDDEN.sub("_", title).strip(" '.") or "_"
    plain = f"{plain}_" if _RESERVED.fullmatch(plain) else plain
    return plain[: _LONGEST.get(form, 120)]


def _write(tabs: Sequence[Tab], target: Path | str, form: str, force: bool) -> None:
    """Write beside the target, then put it in its place."""
    tabs = tabs if form in FOLDERS else _named(tabs, form)
    if isinstance(target, str):
        write_database(tabs, target, force)
        return
    with placing(target, folder=form in FOLDERS) as draft:
        if form in FOLDERS:
            write_folder(tabs, draft, form)
            return
        writers = {"xlsx": write_workbook, "ods": write_open_document}
        writers.get(form, write_database)(tabs, draft)
        if form == "sqlite":
            _demand_unused(target)


def _demand_unused(target: Path) -> None:
    """Refuse to replace a database somebody is at work in: its journal would spoil the new one.

    Raises:
        OSError: it is in use.
    """
    for journal in (f"{target.name}-journal", f"{target.name}-wal"):
        if target.with_name(journal).exists():
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(target))


def write_folder(tabs: Sequence[Tab], folder: Path, form: str) -> None:
    """Write one file per sheet into a folder.

    Args:
        tabs: the sheets.
        folder: an empty folder.
        form: csv or parquet.

    Raises:
        Refused: two sheets would have one name.
        ImportError: pyarrow is not installed.
        OSError: the folder cannot be written.
    """
    write: Callable[[Tab, Path], None] = write_csv if form == "csv" else write_parquet
    for tab in _named(tabs, form):
        write(tab, folder / f"{tab.title}.{form}")
