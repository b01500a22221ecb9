"""The worst alerts on the console, their number by kind for machines, and their page."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from commands import answer, run, write_folder

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_alerts", DOCS / "make_alerts.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_what_the_definitions_say(maker: ModuleType, language: str) -> None:
    kept = (DOCS / maker.NAMES[language]).read_text(encoding="utf-8")
    assert kept == maker.page(language), "run python docs/make_alerts.py"


def shop(folder: Path, opening: int) -> Path:
    """A shop of which 50 are wanted, with so many in stock."""
    return write_folder(
        folder,
        Locations=["Location,Tier", "S1,store"],
        Products=["Product,Unit Value,Price", "tea,10,12"],
        Lanes=["From,To,Lead Time"],
        Demand=["Location,Product,Period,Quantity", "S1,tea,1,20", "S1,tea,2,30"],
        OpeningStock=["Location,Product,Quantity", f"S1,tea,{opening}"],
    )


def test_the_console_names_the_worst_risks_and_counts_are_by_kind(tmp_path: Path) -> None:
    result = run("plan", shop(tmp_path / "shop", 35), "--gap", "0", "--lang", "zh", "--json")
    assert "最大风险\n  S1、tea：2 起缺货，15 件，风险金额 180.00 CNY。" in result.output
    assert answer(result)["alerts"] == {"stock-out": 1}
