"""Every number of Summary, of the page and of the console is traced back to the sheets.

A workbook and a page are made by ``tierstock plan`` as a planner makes them. The sheets are read
again with code of their own, and each number shown is recomputed from them. A number that no rule
knows fails, so that whatever is shown anew has to be traced.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import Result
from column_walk import SHEETS
from commands import answer, run
from shown_plan import sheets
from small import tables
from traced_book import Book
from traced_drawn import READ, Drawn
from traced_front import Figures, FrontPage, console_faults, summary_faults
from traced_kpis import Traced
from traced_line import line_faults
from traced_page import Page, facts_of
from traced_paths import RULES
from traced_texts import Teller

import tierstock as ts
from tierstock.inputs.samples import sample
from tierstock.inputs.schema import LANGUAGES
from tierstock.outputs.alerts import Scene
from tierstock.outputs.bullwhip import bullwhip

Sheets = Mapping[str, pd.DataFrame]
DAY = pd.Timedelta(days=1)
CHROMIUM = Path("/usr/bin/chromium")


@dataclass
class Proof:
    """What a plan shows, and what of it could not be traced."""

    faults: list[str]
    summary: int
    front: int
    page: int
    teller: Teller
    facts: Any

    @property
    def said(self) -> int:
        """Numbers in sentences, of the first page and of the console."""
        return self.teller.count

    @property
    def told(self) -> str:
        """How many numbers were traced."""
        return (
            f"Summary {self.summary}, first page {self.front}, page {self.page}, "
            f"sentences {self.said}; not traced or wrong: {len(self.faults)}"
        )


def lengths(book: Book) -> tuple[list[float], str]:
    """Return the days of the periods and the first day, from RunInfo and Inventory."""
    info = book["RunInfo"].set_index("Item")["Value"]
    first, last = (
        pd.Timestamp(next(str(info[one]) for one in names if one in info))
        for names in (("First day", "首日"), ("Last day", "末日"))
    )
    if "Periods" in book.inputs:
        starts = [*pd.to_datetime(book.inputs["Periods"]["Start Date"]), last + DAY]
        return [(after - one) / DAY for one, after in pairwise(starts)], str(first)
    count = book["Inventory"]["Period"].nunique()
    if book.setting("bucket") in ("month", "月"):
        ends = pd.date_range(first, periods=count, freq="MS") + pd.offsets.MonthBegin(1)
        return [float(end.days_in_month) for end in ends - pd.offsets.MonthBegin(1)], str(first)
    days = ((last - first).days + 1) / count
    assert days == int(days)
    return [days] * count, str(first)


def proof(
    sheets: Sheets, folder: Path, language: str, before: bool = False, gap: str = "0"
) -> Proof:
    """Plan an input in a language and trace all that is shown."""
    source = folder / "input"
    source.mkdir(parents=True)
    for name, frame in sheets.items():
        frame.to_csv(source / f"{name}.csv", index=False)
    told = run("plan", source, "-o", folder, "--lang", language, "--gap", gap, "--json")
    assert told.exit_code == 0, told.output
    return prove(folder / "input.plan.xlsx", told, language, sheets if before else None)


def prove(plan: Path, told: Result, language: str, replayed: Sheets | None = None) -> Proof:
    """Trace a workbook, the page beside it and what was said."""
    book = Book(plan)
    traced = Traced(book, *lengths(book))
    other = None if replayed is None else baseline(book, replayed)
    teller = Teller(traced, language, other)
    sides = None if other is None else Figures(other.plain(), other.parted(), other.terms())
    faults, summary = summary_faults(teller, sides)
    front = FrontPage(teller, other is not None)
    lines = console_faults(teller, told.stderr) + line_faults(teller, answer(told), sides)
    facts = facts_of(plan.with_suffix(".html"))
    page, count = Page(facts, teller).faults(RULES)
    found = [*faults, *front.faults, *front.left, *lines, *page]
    return Proof(found, summary, front.all, count, teller, facts)


def baseline(book: Book, sheets: Sheets) -> Traced:
    """Return the sums over the sheets of the baseline, which only Python shows."""
    plan = ts.solve(ts.build(ts.read(dict(sheets))), gap=0.9, progress=False)
    made = dict(plan.baseline().tables)
    made["Bullwhip"] = bullwhip(Scene(plan.network, made))
    old = Book.__new__(Book)
    old.inputs, old.front = book.inputs, []
    blank = {name: frame.replace("", None) for name, frame in made.items()}
    info = book["RunInfo"]
    unknown = info["Item"].isin(["Objective", "目标值", "Bound", "下界"])
    old.sheets = {**blank, "RunInfo": info[~unknown]}
    return Traced(old, *lengths(book))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plan")


@pytest.fixture(scope="module")
def small(folder: Path) -> Proof:
    """A small plan in Chinese, with everything a page can show."""
    return proof(sheets(), folder, "zh")


def test_every_number_of_a_small_plan_is_traced(small: Proof) -> None:
    assert small.faults == []
    assert small.summary > 40 and small.front > 30 and small.page > 1000 and small.said > 50


def test_a_number_that_is_wrong_or_unknown_is_not_traced(small: Proof) -> None:
    teller, page = small.teller, small.facts
    assert teller.trace("期初 460；含在途货物") and not teller.trace("期初 461；含在途货物")
    assert not teller.trace("另有 7 条预警，其中高级 1 条，见“预警”。")
    assert not teller.trace("全网平均 3 天")
    assert console_faults(teller, "\n\n服务      按期满足率 82.0%；失销 46 件，期末欠交 1 件") != []
    for change in (
        {"summary": {**page["summary"], "value": [1, *page["summary"]["value"][1:]]}},
        {"places": {**page["places"], "stock": page["places"]["stock"] + 0.01}},
        {"speed": [1.0, 2.0]},
    ):
        faults, _ = Page(page | change, teller).faults(RULES)
        assert [one.split(":")[0].split(".")[0] for one in faults] == list(change)
    summary = teller.book["Summary"]
    teller.book.sheets["Summary"] = summary.assign(Value=summary["Value"] * 1.001)
    faults, _ = summary_faults(teller, None)
    assert len(faults) == (summary["Value"].fillna(0) != 0).sum()
    teller.book.sheets["Summary"] = summary.assign(KPI=summary["KPI"] + "?")
    assert len(summary_faults(teller, None)[0]) >= len(summary) - 1


NAMES = ("starter", "rebalancing", "quarter", "promotion", "medicine")


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_a_sample_is_traced(name: str, language: str, tmp_path: Path) -> None:
    made = sample(name, language)
    found = proof(made, tmp_path, language, before="Policy" in made, gap="5%")
    print(f"\n{name} {language}: {found.told}")
    assert found.faults == []


NETWORKS = (
    *("today", "priority_owed", "profit_owed", "vehicles", "cash_credit"),
    *("carbon_price", "ages", "dead_later", "substitute", "site_open", "setup", "rates_two_vans"),
    *("terminal_cancelled", "returns", "kits", "capital_soft", "fair_max_min", "move_value"),
)
"""Networks of the families: baseline, production, classes, profit, trips, cash, carbon, ages …"""


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NETWORKS)
def test_every_number_of_a_family_is_traced(name: str, language: str, tmp_path: Path) -> None:
    found = proof(tables(**SHEETS[name]), tmp_path, language, before=name == "today")
    print(f"\n{name} {language}: {found.told}")
    assert found.faults == []


def raised(cells: list[str]) -> list[str]:
    """Return a row of a table with another number in its last cell that has one."""
    numbers = [at for at, cell in enumerate(cells) if at and re.fullmatch(r"[-−\d,.]+", cell)]
    at = max(numbers, default=None)
    return [f"{cell}7" if place == at else cell for place, cell in enumerate(cells)]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["small", "today", "promotion", "medicine"])
def test_every_number_a_browser_shows_is_traced(name: str, language: str, tmp_path: Path) -> None:
    tool = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    given: dict[str, Sheets] = {"small": sheets(), "today": tables(**SHEETS["today"])}
    made = given.get(name) or sample(name, language)
    found = proof(made, tmp_path, language, before="Policy" in made, gap="5%")
    drawn = Drawn(Page(found.facts, found.teller), language)
    with tool.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((tmp_path / "input.plan.html").as_uri())
        page.wait_for_selector("html[data-ready=yes]")
        cards = page.evaluate(READ)
        faults = drawn.faults(cards)
        tabs = page.locator("#tables .tools button")
        for at in range(tabs.count()):
            tabs.nth(at).click()
            faults += drawn.faults([one for one in page.evaluate(READ) if one["id"] == "tables"])
        browser.close()
    for card in cards:
        rows = [raised(row) for row in card["rows"]]
        other = {**card, "text": f"{card['text']} 7,777", "rows": rows}
        assert rows == card["rows"] or drawn.faults([other]), card["id"]
    print(f"\n{name} {language}: {len(cards)} cards, {drawn.count} numbers; wrong: {len(faults)}")
    assert faults == []
