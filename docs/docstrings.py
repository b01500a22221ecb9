"""Reads the docstring of a constraint family: formulas, table of signs, text, sources, sheets."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any


@dataclass(frozen=True)
class Sign:
    """One line of a table of signs."""

    sign: str
    code: str
    meaning: str
    unit: str


@dataclass(frozen=True)
class Part:
    """One piece of a docstring: ``text``, ``math`` (line by line) or ``signs``."""

    kind: str
    text: str = ""
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True)
class Family:
    """What the docstrings of a family say.

    Attributes:
        title: first line of the module, e.g. ``F5 safety stock: keep the target ...``.
        name: name in the program, e.g. ``safety_stock.add``.
        parts: the docstring of the function in order.
        source: literature, blank where none is named.
        sheets: sheets and columns, e.g. ``Capacity, Products (Weight, Zone)``.
    """

    title: str
    name: str
    parts: tuple[Part, ...]
    source: str
    sheets: str


ENDING = re.compile(r"\b(Sources?|Sheets?): ")
DESIGN = re.compile(r" \((?:mathematics|tables\.md|rulings?|C\.\d)[^)]*\)|, rulings? \d+(?=\))")
"""Notes for those who work on the code, which a reader of the page has no use for."""


def read_family(add: Callable[..., Any]) -> Family:
    """Return what the docstrings of a family's function and module say."""
    title = inspect.getdoc(inspect.getmodule(add)) or ""
    name = f"{add.__module__.rsplit('.', 1)[1]}.{add.__name__}"
    return _family(title, name, inspect.getdoc(add) or "")


def read_module(module: ModuleType) -> Family:
    """Return what the docstring of a module says, its first line as the title."""
    title, _, rest = (inspect.getdoc(module) or "").partition("\n")
    return _family(DESIGN.sub("", title), module.__name__.rsplit(".", 1)[1], rest)


def _family(title: str, name: str, doc: str) -> Family:
    parts, notes = [], {"Source": "", "Sheet": ""}
    for part in read_parts(doc):
        if part.kind != "text":
            parts.append(part)
            continue
        text, *rest = ENDING.split(part.text)
        for word, note in zip(rest[::2], rest[1::2], strict=True):
            notes[word.removesuffix("s")] = note.strip().removesuffix(".")
        if text.strip():
            parts.append(Part("text", text.strip()))
    return Family(title.split("\n")[0], name, tuple(parts), notes["Source"], notes["Sheet"])


def read_parts(doc: str) -> list[Part]:
    """Split a docstring into paragraphs, formulas and tables of signs."""
    blocks: list[list[str]] = [[]]
    formula = False
    for line in doc.splitlines():
        if line.strip() == ".. math::" or line.strip().startswith(".. math:: "):
            formula = True
            blocks += [["math"], *([[line.split("::")[1]]] if line.strip()[9:] else [])]
        elif not line.strip():
            blocks.append([])
        else:
            if formula and not line.startswith(" "):
                formula = False
            blocks[-1].append(f"\0{line}" if formula else line)
    return [_part(block) for block in blocks if block and block != ["math"]]


def _part(block: list[str]) -> Part:
    if block[0].startswith(("\0", " ")) or block[0] == "math":
        lines = [line.lstrip("\0").strip() for line in block if line != "math"]
        return Part("math", "\n".join(lines))
    if set(block[0]) <= {"=", " "}:
        return Part("signs", signs=tuple(_signs(block)))
    return Part("text", DESIGN.sub("", " ".join(line.strip() for line in block)))


def _signs(block: list[str]) -> list[Sign]:
    """Read a simple table; a line whose first cell is blank goes on with the one above."""
    starts = [found.start() for found in re.finditer("=+", block[0])]
    ends = [*starts[1:], None]
    rows: list[list[str]] = []
    for line in block[3:-1]:
        cells = [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
        if cells[0] or not rows:
            rows.append(cells)
        else:
            rows[-1] = [f"{one} {more}".strip() for one, more in zip(rows[-1], cells, strict=True)]
    return [Sign(*(DESIGN.sub("", cell) for cell in (row + [""] * 4)[:4])) for row in rows]
