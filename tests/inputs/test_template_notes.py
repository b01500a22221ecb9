"""What the notes of a template say can be typed, and the list of settings."""

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tierstock.inputs.schema import say, schema
from tierstock.inputs.templates.template import TEMPLATE_LANGUAGES, write_template
from tierstock.inputs.templates.template_layout import sheet_title
from tierstock.inputs.templates.template_style import width


def test_notes_do_not_offer_what_would_be_refused() -> None:
    offered = [column for sheet in schema().inputs for column in sheet.columns]
    offered = [column for column in offered if column.status != "later"]
    settings = [one for one in schema().settings if one.status == "model"]
    entries: list[Any] = [*offered, *settings]
    for entry in entries:
        for word in entry.later_choices:
            assert not re.search(rf"\b{word}\b", entry.description_en), entry
            assert say(word, "zh") not in entry.description_zh, entry


@pytest.mark.parametrize("lang", TEMPLATE_LANGUAGES)
def test_the_list_of_settings_shows_every_line_of_its_texts(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, lang=lang)
    sheet = openpyxl.load_workbook(path)[sheet_title(schema().sheet("Settings"), lang)]
    sizes = [sheet.column_dimensions[letter].width for letter in "DEF"]
    for row in range(2, sheet.max_row + 1):
        texts = [str(sheet.cell(row, column).value or "") for column in (4, 5, 6)]
        lines = max(width(text) / (1.1 * size) for text, size in zip(texts, sizes, strict=True))
        if lines > 1:
            assert sheet.row_dimensions[row].height >= 14 * lines, texts
