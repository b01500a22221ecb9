"""Templates: the workbook a planner fills, written from the schema."""

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tierstock.inputs.schema import Sheet, schema
from tierstock.inputs.templates.guide import TITLES, write_guide
from tierstock.inputs.templates.template_layout import Rows, sheet_title, spoken
from tierstock.inputs.templates.template_sheet import SheetWriter
from tierstock.inputs.templates.template_style import TAB_CORE, TAB_INPUT, Styles
from tierstock.inputs.writing.place import placing

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.workbook import Workbook

LEVELS = ("core", "usual", "all")
"""Sizes of a template: the four core sheets, the twelve usual tabs, every sheet in use."""

TEMPLATE_LANGUAGES = ("en", "zh", "both")
"""Languages of a template; ``both`` writes headings as ``Location 地点``."""

_CREATED = dt.datetime(2026, 1, 1)
"""Date in the file's properties, fixed so that equal templates are equal files."""

_BLANK: Mapping[str, Rows] = {
    "Settings": {"Setting": ["terminal_rule", "terminal_days"], "Value": ["cover", "14"]}
}
"""Rows of a blank template: leave 14 days of cover at the end."""
_BLANK_NOTES = {
    "en": ("Leave stock for the weeks after the horizon", "How many days of demand to leave"),
    "zh": ("为计划期之后的几周留足库存", "留多少天的需求量"),
}


def write_template(
    path: str | os.PathLike[str],
    *,
    lang: str = "en",
    sheets: str = "usual",
    sample: "Mapping[str, pd.DataFrame] | None" = None,
) -> None:
    """Write a template workbook; an existing file is replaced only by a complete new one.

    Columns and sheets that this version cannot honour are not offered. Required columns come
    first, usual ones next, rare ones wait in a collapsed outline. Demand has periods as columns.

    Args:
        path: the .xlsx file to write.
        lang: ``en``, ``zh`` or ``both``.
        sheets: ``core``, ``usual`` (twelve tabs) or ``all``; the sheets of a sample come on top.
        sample: tables to fill in by English sheet name, with English headings and choice words;
            they are written in the words of ``lang``. In ``Demand`` without a ``Period`` column
            every other heading is a period.

    Raises:
        ValueError: unknown ``lang`` or ``sheets``.
        KeyError: the sample has an unknown sheet or column.
        OSError: the file cannot be written.
    """
    if lang not in TEMPLATE_LANGUAGES:
        raise ValueError(f"language {lang!r}: choose en, zh or both")
    if sheets not in LEVELS:
        raise ValueError(f"sheets {sheets!r}: choose core, usual or all")
    filled = (
        _blank(lang) if sample is None else {name: _rows(name, sample[name]) for name in sample}
    )
    named = filled if sample is not None else ()
    chosen = [sheet for sheet in schema().inputs if _offered(sheet, sheets) or sheet.name in named]
    target = Path(path)
    with placing(target) as draft:
        _write(draft, lang, chosen, filled)


def _blank(lang: str) -> Mapping[str, Rows]:
    """Return the rows of a blank template, each with a note that says what it does."""
    both = [f"{one} {other}" for one, other in zip(*_BLANK_NOTES.values(), strict=True)]
    notes = both if lang == "both" else list(_BLANK_NOTES[lang])
    return {"Settings": {**_BLANK["Settings"], "Note": notes}}


def _offered(sheet: Sheet, sheets: str) -> bool:
    return sheet.status == "model" and LEVELS.index(sheet.level) <= LEVELS.index(sheets)


def _rows(name: str, frame: "pd.DataFrame") -> Rows:
    """Return the columns of a sample table, by English heading."""
    sheet = schema().sheet(name)
    rows = {str(heading): frame[heading].tolist() for heading in frame.columns}
    if name != "Demand" or "Period" in rows:
        for heading in rows:
            sheet.column(heading)
    return rows


def _write(path: Path, lang: str, chosen: list[Sheet], filled: Mapping[str, Rows]) -> None:
    from xlsxwriter.workbook import Workbook

    options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with Workbook(str(path), {**options, "default_date_format": "yyyy-mm-dd"}) as workbook:
        workbook.set_properties({"title": TITLES[lang], "created": _CREATED, "author": "tierstock"})
        workbook.set_size(2400, 1300)
        _add_tabs(workbook, lang, chosen)
        styles = Styles(workbook, lang)
        write_guide(workbook, styles, lang, [sheet.name for sheet in chosen])
        writer = SheetWriter(workbook, styles, lang)
        lists = {sheet.name: _codes(sheet, lang) for sheet in chosen if len(sheet.key) == 1}
        for sheet in chosen:
            writer.write(sheet, filled.get(sheet.name, {}), lists)


def _add_tabs(workbook: "Workbook", lang: str, chosen: list[Sheet]) -> None:
    guide = workbook.add_worksheet(TITLES[lang])
    guide.activate()
    for sheet in chosen:
        tab = workbook.add_worksheet(sheet_title(sheet, lang))
        tab.set_tab_color(TAB_CORE if sheet.level == "core" else TAB_INPUT)


def _codes(sheet: Sheet, lang: str) -> str:
    """Return the formula of the filled codes in the first column of a sheet."""
    tab = sheet_title(sheet, lang)
    return f"=OFFSET('{tab}'!$A$2,0,0,MAX(1,COUNTA('{tab}'!$A:$A)-1),1)"


def write_all(folder: str | os.PathLike[str]) -> list[Path]:
    """Write the templates that come with the package; returns their paths.

    They are ``blank`` in each language and the study ``rebalancing`` in English and Chinese.
    ``python -m tierstock.inputs.templates.template`` renews the committed copies.
    """
    from tierstock.inputs.samples import sample

    written = []
    for lang in TEMPLATE_LANGUAGES:
        written.append(Path(folder) / f"blank.{lang}.xlsx")
        write_template(written[-1], lang=lang)
    for lang in ("en", "zh"):
        written.append(Path(folder) / f"rebalancing.{lang}.xlsx")
        write_template(written[-1], lang=lang, sample=sample("rebalancing", spoken(lang)))
    return written


if __name__ == "__main__":
    for file in write_all(Path(__file__).parent):
        print(file.name)
