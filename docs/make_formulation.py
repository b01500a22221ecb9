"""Writes docs/formulation.md and docs/formulation.zh.md from the docstrings of the families.

Run ``python docs/make_formulation.py`` after a change of a docstring; a test compares the files.
The English text is that of the docstrings. ``formulation_zh.csv`` holds the Chinese of every
paragraph, meaning, unit and word in a formula; ``--missing`` prints what is not there yet.
"""

import argparse
import ast
import csv
import importlib.util
import inspect
import re
import sys
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

from tierstock.inputs.schema import say, schema
from tierstock.model.constraints import FAMILIES
from tierstock.model.strengthening import STRENGTHENING

HERE = Path(__file__).resolve().parent
NAMES = {"en": "formulation.md", "zh": "formulation.zh.md"}
"""File of each language."""

_WORDS = {
    "title": ("tierstock: the formulation", "tierstock：数学模型"),
    "made": (
        "Made from the docstrings of `model/` by `python docs/make_formulation.py`; do not edit "
        "by hand.",
        "由 `python docs/make_formulation.py` 根据 `model/` 的文档字符串生成，请勿手工修改。",
    ),
    "conventions": ("Conventions", "约定"),
    "notation": ("Notation", "符号"),
    "set": ("Sets", "集合"),
    "parameter": ("Data", "参数"),
    "variable": ("Decisions", "决策变量"),
    "objective": ("Objective", "目标函数"),
    "families": ("Variables and constraints", "变量与约束"),
    "strength": ("Strengthening", "模型加强"),
    "index": ("Families, sheets and results", "约束族、输入表与结果表"),
    "sign": ("Sign", "符号"),
    "code": ("In the program", "程序中的名称"),
    "meaning": ("Meaning", "含义"),
    "unit": ("Unit", "单位"),
    "columns": ("Sheet and column", "表与列"),
    "term": ("Cost term", "费用项"),
    "stated": ("Stated by", "所在约束族"),
    "source": ("Source", "文献"),
    "sheets": ("Sheets", "输入表"),
    "family": ("Family", "约束族"),
    "inputs": ("Input sheets", "输入表"),
    "outputs": ("Result sheets", "结果表"),
    "when": ("Switched on by", "启用条件"),
}


def _sibling(name: str) -> ModuleType:
    """Load a file beside this one, however this one was loaded."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", HERE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    spec.loader.exec_module(module)
    return module


docstrings = _sibling("docstrings")
formulas = _sibling("formulas")


class Page:
    """One language of the formulation, built up line by line.

    Attributes:
        missing: English phrases without Chinese that were met; used: phrases that were.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.lines: list[str] = []
        self.missing: dict[str, None] = {}
        self.used: set[str] = set()
        self._zh = chinese()
        self._columns = nomenclature()

    def word(self, name: str) -> str:
        """Return a word of the page itself."""
        return _WORDS[name][self.language == "zh"]

    def say(self, english: str) -> str:
        """Return a phrase of a docstring in the language of the page."""
        if self.language == "en" or not re.search("[A-Za-z]{2}", english):
            return english
        self.used.add(english)
        if english not in self._zh:
            self.missing[english] = None
        return self._zh.get(english, english)

    def unit(self, english: str) -> str:
        """Return a unit; those of the schema have their Chinese there."""
        if self.language == "en":
            return english
        known = {one.word: one.zh for one in schema().words if one.kind == "unit"}
        return known[english] if english in known else self.say(english)

    def heading(self, level: int, text: str) -> None:
        """Add a heading."""
        self.lines += [f"{'#' * level} {text}", ""]

    def text(self, english: str) -> None:
        """Add a paragraph of a docstring."""
        self.lines += [self.inline(self.say(english)), ""]

    @staticmethod
    def inline(text: str) -> str:
        """Turn the marks of a docstring into those of Markdown."""
        found = re.sub(r":math:`([^`]+)`", lambda one: f"${formulas.typeset(one[1])}$", text)
        return re.sub(r"``([^`]+)``", r"`\1`", found)

    def math(self, formula: str) -> None:
        """Add a formula; its words are spoken in the language of the page."""

        def spoken(found: re.Match[str]) -> str:
            text = found[1]
            before = text[: len(text) - len(text.lstrip())]
            after = text[len(text.rstrip()) :]
            return f"\\text{{{before}{self.say(text.strip())}{after}}}"

        words = [
            re.sub(r"\\text\{([^}]*)\}", spoken, line) for line in formulas.whole_lines(formula)
        ]
        if len(words) > 1:
            inner = " \\cr\n& \\quad ".join(map(formulas.safe, words))
            words = [f"\\begin{{aligned}}\n& {inner}\n\\end{{aligned}}"]
        self.lines += ["$$", *map(formulas.typeset, words), "$$", ""]

    def table(self, headings: list[str], rows: list[list[str]]) -> None:
        """Add a table."""
        self.lines.append("| " + " | ".join(self.word(one) for one in headings) + " |")
        self.lines.append("|" + " --- |" * len(headings))
        for row in rows:
            cells = (cell if cell.startswith("$") else cell.replace("|", "\\|") for cell in row)
            self.lines.append("| " + " | ".join(cells) + " |")
        self.lines.append("")

    def columns(self, code: str) -> str:
        """Return sheets and columns that state what a name in the program holds."""
        found: list[str] = []
        for name in re.findall(r"``([^`]+)``", code):
            short = re.sub(r"^(net|m)\.", "", name.strip())
            found += self._columns.get(short, [])
        return self.listed(map(self.address, dict.fromkeys(found)))

    def address(self, place: str) -> str:
        """Return ``Sheet.Column`` in the language of the page."""
        sheet, column = place.split(".", 1)
        known = schema().sheet(sheet)
        heading = known.heading(self.language)
        return f"{heading}.{known.column(column).heading(self.language)}"

    def sheets(self, names: str) -> str:
        """Return ``Sheet (Column, Column), Sheet`` in the language of the page."""
        found = []
        for name, columns in sheet_names(names):
            sheet = schema().sheet(name)
            heading = sheet.heading(self.language)
            inside = [self._column(name, column) for column in columns]
            found.append(f"{heading} ({self.listed(inside)})" if inside else heading)
        return self.listed(found)

    def listed(self, words: Iterable[str]) -> str:
        """Return words one after the other."""
        return ("、" if self.language == "zh" else ", ").join(words)

    def note(self, name: str, text: str) -> str:
        """Return ``Name: text.`` as a line of its own."""
        colon, stop = ("：", "。") if self.language == "zh" else (": ", ".")
        return f"{self.word(name)}{colon}{text}{stop}"

    def _column(self, sheet: str, words: str) -> str:
        if sheet == "Settings":
            return schema().setting(words).heading(self.language)
        name, equals, value = words.partition(" = ")
        heading = schema().sheet(sheet).column(name).heading(self.language)
        return heading + equals + (say(value, self.language) if equals else "")


def sheet_names(names: str) -> list[tuple[str, list[str]]]:
    """Split ``Sheet (Column, Column), Sheet`` into sheets and their columns."""
    parts = re.findall(r"(\w+)(?: \(([^)]*)\))?", names)
    return [(sheet, columns.split(", ") if columns else []) for sheet, columns in parts]


def chinese() -> dict[str, str]:
    """Return the Chinese of every phrase."""
    with (HERE / "formulation_zh.csv").open(encoding="utf-8", newline="") as file:
        return {row["english"]: row["chinese"] for row in csv.DictReader(file)}


def nomenclature() -> dict[str, list[str]]:
    """Return the columns that state each array or variable of the program."""
    with (HERE / "formulation_columns.csv").open(encoding="utf-8", newline="") as file:
        rows = [*symbols(), *csv.DictReader(file)]
    return {row["name"]: [one for one in row["columns"].split("|") if one] for row in rows}


def symbols() -> list[dict[str, str]]:
    """Return the rows of the nomenclature."""
    text = files("tierstock.inputs").joinpath("nomenclature.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def index() -> list[dict[str, str]]:
    """Return the rows of the index of families."""
    with (HERE / "formulation_index.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cost_terms() -> dict[str, list[str]]:
    """Return for each cost term the titles of the families that state it, in order."""
    found: dict[str, list[str]] = {}
    for family in dict.fromkeys(map(inspect.getmodule, FAMILIES)):
        assert family is not None
        tree = ast.parse(inspect.getsource(family))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            target = call.func
            charges = (
                isinstance(target, ast.Attribute)
                and isinstance(target.value, ast.Attribute)
                and target.value.attr == "costs"
                and target.attr in ("add", "add_constant")
            )
            if charges:
                titles = found.setdefault(ast.literal_eval(call.args[0]), [])
                title = (inspect.getdoc(family) or "").split("\n")[0]
                titles += [] if title in titles else [title]
    return found


def _short(page: Page, title: str) -> str:
    """Return the part of a title before its colon, in the language of the page."""
    return re.split(": |：", page.say(title.removesuffix(".")))[0]


def _family(page: Page, number: str, add: Callable[..., Any]) -> None:
    family = docstrings.read_family(add)
    _heading(page, number, family.title)
    _body(page, family)
    page.lines += ["  \n".join([f"`{family.name}`", *_notes(page, family)]), ""]


def _heading(page: Page, number: str, title: str) -> None:
    """Add a heading, and what a title says after its colon below it."""
    short = _short(page, title)
    page.heading(3, f"{number} {short[:1].upper()}{short[1:]}")
    about = page.say(title.removesuffix(".")).removeprefix(short).lstrip(":： ")
    if about:
        page.lines += [f"*{about}*", ""]


def _body(page: Page, family: Any) -> None:
    for part in family.parts:
        if part.kind == "text":
            page.text(part.text)
        elif part.kind == "math":
            page.math(part.text)
        else:
            _signs(page, part.signs)


def _notes(page: Page, family: Any) -> list[str]:
    """Return the lines of sources and sheets."""
    notes = [page.note("source", family.source)] if family.source else []
    return notes + ([page.note("sheets", page.sheets(family.sheets))] if family.sheets else [])


def _signs(page: Page, signs: tuple[Any, ...]) -> None:
    rows = [
        [
            formulas.symbol(one.sign),
            page.inline(page.say(one.code) if "``" not in one.code else one.code),
            page.say(one.meaning),
            page.unit(one.unit),
            page.columns(one.code),
        ]
        for one in signs
    ]
    page.table(["sign", "code", "meaning", "unit", "columns"], rows)


def _notation(page: Page) -> None:
    for kind in ("set", "parameter", "variable"):
        page.lines += [f"**{page.word(kind)}**", ""]
        rows = [
            [
                f"${formulas.typeset(row['symbol'])}$" if row["symbol"] else "",
                f"`{row['name']}`",
                row[page.language],
                say(row["unit"], page.language, kind="unit"),
                page.listed(page.address(one) for one in row["columns"].split("|") if one),
            ]
            for row in symbols()
            if row["kind"] == kind
        ]
        page.table(["sign", "code", "meaning", "unit", "columns"], rows)


def _objective(page: Page) -> None:
    from tierstock.model import levels, objective

    costs, order = docstrings.read_module(objective), docstrings.read_module(levels)
    page.text(costs.title)
    _body(page, costs)
    rows = [
        [say(term, page.language), page.listed(dict.fromkeys(_short(page, one) for one in titles))]
        for term, titles in cost_terms().items()
    ]
    page.table(["term", "stated"], rows)
    page.lines += ["  \n".join(_notes(page, costs)), ""]
    _heading(page, "3.1", order.title)
    _body(page, order)
    page.lines += ["  \n".join([f"`{order.name}`", *_notes(page, order)]), ""]


def _index(page: Page) -> None:
    sheets: dict[str, list[str]] = {}
    for add in FAMILIES:
        family = docstrings.read_family(add)
        for one in re.findall(r"F\d+", family.title):
            names = [name for name, _ in sheet_names(family.sheets)]
            sheets[one] = list(dict.fromkeys(sheets.get(one, []) + names))
    rows = []
    for row in index():
        inputs = row["inputs"].split("|") if row["inputs"] else sheets.get(row["family"], [])
        spoken = [
            page.listed(schema().sheet(one).heading(page.language) for one in names if one)
            for names in (inputs, row["outputs"].split("|"))
        ]
        name = f"{row['family']} {row[page.language]}"
        rows.append([name, *spoken, row[f"when_{page.language}"]])
    page.table(["family", "inputs", "outputs", "when"], rows)


def page_of(language: str) -> Page:
    """Return the formulation in ``en`` or ``zh``."""
    import tierstock.model

    page = Page(language)
    page.heading(1, page.word("title"))
    page.lines += [page.word("made"), ""]
    page.heading(2, f"1 {page.word('conventions')}")
    for part in docstrings.read_parts(inspect.getdoc(tierstock.model) or ""):
        page.text(part.text)
    page.heading(2, f"2 {page.word('notation')}")
    _notation(page)
    page.heading(2, f"3 {page.word('objective')}")
    _objective(page)
    for number, (name, adds) in enumerate(
        (("families", FAMILIES), ("strength", STRENGTHENING)), start=4
    ):
        page.heading(2, f"{number} {page.word(name)}")
        for at, add in enumerate(adds, start=1):
            _family(page, f"{number}.{at}", add)
    page.heading(2, f"6 {page.word('index')}")
    _index(page)
    return page


def render(language: str) -> str:
    """Return the formulation in ``en`` or ``zh`` as Markdown."""
    return "\n".join(page_of(language).lines).rstrip() + "\n"


def main() -> None:
    """Write both files, or print the phrases that have no Chinese."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missing", action="store_true", help="print phrases without Chinese")
    if parser.parse_args().missing:
        csv.writer(sys.stdout).writerows([one, ""] for one in page_of("zh").missing)
        return
    for language, name in NAMES.items():
        (HERE / name).write_text(render(language), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
