"""Writes a page for every input sheet into docs/sheets, in both languages, and their index.

Run ``python docs/make_sheets.py`` after a change of the schema, the messages, the examples
(``inputs/examples.csv``) or ``docs/sheet_guides.csv``; a test compares the files.
"""

import csv
from functools import cache
from pathlib import Path

import pandas as pd
from make_errors import parts
from make_tables import default_of, meaning_of, table_of, type_of

from tierstock.inputs.reading.cell_numbers import SIGNED
from tierstock.inputs.reading.duplicates import ADDING
from tierstock.inputs.samples.examples import example
from tierstock.inputs.schema import LANGUAGES, Column, Sheet, say, schema

HERE = Path(__file__).parent
INDEX = "README"
ENDINGS = {"en": ".md", "zh": ".zh.md"}

_WORDS = {
    "index": ("The input sheets", "输入表"),
    "made": (
        "Made from the schema by `python docs/make_sheets.py`; do not edit by hand.",
        "由 `python docs/make_sheets.py` 根据表结构生成，请勿手工修改。",
    ),
    "about": (
        "One page per sheet: when you need it, its columns, an example that can be planned, and "
        "what goes wrong most often. The first four sheets are enough for a plan. Rules that hold "
        "for all sheets: [the tables](../tables.md).",
        "每张表一页：何时需要、各列说明、可直接计算的示例，以及最常见的错误。"
        "前四张表即可得到计划。各表通用的规则见[数据表](../tables.zh.md)。",
    ),
    "core": ("Enough for a plan", "必需的四张表"),
    "usual": ("Usual", "常用"),
    "all": ("When the need comes up", "按需使用"),
    "later": ("Not read by this version", "本版本尚不读取"),
    "sheet": ("Sheet", "工作表"),
    "for": ("What it is for", "用途"),
    "needed": ("Needed columns", "必填列"),
    "other": ("中文", "English"),
    "back": ("All sheets", "全部输入表"),
    "when": ("When you need it", "何时需要"),
    "rows": ("Rows", "行"),
    "one": ("A row is named by: {key}.", "一行由以下列确定：{key}。"),
    "adds": (
        "Rows with the same key add up, unless a filled {marks} repeats.",
        "主键相同的行相加；但已填写的{marks}不得重复。",
    ),
    "wins": (
        "Where several rows fit, the more specific one sets the value; equally specific rows that "
        "differ are an error.",
        "多行同时适用时，以更具体的一行为准；同样具体而取值不同则报错。",
    ),
    "once": (
        "A key that stands twice with different values is an error; a row that repeats another is "
        "left out and told.",
        "主键重复而取值不同会报错；完全相同的重复行只取一行并提示。",
    ),
    "orders": ("Rows of type order add up.", "类型为订单的行相加。"),
    "called": ("The sheet is also found as: {names}.", "表名也可写作：{names}。"),
    "columns": ("Columns", "列"),
    "settings": (
        "Every setting with its values and default: [the tables](../tables.md#settings).",
        "全部设置项及其取值与默认值见[数据表](../tables.zh.md#设置项)。",
    ),
    "rare": ("Rare columns", "少用的列"),
    "column": ("Column", "列名"),
    "type": ("Type and range", "类型与范围"),
    "unit": ("Unit", "单位"),
    "default": ("Blank means", "空白即"),
    "meaning": ("Meaning", "含义"),
    "aliases": ("Also called", "也可写作"),
    "required": ("**required**", "**必填**"),
    "any": ("any", "可为负数"),
    "positive": ("0 or more", "不小于 0"),
    "share": ("0 to 1, or 0% to 100%", "0 至 1，或 0% 至 100%"),
    "code": ("a code of {sheet}", "{sheet}中的代码"),
    "example": ("Example", "示例"),
    "write": (
        "A small network with these rows: a supplier, a warehouse, two shops and two teas over "
        "four weeks, where nothing else is said. It checks clean and can be planned:",
        "含有以下各行的小网络，未列出的部分为一家供应商、一个仓库、两家门店、两种茶和四周。"
        "该示例检查无误，可直接计算：",
    ),
    "beside": ("Beside it the example states:", "示例中与之配合的其他表："),
    "wrong": ("What goes wrong most often", "最常见的错误"),
}


def _word(name: str, language: str) -> str:
    return _WORDS[name][language == "zh"]


@cache
def _guides() -> dict[str, dict[str, str]]:
    text = (HERE / "sheet_guides.csv").read_text(encoding="utf-8")
    return {row["sheet"]: row for row in csv.DictReader(text.splitlines())}


def documented() -> list[Sheet]:
    """Return the input sheets that are read, in the order of the template."""
    return [sheet for sheet in schema().inputs if sheet.status == "model"]


def _range(sheet: Sheet, column: Column, language: str) -> str:
    """Return the type of a column and what may stand in it."""
    kind = type_of(column, language)
    if column.type in ("number", "integer"):
        bounds = "any" if (sheet.name, column.field) in SIGNED else "positive"
        bounds = "share" if column.unit == "ratio" else bounds
        return f"{kind}, {_word(bounds, language)}".replace(
            ", ", "，" if language == "zh" else ", "
        )
    if column.type == "text" and column.refers_to:
        target = schema().sheet(column.refers_to)
        named = f"[{target.heading(language)}]({target.name}{ENDINGS[language]})"
        named = named if target.status == "model" else target.heading(language)
        return _word("code", language).format(sheet=named)
    return kind


def _columns(sheet: Sheet, language: str, rare: bool) -> list[str]:
    rows, other = [], "zh" if language == "en" else "en"
    for column in sheet.columns:
        if column.status == "later" or (column.level == "rare") != rare:
            continue
        rows.append(
            [
                f"{column.heading(language)}<br>{column.heading(other)}",
                _range(sheet, column, language),
                say(column.unit, language, kind="unit") if column.unit else "",
                _word("required", language) if column.required else default_of(column, language),
                meaning_of(column, language),
                ", ".join(column.aliases),
            ]
        )
    heads = ("column", "type", "unit", "default", "meaning", "aliases")
    return table_of([_word(name, language) for name in heads], rows) if rows else []


def _rows(sheet: Sheet, language: str) -> list[str]:
    """Say what names a row, and what becomes of two rows with one key."""
    keys = [sheet.column(name) for name in sheet.key]
    gap = "、" if language == "zh" else ", "
    said = [_word("one", language).format(key=gap.join(one.heading(language) for one in keys))]
    if ADDING.get(sheet.name):
        marks = [sheet.column(name).heading(language) for name in ADDING[sheet.name]]
        joint = "或" if language == "zh" else " or "
        said.append(_word("adds", language).format(marks=joint.join(marks)))
    else:
        said.append(_word("once", language))
    if sheet.name == "Demand":
        said.append(_word("orders", language))
    if any(one.type == "selector" for one in keys):
        said.append(_word("wins", language))
    if sheet.aliases:
        said.append(_word("called", language).format(names=gap.join(sheet.aliases)))
    return [f"- {one}" for one in said]


def _example_table(name: str, frame: pd.DataFrame, language: str) -> list[str]:
    sheet = schema().sheet(name)
    known = {column.name: column for column in sheet.columns}
    heads = [
        known[head].heading(language) if head in known else head for head in map(str, frame.columns)
    ]
    rows = []
    for cells in frame.itertuples(index=False):
        row = []
        for head, cell in zip(frame.columns, cells, strict=True):
            column = known.get(str(head))
            text = "" if pd.isna(cell) else str(cell).removesuffix(".0")
            named = name == "Settings" and head == "Setting"
            spoken = named or (column is not None and column.type in ("choice", "flag"))
            row.append(say(text, language) if spoken else text.replace("*", "\\*"))
        rows.append(row)
    return table_of(heads, rows)


def _example(sheet: Sheet, language: str) -> list[str]:
    tables = example(sheet.name, language)
    base = example("Settings", language)
    flag = "" if language == "en" else " --lang zh"
    lines = [_word("write", language), "", "```"]
    lines += [f"tierstock new example.xlsx --sample {sheet.name}{flag}"]
    lines += ["tierstock check example.xlsx", "tierstock plan example.xlsx", "```", ""]
    lines += _example_table(sheet.name, tables[sheet.name], language)
    others = [
        name
        for name, frame in tables.items()
        if name != sheet.name and not (name in base and frame.equals(base[name]))
    ]
    lines += [_word("beside", language), ""] if others else []
    for name in others:
        heading = schema().sheet(name).heading(language)
        lines += [f"[{heading}]({name}{ENDINGS[language]})", ""]
        lines += _example_table(name, tables[name], language)
    return lines


def page(sheet: Sheet, language: str) -> str:
    """Return the page of a sheet in ``en`` or ``zh`` as Markdown."""
    other = "zh" if language == "en" else "en"
    end, guide = ENDINGS[language], _guides()[sheet.name]
    stop = "。" if language == "zh" else "."
    lines = [f"# {sheet.heading(language)} ({sheet.heading(other)})", ""]
    lines += [f"[{_word('back', language)}]({INDEX}{end}) · "]
    lines[-1] += f"[{_word('other', language)}]({sheet.name}{ENDINGS[other]})"
    lines += ["", f"{sheet.description(language)}{stop}", ""]
    lines += [f"## {_word('when', language)}", "", guide[f"when_{language}"], ""]
    lines += [f"## {_word('rows', language)}", "", *_rows(sheet, language), ""]
    lines += [f"## {_word('columns', language)}", "", *_columns(sheet, language, rare=False)]
    if sheet.name == "Settings":
        lines += [_word("settings", language), ""]
    rare = _columns(sheet, language, rare=True)
    lines += [f"### {_word('rare', language)}", "", *rare] if rare else []
    lines += [f"## {_word('example', language)}", "", *_example(sheet, language)]
    lines += [f"## {_word('wrong', language)}", ""]
    for code in guide["faults"].split("|"):
        said = ("" if language == "zh" else " ").join(filter(None, parts(code, language)))
        colon = "：" if language == "zh" else ": "
        lines.append(f"- [`{code}`](../errors{end}#{code}){colon}{said}")
    return "\n".join([*lines, "", _word("made", language)]) + "\n"


def index(language: str) -> str:
    """Return the list of all sheets in ``en`` or ``zh`` as Markdown."""
    other = "zh" if language == "en" else "en"
    lines = [f"# {_word('index', language)}", ""]
    lines += [f"[{_word('other', language)}]({INDEX}{ENDINGS[other]})", ""]
    lines += [_word("about", language), ""]
    for level in ("core", "usual", "all"):
        rows = []
        for sheet in documented():
            if sheet.level == level:
                needed = [one.heading(language) for one in sheet.columns if one.required]
                link = f"[{sheet.heading(language)}]({sheet.name}{ENDINGS[language]})"
                gap = "、" if language == "zh" else ", "
                rows.append([link, sheet.description(language), gap.join(needed)])
        heads = [_word(name, language) for name in ("sheet", "for", "needed")]
        lines += [f"## {_word(level, language)}", "", *table_of(heads, rows)]
    later = [sheet for sheet in schema().inputs if sheet.status == "later"]
    rows = [[sheet.heading(language), sheet.description(language)] for sheet in later]
    heads = [_word(name, language) for name in ("sheet", "for")]
    lines += [f"## {_word('later', language)}", "", *table_of(heads, rows)]
    return "\n".join([*lines, _word("made", language)]) + "\n"


def pages() -> dict[str, str]:
    """Return the text of every file by its name in docs/sheets."""
    found = {}
    for language in LANGUAGES:
        found[f"{INDEX}{ENDINGS[language]}"] = index(language)
        for sheet in documented():
            found[f"{sheet.name}{ENDINGS[language]}"] = page(sheet, language)
    return found


if __name__ == "__main__":
    folder = HERE / "sheets"
    folder.mkdir(exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
