"""Writes docs/tables.md and docs/tables.zh.md from the schema.

Run ``python docs/make_tables.py`` after a change of the schema; a test compares the files.
"""

import csv
from importlib.resources import files
from pathlib import Path

from tierstock.inputs.schema import Column, Setting, Sheet, say, schema

NAMES = {"en": "tables.md", "zh": "tables.zh.md"}
"""File of each language."""

_WORDS = {
    "title": ("The tables", "数据表"),
    "made": (
        "Made from the schema by `python docs/make_tables.py`; do not edit by hand.",
        "由 `python docs/make_tables.py` 根据表结构生成，请勿手工修改。",
    ),
    "rules": ("Rules for all sheets", "通用规则"),
    "settings": ("Settings", "设置项"),
    "inputs": ("Input sheets", "输入表"),
    "outputs": ("Output sheets", "输出表"),
    "words": ("Words", "词汇"),
    "symbols": ("Symbols", "符号"),
    "set": ("set", "集合"),
    "parameter": ("data", "参数"),
    "variable": ("decision", "决策变量"),
    "kind": ("Kind", "类别"),
    "symbol": ("Symbol", "符号"),
    "name": ("Name in the program", "程序中的名称"),
    "stated": ("Columns", "对应的列"),
    "key": ("Key", "主键"),
    "sorted": ("Sorted by", "排序"),
    "aliases": ("Also called", "别名"),
    "required": ("required", "必填"),
    "optional": ("optional", "选填"),
    "later": (
        "Not planned by this version: leave it blank.",
        "本版本尚不支持，请留空。",
    ),
    "later_sheet": ("Not written by this version.", "本版本尚不输出。"),
    "later_values": ("Not yet", "尚不支持"),
    "column": ("Column", "列名"),
    "other": ("列名", "Column"),
    "setting": ("Setting", "设置项"),
    "other_setting": ("设置项", "Setting"),
    "type": ("Type", "类型"),
    "unit": ("Unit", "单位"),
    "default": ("Blank means", "空白即"),
    "meaning": ("Meaning", "含义"),
    "english": ("English", "英文"),
    "chinese": ("Chinese", "中文"),
    "accepted": ("Also accepted", "也可写作"),
}
_TYPES = {
    "text": "文本",
    "selector": "选择式",
    "number": "数值",
    "integer": "整数",
    "flag": "是/否",
    "date": "日期",
    "choice": "选项",
}
_RULES = {
    "en": (
        "Four sheets are enough: Locations, Products, Lanes, Demand. A missing or empty optional "
        "sheet means the default of its columns.",
        "Sheet and column names may be in English or Chinese, mixed in one workbook. Case, spaces, "
        "`_`, full-width forms and a unit in parentheses do not count.",
        "Row 1 holds the headings, data starts in row 2. A column or sheet whose name begins with "
        "`#` or `_` is left out on purpose; any other unknown name is an error with the nearest "
        "known one.",
        "Codes are text: `0012` stays `0012`. Blank is not 0 and not unlimited: it means what the "
        'column says under "Blank means".',
        "*selector*: a code, a group, a test (`Tier=RDC`, `Family=Tea`), or `*` for all; `,` = or, "
        "`;` = and, `!` = not. *flag*: Y or N. *date*: an Excel date or 2026-01-31.",
        "Demand may have periods as rows (columns Period and Quantity) or as columns, one per "
        "period.",
        "Every input sheet may have a Note column; it is not used.",
    ),
    "zh": (
        "只需四张表：地点、产品、运输线路、需求。其余表可缺可空，即取各列默认值。",
        "表名与列名可用英文或中文，也可混用；大小写、空格、`_`、全角和括号中的单位不计。",
        "第 1 行为表头，第 2 行起为数据。名称以 `#` 或 `_` 开头的列或表不读取；"
        "其他未知名称会报错，并给出最接近的名称。",
        "代码按文本处理：`0012` 仍是 `0012`。空白不等于 0，也不等于不限，其含义见“空白即”。",
        "*选择式*：代码、分组、条件（`层级=区域仓`、`品类=茶`）或表示全部的 `*`；"
        "`,` 为或，`;` 为且，`!` 为非。*是/否*：是或否。*日期*：Excel 日期或 2026-01-31。",
        "需求表的期间可作行（期间、数量两列），也可作列，每期一列。",
        "每张输入表都可有“备注”列，不参与计算。",
    ),
}


def _word(name: str, language: str) -> str:
    return _WORDS[name][language == "zh"]


def table_of(headings: list[str], rows: list[list[str]]) -> list[str]:
    """Return a Markdown table, and a blank line."""
    lines = ["| " + " | ".join(headings) + " |", "|" + " --- |" * len(headings)]
    for row in rows:
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
    return [*lines, ""]


def type_of(item: Column | Setting, language: str) -> str:
    """Return the type of a column or setting, with its choices."""
    kind = _TYPES[item.type] if language == "zh" else item.type
    if not item.choices:
        return kind
    words = " / ".join(say(choice, language) for choice in item.choices)
    return f"{kind}: {words}"


def default_of(item: Column | Setting, language: str) -> str:
    """Return what a blank cell means."""
    literal = item.type in ("number", "integer") and item.default[:1].isdigit()
    return item.default if literal else say(item.default, language)


def meaning_of(item: Column | Setting, language: str, later: str = "later") -> str:
    """Return the meaning of a column or setting, and what of it is not planned yet."""
    text = item.description(language) + ("。" if language == "zh" else ".")
    if item.status == "later":
        return f"{text} **{_word(later, language)}**"
    if item.later_choices:
        words = ", ".join(say(choice, language) for choice in item.later_choices)
        return f"{text} **{_word('later_values', language)}: {words}**"
    return text


def _other(item: Column | Setting | Sheet, language: str) -> str:
    return item.heading("en" if language == "zh" else "zh")


def _sheet(sheet: Sheet, language: str) -> list[str]:
    is_input = sheet.kind == "input"
    lines = [f"### {sheet.heading(language)} ({_other(sheet, language)})", ""]
    use = [f"{sheet.description(language)}{'。' if language == 'zh' else '.'}"]
    if is_input:
        use.append(f"*{_word('required' if sheet.required else 'optional', language)}*")
    if sheet.status == "later":
        use.append(f"**{_word('later' if is_input else 'later_sheet', language)}**")
    names = ", ".join(sheet.column(name).heading(language) for name in sheet.key)
    lines += [" ".join(use), "", f"{_word('key' if is_input else 'sorted', language)}: {names}"]
    if sheet.aliases:
        lines += ["", f"{_word('aliases', language)}: {', '.join(sheet.aliases)}"]
    headings = ["column", "other", "type", "unit", "default", "meaning"]
    if not is_input:
        headings.remove("default")
    rows = []
    for column in sheet.columns:
        unit = say(column.unit, language, kind="unit") if column.unit else ""
        row = [
            column.heading(language),
            _other(column, language),
            type_of(column, language),
            unit,
        ]
        if is_input:
            needed = f"**{_word('required', language)}**"
            row.append(needed if column.required else default_of(column, language))
        rows.append([*row, meaning_of(column, language, "later" if is_input else "later_sheet")])
    return [*lines, "", *table_of([_word(name, language) for name in headings], rows)]


def _settings(language: str) -> list[str]:
    headings = ["setting", "other_setting", "type", "unit", "default", "meaning"]
    rows = [
        [
            setting.heading(language),
            _other(setting, language),
            type_of(setting, language),
            say(setting.unit, language, kind="unit") if setting.unit else "",
            default_of(setting, language),
            meaning_of(setting, language),
        ]
        for setting in schema().settings
    ]
    return table_of([_word(name, language) for name in headings], rows)


def _dictionary(language: str) -> list[str]:
    listed = [word for word in schema().words if word.kind not in ("unit", "default", "group")]
    rows = [[word.word, word.zh, ", ".join(word.aliases)] for word in listed]
    return table_of([_word(name, language) for name in ("english", "chinese", "accepted")], rows)


def _symbols(language: str) -> list[str]:
    headings = ["kind", "symbol", "name", "meaning", "unit", "stated"]
    text = files("tierstock.inputs").joinpath("nomenclature.csv").read_text(encoding="utf-8")
    rows = []
    for row in csv.DictReader(text.splitlines()):
        columns = [_address(place, language) for place in row["columns"].split("|") if place]
        symbol = f"`{row['symbol']}`" if row["symbol"] else ""
        unit = say(row["unit"], language, kind="unit")
        kind = _word(row["kind"], language)
        rows.append([kind, symbol, f"`{row['name']}`", row[language], unit, ", ".join(columns)])
    return table_of([_word(name, language) for name in headings], rows)


def _address(place: str, language: str) -> str:
    sheet, column = place.split(".", 1)
    found = schema().sheet(sheet)
    return f"{found.heading(language)}.{found.column(column).heading(language)}"


def render(language: str) -> str:
    """Return the table documentation in ``en`` or ``zh`` as Markdown."""
    lines = [f"# {_word('title', language)}", "", _word("made", language), ""]
    lines += [f"## {_word('rules', language)}", ""]
    lines += [*(f"- {rule}" for rule in _RULES[language]), ""]
    lines += [f"## {_word('settings', language)}", "", *_settings(language)]
    lines += [f"## {_word('inputs', language)}", ""]
    for sheet in schema().inputs:
        lines += _sheet(sheet, language)
    lines += [f"## {_word('outputs', language)}", ""]
    for sheet in schema().outputs:
        lines += _sheet(sheet, language)
    lines += [f"## {_word('words', language)}", "", *_dictionary(language)]
    lines += [f"## {_word('symbols', language)}", "", *_symbols(language)]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    for language, name in NAMES.items():
        (Path(__file__).parent / name).write_text(render(language), encoding="utf-8", newline="\n")
