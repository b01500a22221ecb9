"""The plan made by hand, free to be changed, and what writes it as workbooks."""

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from hand_plan import INPUT, PLAN
from planted_flows import Book


def write_xlsx(path: Path, book: Book, titles: Callable[[str], str] = str) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as file:
        for name, rows in book.items():
            sheet = file.add_worksheet(titles(name))
            columns = list(dict.fromkeys(column for row in rows for column in row))
            for place, column in enumerate(columns):
                sheet.write_string(0, place, column)
            for line, row in enumerate(rows, 1):
                for place, column in enumerate(columns):
                    value = row.get(column, "")
                    if isinstance(value, str) and value.startswith("=1"):
                        sheet.write_formula(line, place, value, None, 1)
                    elif isinstance(value, str):
                        sheet.write_string(line, place, value)
                    else:
                        sheet.write_number(line, place, value)


@pytest.fixture
def case() -> tuple[Book, Book]:
    """Input and plan, free to be changed."""
    return copy.deepcopy(INPUT), copy.deepcopy(PLAN)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Book, Book], tuple[Path, Path]]:
    """Write input and plan as workbooks; the plan names the hash of the input."""
    import hashlib

    def files(given: Book, plan: Book, stale: bool = False) -> tuple[Path, Path]:
        source, result = tmp_path / "net.xlsx", tmp_path / "net.plan.xlsx"
        write_xlsx(source, given)
        digest = hashlib.sha256(b"old" if stale else source.read_bytes()).hexdigest()
        facts = [*plan["RunInfo"], {"Item": "Input hash", "Value": f"sha256:{digest}"}]
        write_xlsx(result, {**plan, "RunInfo": facts})
        return source, result

    return files
