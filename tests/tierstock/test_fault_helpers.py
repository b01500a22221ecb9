"""Faults of what helps, by their numbers: processes beside the search, packages, bare templates.

The catalogue has faults 19 to 21 for workers on other machines; here they are processes of this
one: those that search from another seed, improve plans, or solve the blocks of a large model.
"""

import os
import signal
import sys
from pathlib import Path

import pytest
from commands import answer, run, write_endless, write_folder

from tierstock.solvers import ahead, partner, rival, start
from tierstock.solvers.blocks import crew
from tierstock.solvers.wire import Message
from tierstock.solvers.worker import Worker

posix = pytest.mark.skipif(os.name != "posix", reason="signals")


class Mortal(Worker):
    """A helper that is killed before the first thing it has to tell is heard."""

    deaths = 0
    most = 1

    def next(self, wait_s: float) -> Message | None:
        message = Worker.next(self, wait_s)
        quiet = message is None or message.kind in ("hello", "text", "ended")
        if quiet or Mortal.deaths >= Mortal.most:
            return message
        Mortal.deaths += 1
        os.kill(self.pid, signal.SIGKILL)
        return Message("ended")


@pytest.fixture
def blocks(tmp_path: Path) -> Path:
    """A DC with a narrow dock, three stores, vans, and six products of several prices."""
    stores, names = ("S1", "S2", "S3"), [f"P{number}" for number in range(6)]
    sizes = [3, 0, 5, 2, 4, 1, 5]
    wanted = [(s, p, t) for s in stores for p in names for t in range(1, 5)]
    return write_folder(
        tmp_path / "blocks",
        Locations=["Location,Tier", "DC,RDC", *(f"{s},store" for s in stores)],
        Products=["Product,Unit Value,Shortage Cost,Weight"]
        + [f"{p},10,{20 + 7 * at},1" for at, p in enumerate(names)],
        Lanes=["From,To,Lead Time,Unit Cost,Vehicle", *(f"DC,{s},0,0.1,van" for s in stores)],
        Vehicles=["Vehicle,Max Weight,Cost Per Trip", "van,8,10"],
        Demand=["Location,Product,Period,Quantity"]
        + [f"{s},{p},{t},{sizes[at % 7]}" for at, (s, p, t) in enumerate(wanted)],
        OpeningStock=["Location,Product,Quantity", *(f"DC,{p},60" for p in names)],
        StockCosts=["Location,Holding Cost", *(f"{s},1" for s in stores)],
        Capacity=["Location,Kind,Limit,Dimension,Per", "DC,outbound,30,kg,bucket"],
        Settings=["Setting,Value", "bucket,week"],
    )


@posix
@pytest.mark.parametrize("most", [1, 99], ids=["fault 19, one", "fault 20, all"])
def test_fault_19_blocks_whose_processes_die_cost_no_plan(
    blocks: Path, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("plan", blocks, "--gap", "0", "--time", "60s", "--threads", "2", "--json")
    monkeypatch.setattr(start, "LARGE", 1)
    monkeypatch.setattr(ahead, "SHARE", 0.0)  # no search of HiGHS that ends it all at once
    honest = answer(run(*words))
    monkeypatch.setattr(Mortal, "deaths", 0)
    monkeypatch.setattr(Mortal, "most", most)
    monkeypatch.setattr(crew, "Worker", Mortal)
    result = run(*words)
    facts = answer(result)
    assert Mortal.deaths
    assert (result.exit_code, facts["quality"]) == (0, "proven"), result.output
    assert facts["objective"] == pytest.approx(honest["objective"])
    assert facts["audit"]["passed"] is True


@posix
@pytest.mark.slow
@pytest.mark.parametrize("helper", ["rival", "partner"])
def test_fault_20_a_search_goes_on_though_all_that_helps_it_dies(
    tmp_path: Path, helper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Mortal, "deaths", 0)
    monkeypatch.setattr(Mortal, "most", 99)
    if helper == "rival":
        monkeypatch.setattr(rival, "AFTER_S", 0.1)
        monkeypatch.setattr(rival, "Worker", Mortal)
    else:
        monkeypatch.setattr(start, "LARGE", 1)
        monkeypatch.setattr(partner.Partner, "next", Mortal.next)
    words = ("--gap", "0", "--time", "5s", "--threads", "2", "--json")
    result = run("plan", write_endless(tmp_path / "net"), *words)
    facts = answer(result)
    assert Mortal.deaths
    assert (result.exit_code, facts["stopped"]) == (10, "time"), result.output
    assert facts["audit"]["passed"] is True


def test_fault_21_a_run_that_is_done_twice_leaves_one_file_the_same(starter: Path) -> None:
    left = []
    for _ in range(2):
        assert run("plan", starter, "--gap", "0", "--deterministic").exit_code == 0
        left.append({one.name: one.read_bytes() for one in starter.parent.iterdir()})
    assert left[0] == left[1]
    assert sorted(left[0]) == ["shops.plan.html", "shops.plan.xlsx", "shops.xlsx"]


def test_fault_29_what_tables_of_keys_lack_is_told_and_so_is_what_is_assumed(
    tmp_path: Path,
) -> None:
    folder = write_folder(
        tmp_path / "net",
        Locations=["Location", "DC", "S1"],
        Products=["Product", "tea"],
        Lanes=["From,To", "DC,S1"],
        Demand=["Location,Product,Period,Quantity", "S1,tea,2026-01-05,9"],
    )
    result = run("plan", folder, "--json", "--lang", "en")
    assert result.exit_code == 2
    lacking = [one for one in answer(result)["findings"] if one["code"] == "missing-column"]
    assert [one["file"] for one in lacking] == ["Lanes.csv", "Locations.csv", "Products.csv"]
    write_folder(
        folder,
        Locations=["Location,Tier", "DC,supplier", "S1,store"],
        Products=["Product,Unit Value", "tea,10"],
        Lanes=["From,To,Lead Time", "DC,S1,0"],
    )
    result = run("plan", folder, "--json", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "Penalties where none is stated" in result.stderr
    assert "Warning: no terminal rule." in result.stderr
    assert answer(result)["audit"]["passed"] is True


@pytest.mark.parametrize(
    ("package", "words"),
    [
        ("sqlalchemy", ["check", "postgresql://nobody@127.0.0.1:9/net"]),
        ("pyarrow", ["convert", "shops.xlsx", "tables", "--to", "parquet"]),
        ("yaml", ["import", "--map", "map.yaml", "items.csv", "-o", "n.xlsx"]),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_fault_31_a_package_that_is_missing_is_told_with_the_command_that_helps(
    starter: Path, package: str, words: list[str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = starter.parent
    (folder / "map.yaml").write_text("sources: []\n", encoding="utf-8")
    (folder / "items.csv").write_text("SKU,Cost\na,1\n", encoding="utf-8")
    before = sorted(folder.iterdir())
    monkeypatch.setitem(sys.modules, package, None)
    result = run(*words, "--lang", language, folder=folder)
    assert result.exit_code == 2, result.output
    assert 'pip install "tierstock[data]"' in result.output
    assert "Traceback" not in result.output
    assert sorted(folder.iterdir()) == before
