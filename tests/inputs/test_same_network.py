"""One study behind every door, in either language, is one network to the last bit.

The files are written by other programs' means here, not by ``tierstock convert``; that every form
``convert`` writes is the same network is told in ``test_convert.py``.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from tierstock.inputs import fingerprint, read
from tierstock.inputs.findings import Findings
from tierstock.inputs.samples import sample
from tierstock.inputs.schema import schema
from tierstock.inputs.templates.template import write_template
from tierstock.inputs.writing.convert import convert
from tierstock.inputs.writing.tabs import tabs_of

NAME = "medicine"
Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def english() -> str:
    return fingerprint(read(sample(NAME, "en")))


@pytest.fixture(scope="module", params=["en", "zh"])
def frames(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """The tables of the template in a language, under its own names and headings."""
    book = tmp_path_factory.mktemp("template") / "net.xlsx"
    write_template(book, lang=request.param, sheets="usual", sample=sample(NAME, request.param))
    tabs, _ = tabs_of(book, Findings())
    known = {sheet.heading(request.param) for sheet in schema().inputs}
    assert {tab.title for tab in tabs} <= known
    return {tab.title: pd.DataFrame(tab.body, columns=tab.headings) for tab in tabs}


def as_frames(frames: Frames, folder: Path) -> Frames:
    return frames


def as_workbook(frames: Frames, folder: Path) -> Path:
    with pd.ExcelWriter(folder / "net.xlsx", engine="openpyxl") as book:
        for title, frame in frames.items():
            frame.to_excel(book, sheet_name=title, index=False)
    return folder / "net.xlsx"


def as_csv(frames: Frames, folder: Path) -> Path:
    for title, frame in frames.items():
        frame.to_csv(folder / f"{title}.csv", index=False)
    return folder


def as_chinese_csv(frames: Frames, folder: Path) -> Path:
    for title, frame in frames.items():
        frame.to_csv(folder / f"{title}.csv", index=False, sep=";", encoding="gb18030")
    return folder


def as_parquet(frames: Frames, folder: Path) -> Path:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra data)")
    for title, frame in frames.items():
        frame.astype(str).to_parquet(folder / f"{title}.parquet", index=False)
    return folder


def as_database(frames: Frames, folder: Path) -> Path:
    pytest.importorskip("sqlalchemy", reason="sqlalchemy is not installed (extra data)")
    with sqlite3.connect(folder / "net.db") as database:
        for title, frame in frames.items():
            frame.to_sql(title, database, index=False)
    database.close()
    return folder / "net.db"


def as_open_document(frames: Frames, folder: Path) -> Path:
    assert convert(as_workbook(frames, folder), folder / "net.ods", Findings()) is not None
    return folder / "net.ods"


DOORS = (
    as_frames,
    as_workbook,
    as_csv,
    as_chinese_csv,
    as_parquet,
    as_database,
    as_open_document,
)


@pytest.mark.parametrize("write", DOORS, ids=lambda write: write.__name__)
def test_every_door_and_language_gives_the_same_network(
    write: Callable[[Frames, Path], Path | Frames], frames: Frames, english: str, tmp_path: Path
) -> None:
    assert fingerprint(read(write(frames, tmp_path))) == english


def test_the_hash_is_that_of_the_content(frames: Frames, english: str) -> None:
    title = next(one for one in frames if one in ("Demand", "需求"))
    other = frames[title].copy()
    numbers = [at for at, kind in enumerate(other.dtypes) if kind.kind in "if"]
    other.iloc[:, numbers[-1]] = other.iloc[:, numbers[-1]] + 1

    assert fingerprint(read({**frames, title: other})) != english
