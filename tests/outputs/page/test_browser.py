"""The page in a browser: it asks for nothing, complains of nothing, and does what it is told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from shown_plan import shown
from small import demand, tables

import tierstock as ts
from tierstock.inputs.schema import LANGUAGES
from tierstock.outputs.page import write_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}")


class Seen:
    """A page that was opened, and what it asked for and complained of meanwhile."""

    def __init__(self, browser: "Browser", file: Path, width: int) -> None:
        context = browser.new_context(
            offline=True, viewport={"width": width, "height": 900}, locale="en-US"
        )
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda fault: self.said.append(str(fault)))
        self.page.goto(file.as_uri())
        self.page.wait_for_selector("html[data-ready=yes]")

    def text(self, selector: str) -> str:
        return self.page.inner_text(selector)

    def click_on(self, box: str, across: float, down: float) -> None:
        """Click into a drawing; shares of its width and height."""
        size = self.page.locator(box).bounding_box()
        assert size is not None
        at: Any = {"x": size["width"] * across, "y": size["height"] * down}
        self.page.locator(box).click(position=at)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with sync_api.sync_playwright() as tool:
        made = tool.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plan = shown()
    target = tmp_path_factory.mktemp("page") / "small.plan.html"
    write_page(target, plan.net, plan.spoken, plan.facts, "en")
    return target


@pytest.fixture(scope="module")
def seen(browser: "Browser", file: Path) -> Seen:
    return Seen(browser, file, 1280)


CARDS = (
    *("headlines", "flows", "stock", "capital", "service", "balance", "cost", "limits"),
    *("promotions", "life", "tables"),
)


def test_every_card_of_the_plan_is_there_and_drawn(seen: Seen) -> None:
    drawn = "[...document.querySelectorAll('.card')].map((one) => one.id)"
    empty = """[...document.querySelectorAll('.card .chart')].filter((box) =>
        ![...box.querySelectorAll('canvas')].some((canvas) => canvas.getContext('2d')
            .getImageData(0, 0, canvas.width, canvas.height).data.some((one) => one))).length"""

    assert tuple(seen.page.evaluate(drawn)) == CARDS
    assert seen.page.locator(".card .chart").count() == 8
    assert seen.page.evaluate(empty) == 0


def test_headlines_are_the_figures_of_summary(seen: Seen) -> None:
    value = shown().tables["Summary"].set_index("KPI")["Value"]
    told = seen.text("#headlines")

    assert f"{value['Total cost']:,.0f} CNY" in told
    assert f"{value['Fill rate (units)']:.1%}" in told
    assert f"{value['Capital tied up (end)']:,.0f}" in told


def test_a_filter_holds_for_the_whole_page(seen: Seen) -> None:
    rows = shown().tables["Service"]
    south = rows[rows["Location"] == "SHOP-S"]
    whole = seen.text("#cost .note")
    seen.page.get_by_label("Region").select_option("South")
    told, scope, left = seen.text("#headlines"), seen.text("#scope"), seen.text("#cost .note")
    seen.page.get_by_role("button", name="Shortages").click()
    places = seen.page.locator("#tables tbody td:first-child").all_inner_texts()
    seen.page.get_by_label("Region").select_option("all")

    assert f"{south['On Time'].sum() / south['Demand'].sum():.1%}" in told
    assert "whole network" in told  # the gap is that of the whole plan
    assert scope == "1 of 4 places shown"
    assert left != whole
    assert set(places) == {"SHOP-S"}


def test_places_without_demand_are_not_told_that_all_is_served(seen: Seen) -> None:
    note, drawing = "#service .note", seen.page.locator("#service .chart:visible")
    before = seen.text(note), drawing.count()
    seen.page.get_by_label("Region").select_option("North")
    seen.page.get_by_label("Channel").select_option("web")
    told = seen.text(note), drawing.count()
    seen.page.get_by_label("Region").select_option("all")
    seen.page.get_by_label("Channel").select_option("all")

    assert told == ("No demand at the places shown.", 0)
    assert (seen.text(note), drawing.count()) == before


def test_the_slider_picks_a_period(seen: Seen) -> None:
    slider = seen.page.get_by_label("Period").and_(seen.page.locator("input[type=range]"))
    assert seen.text(".when") == "whole horizon"
    slider.focus()
    seen.page.keyboard.press("ArrowRight")
    told, note = seen.text(".when"), seen.text("#flows .note")
    seen.page.keyboard.press("ArrowLeft")

    assert told.startswith("2026-W02")
    assert "3 of 3 flows" in note or "2 of 2 flows" in note


def test_a_cell_of_the_heat_map_opens_its_place(seen: Seen) -> None:
    seen.click_on("#service .chart", 0.15, 0.4)  # the worst place comes first
    title = seen.text("dialog h2")
    seen.page.get_by_label("Product").select_option("NUT")
    table = seen.text("dialog table")
    seen.page.keyboard.press("Escape")

    assert title == "SHOP-S"
    rows = shown().tables["Service"]
    nuts = rows[(rows["Location"] == "SHOP-S") & (rows["Product"] == "NUT")]
    first = next(line for line in table.splitlines() if line.startswith("2026-W02"))
    assert f"{nuts['Demand'].iloc[0]:.0f}" in first.split("\t")
    assert seen.page.locator("dialog[open]").count() == 0


def test_tables_are_searched_and_sorted(seen: Seen) -> None:
    seen.page.get_by_role("button", name="Top moves").click()
    seen.page.get_by_label("Search in Top moves").fill("transfer shop")
    found = seen.page.locator("#tables tbody tr").all_inner_texts()
    seen.page.get_by_label("Search in Top moves").fill("")
    seen.page.get_by_role("button", name="Quantity").click()
    head = seen.page.locator("#tables th[aria-sort=descending]").inner_text()
    cells = seen.page.locator("#tables tbody td:nth-child(8)").all_inner_texts()

    assert len(found) == 1 and "SHOP-N" in found[0]
    assert head.startswith("Quantity")
    assert [float(one) for one in cells] == sorted(map(float, cells), reverse=True)


def test_the_language_is_switched_in_the_page(seen: Seen) -> None:
    seen.page.get_by_role("button", name="中文").click()
    heads, language = seen.text("#service h2"), seen.page.get_attribute("html", "lang")
    moves, cost = seen.text("#tables thead"), seen.text("#headlines")
    focus = seen.page.evaluate("document.activeElement.textContent")
    seen.page.get_by_role("button", name="English").click()

    assert (heads, language) == ("缺货热力图", "zh-CN")
    assert "总成本" in cost and "到达日" in moves
    assert focus == "中文"
    assert seen.text("#service h2") == "Who runs short"


def test_the_keyboard_stays_at_the_control_in_use(seen: Seen) -> None:
    told = []
    for control in ("#stock .choice button >> nth=1", "#tables thead button >> nth=2"):
        seen.page.locator(control).focus()
        seen.page.keyboard.press("Enter")
        now = seen.page.evaluate("document.activeElement.textContent")
        told.append(now == seen.page.locator(control).inner_text())
    seen.page.locator("#stock .choice button >> nth=0").click()

    assert told == [True, True]


def test_everything_is_reached_by_keyboard_in_order(seen: Seen) -> None:
    seen.page.focus(".skip")
    told = []
    for _ in range(5):
        told.append(seen.page.evaluate("document.activeElement.tagName"))
        seen.page.keyboard.press("Tab")
    named = seen.page.evaluate(
        """[...document.querySelectorAll('button, select, input, figure')].filter((one) =>
            !(one.textContent || one.ariaLabel || one.closest('label'))).length"""
    )

    assert told == ["A", "SELECT", "SELECT", "SELECT", "BUTTON"]
    assert named == 0


def test_a_baseline_and_alerts_appear_where_the_plan_has_them(
    browser: "Browser", tmp_path: Path
) -> None:
    plan, target = shown(), tmp_path / "more.plan.html"
    summary = plan.tables["Summary"]
    summary = summary.assign(Baseline=summary["Value"] * 1.25)
    place = {"Location": ["SHOP-S"], "Product": ["NUT"], "Period": ["2026-W02"]}
    alerts = pd.DataFrame({"Level": ["high"], **place, "Suggestion": ["Ship <b>more</b>"]})
    costs = plan.tables["Costs"]
    earned = costs.head(1).assign(Amount=-5000.0)
    earned["Cost Bucket"] = "revenue"
    tables = {**plan.tables, "Summary": summary, "Alerts": alerts}
    tables["Costs"] = pd.concat([costs, earned], ignore_index=True)
    facts = replace(plan.facts, baseline="previous plan")
    write_page(target, plan.net, dict.fromkeys(LANGUAGES, tables), facts, "en")
    more = Seen(browser, target, 1280)
    more.page.locator("#cost summary").click()
    steps = [line.split("\t") for line in more.text("#cost table").splitlines()]
    more.page.get_by_label("Region").select_option("South")
    some = [line.split("\t")[-1] for line in more.text("#cost table").splitlines()]
    more.page.get_by_label("Region").select_option("all")
    more.page.get_by_role("button", name="Key figures").click()
    more.page.get_by_label("Search in Key figures").fill("Fill rate (units)")
    shares = more.page.locator("#tables tbody td").all_inner_texts()
    fill = summary.set_index("KPI").loc["Fill rate (units)"]

    told = f"▼ −20.0% vs the previous plan {summary['Baseline'][0]:,.0f}"
    assert told in more.text("#headlines")
    assert "0" not in some  # terms that these places have nothing of are not listed
    assert "Ship <b>more</b>" in more.text("#alerts")
    assert (steps[1][0], steps[-1][0]) == ("Previous plan", "Plan")
    assert steps[-1][1] == f"{round(plan.facts.objective):,}"  # what is earned is no cost
    assert (shares[1], shares[4]) == (f"{fill['Value']:.1%}", f"{fill['Baseline']:.1%}")
    assert more.said == []


def test_a_single_period_is_drawn_as_bars(browser: "Browser", tmp_path: Path) -> None:
    sheets = tables(
        Locations=[{"Location": "S1", "Tier": "store"}],
        Products=[{"Product": "tea", "Unit Value": 10, "Price": 50}],
        Demand=demand("S1", "tea", 7),
        OpeningStock=[{"Location": "S1", "Product": "tea", "Quantity": 20}],
    )
    target = tmp_path / "one.plan.html"
    ts.solve(ts.build(ts.read(sheets)), gap=0, progress=False).page(target)
    one = Seen(browser, target, 1280)
    painted = """([id, colour]) => [...document.querySelectorAll(`#${id} canvas`)].map((canvas) => {
        const drawn = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        return new Uint32Array(drawn.buffer).filter((dot) => dot === colour).length;
    }).reduce((all, dots) => all + dots)"""
    store, blue = 0xFF4BA0F0, 0xFFBF5F1F  # alpha, blue, green, red

    assert one.page.evaluate(painted, ["stock", store]) > 1000  # a legend has less than 200
    assert one.page.evaluate(painted, ["capital", blue]) > 1000
    assert one.text("#scope").startswith("1 place, 1 product, 1 period, ")
    assert one.said == []


def test_a_print_shows_every_drawing(seen: Seen) -> None:
    seen.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    seen.page.emulate_media(media="print")
    copies = seen.page.locator(".card .copy:visible").count()
    hidden = seen.page.locator(".card .chart:visible, .controls:visible").count()
    seen.page.emulate_media(media="screen")
    seen.page.evaluate("window.dispatchEvent(new Event('afterprint'))")

    assert (copies, hidden) == (8, 0)
    assert seen.page.locator(".copy").count() == 0


def test_a_phone_needs_no_sideways_scroll(browser: "Browser", file: Path) -> None:
    phone = Seen(browser, file, 360)
    wide = phone.page.evaluate("document.documentElement.scrollWidth")
    phone.page.get_by_role("button", name="中文").click()

    assert wide == 360
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 360
    assert (phone.asked, phone.said) == ([file.as_uri()], [])


def test_nothing_was_asked_for_and_nothing_went_wrong(seen: Seen, file: Path) -> None:
    assert seen.asked == [file.as_uri()]
    assert seen.said == []
