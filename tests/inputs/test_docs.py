"""The pages about the tables are made from the schema."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tierstock.inputs.schema import schema

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_tables", DOCS / "make_tables.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_what_the_schema_says(maker: ModuleType, language: str) -> None:
    kept = (DOCS / maker.NAMES[language]).read_text(encoding="utf-8")
    assert kept == maker.render(language), "run python docs/make_tables.py"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_lists_every_sheet_column_and_setting(maker: ModuleType, language: str) -> None:
    page = maker.render(language)
    for sheet in schema().sheets:
        start = page.index(f"\n### {sheet.heading(language)} (")
        block = page[start : page.find("\n###", start + 5)]
        missing = [
            column.name
            for column in sheet.columns
            if f"| {column.heading(language)} |" not in block
        ]
        assert missing == [], sheet.name
    assert [one for one in schema().settings if f"| {one.heading(language)} |" not in page] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_table_of_the_page_has_straight_rows(maker: ModuleType, language: str) -> None:
    width = 0
    for line in maker.render(language).splitlines():
        cells = line.replace("\\|", "").count("|") if line.startswith("|") else 0
        assert width in (0, cells) or cells == 0, line
        width = cells
