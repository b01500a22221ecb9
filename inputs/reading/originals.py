"""The input as the planner wrote it, for the copy in the results workbook."""

import pandas as pd

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.door import Source
from tierstock.inputs.reading.doors import open_door
from tierstock.inputs.reading.raw import body
from tierstock.inputs.reading.read import sheets_of


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
