"""What somebody writes into a plan to make another program do their bidding stays a text.

The full proof, every payload through every door and every file that is written, prints its
figures::

    pytest -m slow -s tests/tierstock/test_payloads.py
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from shutil import rmtree
from typing import Any
from unicodedata import normalize

import pandas as pd
import pytest
from commands import run
from goals import reached
from live import live_in, texts_in
from payloads import FORMULAS, HTML
from starter import Rows

import tierstock as ts
from tierstock.inputs.writing.tabs import Tab
from tierstock.inputs.writing.to_workbook import write_workbook

SECURITY = 18
OURS = {
    *("b", "div", "p", "span", "table", "tr", "td", "th", "title"),
    "svg ['height', 'role', 'width']",
    "rect ['fill', 'height', 'width', 'x', 'y']",
    "line ['stroke', 'x1', 'x2', 'y1', 'y2']",
    "text ['fill', 'text-anchor', 'x', 'y']",
}
"""Elements of the short view of a plan in a notebook."""
PANDAS = {
    "div",
    "style ['scoped']",
    "table ['border', 'class']",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


def study(payloads: Sequence[str], faulty: bool = False) -> dict[str, Rows]:
    """A small study with every payload as a name, and as a code where it reads as itself."""
    codes = [
        text if text.isprintable() and normalize("NFKC", text).strip() == text else f"P{number}"
        for number, text in enumerate(payloads)
    ]
    quantity: list[Any] = [3] * len(codes)
    quantity[0] = "many" if faulty else 3
    named = list(zip(codes, payloads, strict=True))
    return {
        "Settings": [["Setting", "Value"], ["model_name", payloads[0]]],
        "Locations": [
            ["Location", "Name", "Tier", "Region"],
            ["DC1", payloads[1], "CDC", payloads[2]],
            ["S01", payloads[3], "store", payloads[4]],
        ],
        "Products": [
            ["Product", "Name", "Family", "Unit Value", "#remark"],
            *([code, text, payloads[-1], 10, text] for code, text in named),
        ],
        "Lanes": [["From", "To", "Lead Time"], ["DC1", "S01", 0]],
        "Demand": [
            ["Location", "Product", "Period", "Quantity", "Note"],
            *(
                ["S01", code, "1", many, text]
                for (code, text), many in zip(named, quantity, strict=True)
            ),
        ],
        "OpeningStock": [
            ["Location", "Product", "Quantity"],
            *(["DC1", code, 5] for code in codes),
        ],
    }


def printable(payloads: Sequence[str]) -> list[str]:
    """Payloads that may stand in a name; the others are refused."""
    return [text for text in payloads if not any(mark in text for mark in "\r\n")]


def saved(book: dict[str, Rows], path: Path) -> Path:
    write_workbook([Tab(title, rows) for title, rows in book.items()], path)
    return path


Step = Callable[[Path, Path], list[Path]]
"""Takes a study and a folder; returns what was written."""


def marked(source: Path, folder: Path) -> list[Path]:
    faulty = source.with_name("faulty.xlsx")
    done = run("check", faulty)
    assert done.exit_code == 2, done.output
    return [
        next(one for one in folder.iterdir() if one.name.startswith("faulty.") and one != faulty)
    ]


def converted(source: Path, folder: Path) -> list[Path]:
    targets = [folder / "tables", folder / "study.ods", folder / "again.xlsx"]
    for target in targets:
        done = run("convert", source, target)
        assert done.exit_code == 0, done.output
    return targets


def compared(source: Path, folder: Path) -> list[Path]:
    target = folder / "diff.xlsx"
    done = run("diff", source, source.with_name("starter.xlsx"), "-o", target)
    assert done.exit_code == 0, done.output
    return [target]


def merged(source: Path, folder: Path) -> list[Path]:
    target = folder / "merged.xlsx"
    done = run("merge", target, source, source.with_name("starter.xlsx"), "--prefer", source)
    assert done.exit_code == 0, done.output
    return [target]


def anonymized(source: Path, folder: Path) -> list[Path]:
    key = folder / "key.csv"
    done = run("anonymize", source, folder / "masked.xlsx", "--key", key)
    assert done.exit_code == 0, done.output
    return [key]


def planned(source: Path, folder: Path) -> list[Path]:
    done = run("plan", source, "--gap", "0")
    assert done.exit_code == 0, done.output
    return [source.with_name(f"{source.stem}.plan.xlsx")]


def products_of(source: Path) -> pd.DataFrame:
    return pd.read_excel(source, "Products", dtype=str, keep_default_na=False, engine="calamine")


def imported(source: Path, folder: Path) -> list[Path]:
    """The products as an extract of another system."""
    products = products_of(source)
    extract = products[["Product", "Name", "Unit Value"]]
    extract.columns = ["SKU", "Text", "Cost"]
    file, target = folder / "items.csv", folder / "items.xlsx"
    pd.concat([extract, extract.head(9)]).to_csv(file, index=False)
    (folder / "map.yaml").write_text(
        "sources:\n  - file: items.csv\n    sheet: Products\n"
        "    columns: {Product: SKU, Name: Text, Unit Value: Cost}\n",
        encoding="utf-8",
    )
    done = run("import", "--map", folder / "map.yaml", file, "-o", target)
    assert done.exit_code in (0, 2), done.output
    return [target, folder / "items.import.xlsx"]


def fed(source: Path, folder: Path) -> list[Path]:
    """The products as movements of another system."""
    products = products_of(source)["Product"]
    moves = pd.DataFrame({"Product": products, "Location": "DC1", "Quantity": 3, "Type": "in"})
    moves["Event"], moves["Time"] = range(len(moves)), "2026-01-01T08:00:00+08:00"
    moves.to_csv(folder / "moves.csv", index=False)
    targets = [folder / "OpeningStock.csv", folder / "fed.xlsx"]
    for target in targets:
        at = ("--at", "2026-01-05T00:00+08:00", "--force")
        done = run("feed", folder / "moves.csv", *at, "-o", target)
        assert done.exit_code == 0, done.output
    return targets


STEPS: dict[str, Step] = {
    step.__name__: step
    for step in (marked, converted, compared, merged, anonymized, imported, fed, planned)
}
QUICK = ("marked", "converted", "fed")


@pytest.fixture
def studies(tmp_path: Path) -> Callable[[Sequence[str]], Path]:
    """Write the studies for some payloads and return the first one."""

    def write(payloads: Sequence[str]) -> Path:
        other = {title: rows[:5] for title, rows in study(payloads).items()}
        other["Products"][2] = [*other["Products"][2][:3], 11, ""]
        saved(other, tmp_path / "starter.xlsx")
        saved(study(payloads, faulty=True), tmp_path / "faulty.xlsx")
        return saved(study(payloads), tmp_path / "study.xlsx")

    return write


def carried_out(steps: Sequence[str], payloads: Sequence[str], source: Path) -> list[str]:
    """Return what would be carried out of any file that some steps write."""
    found = []
    for step in steps:
        for file in STEPS[step](source, source.parent):
            found += [f"{step} {file.name}: {mark}" for mark in live_in(file)]
            if step == "converted":
                shown = {text.strip() for text in texts_in(file)}
                assert {text.strip() for text in payloads} <= shown
    return found


@pytest.mark.parametrize("payloads", [FORMULAS, HTML], ids=["formulas", "HTML"])
def test_payloads_stay_texts_in_what_is_written(
    payloads: tuple[str, ...], studies: Callable[[Sequence[str]], Path]
) -> None:
    texts = printable(payloads)
    assert carried_out(QUICK, texts, studies(texts)) == []


def test_what_is_alive_is_noticed(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active["A1"] = "=1+1"
    book.active["A2"].hyperlink = "http://127.0.0.1:9/"
    book.save(tmp_path / "book.xlsx")
    (tmp_path / "table.csv").write_text("a,b\n-5,=1+1\n", encoding="utf-8")
    assert len(live_in(tmp_path / "book.xlsx")) >= 2
    assert live_in(tmp_path / "table.csv") == ["=1+1"]
    assert elements("<b>x</b><p onclick='y'>") == {"b", "p ['onclick']"}


@pytest.mark.parametrize("payload", sorted(set(FORMULAS) - set(printable(FORMULAS))))
def test_a_name_that_cannot_be_shown_is_refused(payload: str) -> None:
    book = study([payload, *FORMULAS[:5]])
    frames = {title: pd.DataFrame(rows[1:], columns=rows[0]) for title, rows in book.items()}
    with pytest.raises(ts.InputError):
        ts.read(frames)


class _Elements(HTMLParser):
    """Takes note of every element with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name for name, _ in attrs} - {"style"}
        self.found.add(f"{tag} {sorted(named)}" if named else tag)


def elements(text: str) -> set[str]:
    parser = _Elements()
    parser.feed(text)
    return parser.found


def planned_with(payloads: Sequence[str]) -> ts.Plan:
    book = study(payloads)
    frames = {title: pd.DataFrame(rows[1:], columns=rows[0]) for title, rows in book.items()}
    return ts.solve(ts.build(ts.read(frames)), gap=0, progress=False)


def elements_of_page(plan: ts.Plan, file: Path) -> set[str]:
    plan.page(file)
    return elements(file.read_text(encoding="utf-8"))


def shown_as_html(payloads: Sequence[str], folder: Path) -> list[str]:
    """Return the payloads that become elements of the page of a plan or of its short view."""
    plan, found = planned_with(payloads), []
    harmless = planned_with([f"name {number}" for number in range(len(payloads))])
    whole = elements_of_page(harmless, folder / "harmless.html")
    shown = elements_of_page(plan, folder / "plan.html")
    for payload in payloads:
        plan.network = replace(plan.network, name=payload)
        tables = "".join(frame.head(3).to_html() for frame in (plan.kpis, plan.shipments))
        if elements(plan._repr_html_()) - OURS or elements(tables) - PANDAS:
            found.append(payload)
    return found + sorted(shown ^ whole)


@pytest.mark.slow
def test_no_payload_of_any_kind_is_carried_out(
    studies: Callable[[Sequence[str]], Path], tmp_path: Path
) -> None:
    found = []
    for payloads in (FORMULAS, HTML):
        texts = printable(payloads)
        found += carried_out(list(STEPS), texts, studies(texts))
        for file in list(tmp_path.iterdir()):
            rmtree(file) if file.is_dir() else file.unlink()
    shown = shown_as_html(HTML, tmp_path)
    print(*found, *shown, sep="\n")
    figure = (
        f"{len(found)} of {len(FORMULAS)} formulas and {len(HTML)} pieces of HTML alive in what "
        f"{len(STEPS)} commands write, {len(shown)} in a page or a notebook"
    )
    reached(SECURITY, figure, not found and not shown)
