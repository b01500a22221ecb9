"""Two small plans to hold against each other: results workbooks by hand, and as CSV files."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from by_hand import decisions, facts, network
from commands import write_folder

from tierstock.outputs.run_info import run_info
from tierstock.outputs.tables import build_tables
from tierstock.outputs.workbook import write_workbook

COPIES = {
    "Locations": pd.DataFrame({"Location": ["CDC", "R1", "R2", "SUP"]}),
    "Products": pd.DataFrame({"Product": ["A", "B"]}),
}


def friday() -> dict[str, pd.DataFrame]:
    """The decisions by hand, but the transfer leaves in two parts and two units more are served."""
    changed = decisions()
    flow, lost = changed["flow"], changed["lost"]
    flow.loc[flow["goods"] == 4, "value"] = [4.0, 6.0, 0.0]
    lost.loc[lost["stream"] == 1, "value"] = [0.0, 0.0, 1.5]
    return changed


def write_plan(path: Path, language: str = "en", later: bool = False, source: str = "00ff") -> Path:
    """Write the results workbook of the plan by hand, or of the one of Friday."""
    path.write_bytes(_book(language, later, source))
    return path


@cache
def _book(language: str, later: bool, source: str) -> bytes:
    how = facts(input_hash=source)
    if later:
        how = replace(how, objective=2757.6, bound=2750.0, gap=0.003)
    tables = build_tables(network(), friday() if later else decisions(), how)
    with TemporaryDirectory() as folder:
        book = Path(folder) / "plan.xlsx"
        write_workbook(book, {**tables, "RunInfo": run_info(how)}, language, COPIES, how)
        return book.read_bytes()


HEADS = {
    "en": (
        "KPI,Value,Unit",
        "Item,Value",
        "Kind,From,To,Mode,Product,Ship Period,Quantity,Value (CNY)",
    ),
    "zh": (
        "指标,取值,单位",
        "项目,取值",
        "类别,起点,终点,方式,产品,发运期,数量 (件),金额 (万 CNY)",
    ),
}
SHEETS = {
    "en": ("Summary", "RunInfo", "Shipments", "In Locations", "In Products"),
    "zh": ("总览", "运行信息", "调拨与补货计划", "输入 地点", "输入 产品"),
}
ITEMS = {
    "en": ("Currency", "First day", "Last day", "Model", "Quality"),
    "zh": ("币种", "首日", "末日", "模型", "质量"),
}


def write_results(
    folder: Path,
    figures: Sequence[str],
    moves: Sequence[str] = (),
    language: str = "en",
    **facts: Any,
) -> Path:
    """Write results as CSV files.

    Args:
        folder: where.
        figures: rows of Summary: name, value.
        moves: rows of Shipments: kind, from, to, mode, product, period, quantity, value.
        language: of sheets, headings and items.
        facts: currency, first, last; locations and products as lists of codes.
    """
    folder.parent.mkdir(exist_ok=True)
    told = {"currency": "CNY", "first": "2026-01-05", "last": "2026-01-25", **facts}
    values = (told["currency"], told["first"], told["last"], "Small", "")
    info = [f"{item},{value}" for item, value in zip(ITEMS[language], values, strict=True)]
    codes = {name: told.get(name, ["DC", "S1"]) for name in ("locations", "products")}
    titles = SHEETS[language]
    bodies = (
        [HEADS[language][0], *(f"{row}," for row in figures)],
        [HEADS[language][1], *info],
        [HEADS[language][2], *moves],
        ["Location", *codes["locations"]],
        ["Product", *codes["products"]],
    )
    return write_folder(folder, **dict(zip(titles, bodies, strict=True)))
