"""``tierstock compare``: what it says and writes, in both languages, and how it ends."""

from pathlib import Path

import pandas as pd
import pytest
from commands import answer, run, write_folder
from compared import write_results
from live import live_in, texts_in
from payloads import FORMULAS, HTML

import tierstock as ts

BASE = (
    "Total cost,1200",
    "Fill rate (units),0.9",
    "Capital tied up (end),5000",
    "End cover,14",
    "Lost units,12.5",
    "Vehicle trips,7",
    "Cost: freight,1000",
    "Cost: holding,200",
)
BETTER = (
    "Total cost,1100",
    "Fill rate (units),0.95",
    "Capital tied up (end),5000",
    "End cover,15.5",
    "Lost units,6",
    "Vehicle trips,7",
    "Cost: freight,900",
    "Cost: holding,200",
)
MOVES = ("replenish,DC,S1,road,A,W1,40,400", "transfer,S2,S1,road,A,W2,1234.5,12345")
FEWER = ("replenish,DC,S1,road,A,W1,40,400", "transfer,S2,S1,road,A,W2,1000,10000")

ENGLISH = """\
Base    monday
friday  friday

                              Base  friday       Change  Best
Total cost (CNY)             1,200   1,100        -8.3%  friday
Fill rate (units)            90.0%   95.0%  +5.0 points  friday
Capital tied up (end) (CNY)  5,000   5,000         0.0%
End cover (day)               14.0    15.5       +10.7%
Lost units (unit)            12.50       6       -52.0%  friday
Cost: freight (CNY)          1,000     900       -10.0%  friday
The same in all plans: 2 figures

Shipments that differ: 1, the largest difference in money first
Kind      From  To  Mode  Product  Ship Period   Base  friday  Value of Difference (CNY)
transfer  S2    S1  road  A        W2           1,234   1,000                     -2,345
"""
CHINESE = """\
基准    monday
friday  friday

                     基准  friday           变化  最优
总成本 (CNY)        1,200   1,100          -8.3%  friday
满足率              90.0%   95.0%  +5.0 个百分点  friday
期末资金占用 (CNY)  5,000   5,000           0.0%
期末可用天数 (天)    14.0    15.5         +10.7%
失销数量 (件)       12.50       6         -52.0%  friday
成本：运费 (CNY)    1,000     900         -10.0%  friday
各方案相同的指标：2 项

有差异的发运：1 笔，按差异金额从大到小
类别  起点  终点  方式  产品  发运期   基准  friday  差异金额 (CNY)
调拨  S2    S1    公路  A     W2      1,234   1,000          -2,345
"""


@pytest.fixture
def plans(tmp_path: Path) -> tuple[Path, Path]:
    one = write_results(tmp_path / "monday", BASE, MOVES)
    return one, write_results(tmp_path / "friday", BETTER, FEWER)


@pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("zh", CHINESE)])
def test_the_console_holds_plans_side_by_side(
    plans: tuple[Path, Path], tmp_path: Path, language: str, text: str
) -> None:
    done = run("compare", *(plan.name for plan in plans), "--lang", language, folder=tmp_path)

    assert done.exit_code == 0
    assert done.output == text


def test_the_line_for_machines_has_the_rows_of_the_sheet(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    done = run("compare", *plans, "--json", "--lang", "zh", "-o", tmp_path / "c.xlsx")
    told = answer(done)

    assert done.exit_code == 0
    assert told["rows"][0] == {"KPI": "Total cost", "Base": 1200, "friday": 1100, "Best": "friday"}
    assert told["costs"][0]["friday − Base"] == -100
    assert told["plans"] == {"Base": str(plans[0]), "friday": str(plans[1])}
    assert (told["moves"], told["warnings"]) == (1, [])
    assert told["files"] == [str(tmp_path / "c.xlsx")] and (tmp_path / "c.xlsx").is_file()


def test_python_compares_files_as_the_command_does(plans: tuple[Path, Path]) -> None:
    found = ts.compare(*plans, names=["today", "new lanes"])

    assert list(found.kpis) == ["KPI", "Base", "new lanes", "Best"]
    assert found.sides[0].name == "today"
    assert len(found.moves) == 1
    again = write_results(plans[1] / "again" / "friday", BETTER)
    assert ts.compare(*plans, again).names == [
        "Base",
        f"{plans[1].parent.name}/friday",
        "again/friday",
    ]
    with pytest.raises(ValueError, match="as many names as plans"):
        ts.compare(*plans, names=["one"])
    with pytest.raises(ValueError, match="at least two"):
        ts.compare(plans[0])


@pytest.mark.slow
def test_a_plan_at_hand_is_the_plan_in_its_file(tmp_path: Path) -> None:
    plan = ts.solve(ts.build(ts.read(ts.sample("starter"))), gap=0, progress=False)
    plan.save(tmp_path / "starter.plan.xlsx", language="zh")
    found = ts.compare(plan, tmp_path / "starter.plan.xlsx", names=["at hand", "file"])

    pd.testing.assert_series_equal(found.kpis["Base"], found.kpis["file"], check_names=False)
    assert len(found.kpis) == len(plan.kpis) and len(found.moves) == 0 and found.notes == ()
    none = ts.Plan.__new__(ts.Plan)
    none.network, none.quality, none.stopped = plan.network, "none", "time"
    with pytest.raises(ValueError, match="there is no plan to compare"):
        ts.compare(plan, none)


def test_wrong_calls_end_with_a_sentence_and_their_code(
    plans: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write_folder(tmp_path / "input", Locations=["Location,Tier", "DC,CDC"])
    said = {
        ("compare", plans[0]): "at least two plans",
        ("compare", plans[0], tmp_path / "fridai"): "friday",
        ("compare", *plans, "-o", tmp_path / "c.html"): "c.html: the comparison is written as an",
        ("compare", plans[0], other): f"{other}: the sheet Summary of a plan's results is missing",
    }
    for words, text in said.items():
        done = run(*words, "--lang", "en")
        assert (done.exit_code, text in done.output) == (2, True), done.output
    (plans[1] / "RunInfo.csv").write_text("Item,Value\nCurrency,EUR\n", encoding="utf-8")
    done = run("compare", *plans, "--lang", "zh")
    assert (done.exit_code, "币种不同" in done.output) == (2, True)

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    book = tmp_path / "locked.xlsx"
    book.write_bytes(b"")
    monkeypatch.setattr(Path, "open", refuse)
    done = run("compare", book, book, "--lang", "en")
    assert (done.exit_code, "locked.xlsx" in done.output) == (6, True), done.output


def test_names_that_would_be_formulas_or_elements_stay_texts(tmp_path: Path) -> None:
    names = [one.replace('"', "'") for one in (*FORMULAS, *HTML) if one.isprintable()]
    names = [one for one in names if not one.startswith("'")]  # a mark of CSV files
    moves = [f'transfer,S2,"{name}",road,"{name}",W1,{at},9' for at, name in enumerate(names, 5)]
    one = write_results(tmp_path / "a", BASE, moves)
    two = write_results(tmp_path / "b", BETTER)
    target = tmp_path / "c.xlsx"

    ts.compare(one, two, names=["=1+1", "<svg onload=alert(1)>"]).save(target)

    assert live_in(target) == []
    assert {name.strip() for name in names} <= {text.strip() for text in texts_in(target)}
    assert "<svg onload=alert(1)>" in texts_in(target)


def test_a_workbook_that_cannot_be_written_leaves_the_old_one(
    plans: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "c.xlsx"
    target.write_bytes(b"old")

    def full(self: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsxwriter.Workbook.close", full)
    with pytest.raises(OSError, match="No space"):
        ts.compare(*plans).save(target)

    assert target.read_bytes() == b"old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["c.xlsx", "friday", "monday"]
