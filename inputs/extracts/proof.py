"""The proof that no unit is lost between the extracts and the workbook."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from tierstock.inputs.extracts.amounts import MICRO, number_of
from tierstock.inputs.extracts.books import LOG_COLUMNS
from tierstock.inputs.extracts.log_words import log_word
from tierstock.inputs.extracts.run import Imported
from tierstock.inputs.extracts.targets import Target, find_target
from tierstock.inputs.extracts.targets import target as target_of
from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.workbook_door import open_workbook


class NotConserved(Exception):
    """Units were lost or made on the way; nothing may be published."""


def prove(made: Imported, written: Path, log_file: Path) -> list[dict[str, object]]:
    """Read both files back and demand that units in = units out + changes in the log, exactly.

    Args:
        made: what was read and done.
        written: the workbook as it lies on the disk.
        log_file: its log as it lies on the disk.

    Returns:
        By target and measure: ``sheet``, ``measure``, ``in``, ``change`` (what the log takes
        away or adds), ``out``, in units.

    Raises:
        NotConserved: a total differs.
    """
    came: dict[tuple[str, str], int] = {}
    for (extract, measure), total in made.gathered.read.items():
        name = made.asked.sources[made.gathered.sources[extract]].target.name
        came[name, measure] = came.get((name, measure), 0) + total
    changes = _logged(log_file)
    out = _written(written)
    rows: list[dict[str, object]] = []
    for (name, measure), total in came.items():
        target = target_of(name)
        change = changes.get((name, measure), 0)
        gone = out.get((name, measure), 0) if target.written else made.held[name, measure]
        if total + change != gone:
            raise NotConserved(f"{name} {measure}: {total} {change:+} != {gone}")
        sums = {"in": total, "change": change, "out": gone}
        units = {word: number_of(micros) for word, micros in sums.items()}
        rows.append({"sheet": name, "measure": target.column(measure).name, **units})
    return rows


def _logged(path: Path) -> dict[tuple[str, str], int]:
    """Return the sum of the changes by target and measure, as the file of the log says."""
    found: dict[tuple[str, str], int] = {}
    for grid in _grids(path, [log_word("Log", one) for one in ("en", "zh")]):
        table = pd.DataFrame(grid[1:], columns=list(LOG_COLUMNS))
        table = table[table["measure"] != ""]
        micros = np.rint(table["quantity"].to_numpy(np.float64) * MICRO).astype(np.int64)
        pairs = pd.MultiIndex.from_arrays([table["sheet"], table["measure"]])
        places, distinct = pd.factorize(pairs)
        sums = np.zeros(len(distinct), dtype=np.int64)
        np.add.at(sums, places, micros)
        for (sheet, measure), total in zip(distinct, sums, strict=True):
            target = _found(str(sheet))
            column = target.find(str(measure))
            assert column is not None
            key = target.name, column.field
            found[key] = found.get(key, 0) + int(total)
    return found


def _found(title: str) -> Target:
    target = find_target(title)
    assert target is not None
    return target


def _written(path: Path) -> dict[tuple[str, str], int]:
    """Return the sum of every measure of a workbook, as it lies on the disk."""
    found: dict[tuple[str, str], int] = {}
    door = open_workbook(path, Findings())
    assert door is not None
    for name in door.names:
        raw = door.load(name)
        target = _found(name)
        assert raw is not None
        for at, heading in enumerate(raw.grid[0]):
            column = target.find(str(heading))
            if column is not None and column.field in target.added:
                cells = np.array([row[at] for row in raw.grid[1:]], dtype=np.float64)
                total = int(np.rint(cells * MICRO).astype(np.int64).sum())
                found[target.name, column.field] = total
    return found


def _grids(path: Path, names: Sequence[str]) -> list[list[list[object]]]:
    door = open_workbook(path, Findings())
    assert door is not None
    wanted = [one for one in door.names if one.startswith(tuple(names))]
    loaded = [door.load(one) for one in wanted]
    return [raw.grid for raw in loaded if raw is not None]
