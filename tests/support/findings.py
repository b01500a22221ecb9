"""Changes of a right plan made by hand, and exactly what the audit finds in each.

``tests/outputs/audit/findings.csv`` holds a change a line: the family, what the study is made of,
the cells changed, and every check that fails. A check that fails once is told with its place and
both numbers, one that fails more often with its worst deviation and how often it fails. To write
the findings anew after a change of the audit, and see by ``git diff`` what that changed::

    python tests/support/findings.py
"""

import csv
import hashlib
import pickle
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from hand_plan import INPUT, PLAN
from planted_cash import kept
from planted_families import FAMILY_FAULTS
from planted_flows import FLOW_FAULTS, Book, Row
from planted_plain import PLAIN_FAULTS
from planted_production import brewed
from planted_sites import decided
from told_plan import charted, longer, told

from tierstock.outputs.audit import Check, audit
from tierstock.outputs.audit.plan import KEYS, SHEETS
from tierstock.outputs.audit.report import NAMES

FILE = Path(__file__).parents[1] / "outputs" / "audit" / "findings.csv"
FAULTS: dict[Callable[[Book, Book], None], str] = FLOW_FAULTS | FAMILY_FAULTS | PLAIN_FAULTS
"""Planted faults and the check that is about each."""
CODES = {english: code for code, (english, _) in NAMES.items()}
OF_PLAN = {*KEYS, *SHEETS, "PlanView", "Charts", "Audit"}
MORE = re.compile(r" \(and ([0-9]+) more\)$")
STUDY = pickle.dumps((INPUT, PLAN))


def _sites(given: Book, plan: Book) -> None:
    for place in ("DC", "S2"):
        decided(given, plan, place)


def _cash(given: Book, plan: Book) -> None:
    kept(given, plan, line=100)


BASES: dict[str, Callable[[Book, Book], None]] = {
    "told": told,
    "charted": charted,
    "longer": longer,
    "brewed": brewed,
    "sites": _sites,
    "cash": _cash,
    **{plant.__name__: plant for plant in FAULTS},
}
"""What may be added to the study; a planted fault too."""


def lines() -> list[Row]:
    """Return the changes of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Desk:
    """Where input and plan are written; only what has changed since is written again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.there: dict[Path, bytes] = {}
        for one in ("net", "plan"):
            (folder / one).mkdir()

    def found(self, line: Row) -> str:
        """Return what the audit finds in the study after a change, as the file tells it."""
        given, plan = pickle.loads(STUDY)
        for base in filter(None, line["study"].split("+")):
            BASES[base](given, plan)
        for change in filter(None, line["change"].split(" | ")):
            _change(given, plan, change)
        net = _tables(given)
        digest = hashlib.sha256()
        for name, data in sorted(net.items()):
            digest.update(name.encode() + data)
        plan["RunInfo"].append({"Item": "Input hash", "Value": digest.hexdigest()})
        self._put("net", net)
        self._put("plan", _tables(plan))
        result = audit(self.folder / "net", self.folder / "plan")
        return " / ".join(_told(check) for check in result.checks if not check.passed)

    def _put(self, name: str, tables: dict[str, bytes]) -> None:
        folder = self.folder / name
        wanted = {folder / file: data for file, data in tables.items()}
        for file in [file for file in self.there if file.parent == folder]:
            if file not in wanted:
                file.unlink()
                del self.there[file]
        for file, data in wanted.items():
            if self.there.get(file) != data:
                file.write_bytes(data)
                self.there[file] = data


def _change(given: Book, plan: Book, change: str) -> None:
    """Change a row, ``Lanes 2 Duty=5, Carbon=1``, all (0), a copy of one (+2) or a new one."""
    sheet, at, cells = [*change.split(" ", 2), ""][:3]
    book = plan if sheet in OF_PLAN else given
    if at == "gone":
        del book[sheet]
        return
    rows = book.setdefault(sheet, [])
    if cells == "gone":
        del rows[int(at) - 1]
        return
    if at == "new" or at[0] == "+":
        rows.append(dict(rows[int(at) - 1]) if at != "new" else {})
    for row in rows if at == "0" else [rows[int(at) - 1 if at.isdigit() else -1]]:
        pairs = (cell.partition("=") for cell in filter(None, cells.split(", ")))
        row |= {column: text for column, _, text in pairs}


def _tables(book: Book) -> dict[str, bytes]:
    """Return the sheets of a book as CSV files, by name."""
    tables = {}
    for name, rows in book.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        table = [columns, *([row.get(column, "") for column in columns] for row in rows)]
        tables[f"{name}.csv"] = _csv(table)
    return tables


def _csv(table: list[list[object]]) -> bytes:
    cells = (",".join(map(_cell, row)) for row in table)
    return "\n".join(cells).encode()


def _cell(value: object) -> str:
    text = str(value)
    return f'"{text}"' if "," in text else text


def _told(check: Check) -> str:
    more = MORE.search(check.where)
    if more is None:
        return f"{CODES[check.name]}: {check.where}"
    return f"{CODES[check.name]} {check.worst:.6g} x{int(more.group(1)) + 1}"


def main() -> None:
    """Write the findings of all changes anew."""
    rows = lines()
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name))
        for row in rows:
            row["finds"] = desk.found(row)
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
