"""The input as the planner wrote it, for the copy in the results workbook."""

import re
from collections.abc import Mapping
from itertools import chain

import pandas as pd

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.door import Source
from tierstock.inputs.reading.doors import open_door
from tierstock.inputs.reading.raw import body
from tierstock.inputs.reading.read import sheets_of

HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, which Python holds and no file can."""


def holdable(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return planner's tables as files can hold them: halves of characters become �.

    Only columns of the planner's own can have any by now; of all others they are told.
    """
    return {name: _holdable(frame) for name, frame in tables.items()}


def _holdable(frame: pd.DataFrame) -> pd.DataFrame:
    columns = (frame.iloc[:, at] for at in range(frame.shape[1]))
    texts = (one.tolist() for one in columns if not pd.api.types.is_numeric_dtype(one.dtype))
    if not any(map(_broken, chain(frame.columns, *texts))):
        return frame
    return frame.map(_whole).set_axis(list(map(_whole, frame.columns)), axis=1)


def _broken(value: object) -> bool:
    return isinstance(value, str) and HALF.search(value) is not None


def _whole(value: object) -> object:
    return HALF.sub("\ufffd", value) if isinstance(value, str) else value


def originals(source: Source) -> dict[str, pd.DataFrame]:
    """Return the sheets of an input, cells and headings as written, by English sheet name.

    Args:
        source: what was read, see :func:`tierstock.inputs.reading.doors.open_door`.
    """
    findings = Findings()
    door = open_door(source, findings)
    if door is None:
        return {}
    found = {raw.sheet: body(raw, findings) for raw in sheets_of(door, findings)}
    return {
        sheet: pd.DataFrame(
            {at: column for at, column in enumerate(part.columns)}, dtype=object
        ).set_axis(part.headings, axis=1)
        for sheet, part in found.items()
    }
