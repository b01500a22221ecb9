"""A copy of an input that nothing but this package can read, for readers that share no code."""

from pathlib import Path

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.door import Source, located
from tierstock.inputs.reading.preflight import is_old_workbook
from tierstock.inputs.writing.convert import write_folder
from tierstock.inputs.writing.plain import settled
from tierstock.inputs.writing.tabs import tabs_of


def is_indirect(source: Source) -> bool:
    """Return whether the independent audit needs a snapshot: an .xls, a query, a database server.

    Everything else it reads by itself.
    """
    where = located(str(source))
    if isinstance(where, str) or where.suffix.lower() == ".toml":
        return True
    try:
        with where.open("rb") as file:
            return is_old_workbook(file.read(8))
    except OSError:
        return False


def snapshot(source: Source, folder: Path) -> Path:
    """Write the sheets of an input into a folder of CSV files, the same for the same content.

    Args:
        source: the input.
        folder: folder to make.
    """
    tabs, date1904 = tabs_of(source, Findings())
    folder.mkdir()
    write_folder(settled(tabs, date1904), folder, "csv")
    return folder
