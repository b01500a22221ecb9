"""Tables to a network: the whole walk, notes and the ladder."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from retail import LANES, LOCATIONS, PRODUCTS, built, demand, said, seen

from tierstock.inputs import InputError, fingerprint, inspect, read
from tierstock.inputs.samples import sample

Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def study() -> Frames:
    return sample("rebalancing")


def arrays(value: Any) -> Iterator[tuple[str, NDArray[Any]]]:
    for item in dataclasses.fields(value):
        found = getattr(value, item.name)
        if dataclasses.is_dataclass(found):
            yield from arrays(found)
        elif isinstance(found, np.ndarray):
            yield item.name, found


def test_the_four_core_sheets_are_enough() -> None:
    network = read(sample("starter"))

    assert len(network.lanes) == 5
    assert len(network.supply) == 2
    assert all(np.isinf(network.supply.most).ravel())


def test_arrays_cannot_be_changed() -> None:
    network = built()

    assert [name for name, array in arrays(network) if array.flags.writeable] == []
    with pytest.raises(ValueError, match="read-only"):
        network.places.opening[0] = 1.0


def test_shapes_follow_the_sizes(study: Frames) -> None:
    network = read(study)
    periods, places, goods = len(network.periods), len(network.places), len(network.goods)

    assert network.goods.allowed.shape == network.goods.lead.shape == (goods, periods)
    assert network.places.safety.shape == (places, periods)
    assert (
        network.places.of[network.places.location, network.places.product] == np.arange(places)
    ).all()
    assert (network.goods.source >= 0).all()
    assert (network.goods.sink >= 0).all()
    assert (network.demand.place >= 0).all()
    assert (network.supply.place >= 0).all()
    assert network.goods.allowed.any(axis=1).all()


def test_the_order_of_the_rows_does_not_matter(study: Frames) -> None:
    shuffled = {name: frame.sample(frac=1.0, random_state=7) for name, frame in study.items()}

    assert fingerprint(read(shuffled)) == fingerprint(read(study))


def test_english_and_chinese_tables_make_one_network(study: Frames) -> None:
    assert fingerprint(read(sample("rebalancing", "zh"))) == fingerprint(read(study))


def test_a_changed_number_changes_the_fingerprint(study: Frames) -> None:
    lanes = study["Lanes"].copy()
    lanes["Lead Time"] += 7 * (lanes.index == 0)

    assert fingerprint(read({**study, "Lanes": lanes})) != fingerprint(read(study))


def test_empty_optional_sheets_count_as_missing() -> None:
    from tierstock.inputs.schema import schema

    core = sample("starter")
    blank = {
        sheet.name: pd.DataFrame(columns=[column.name for column in sheet.columns])
        for sheet in schema().inputs
        if sheet.name not in core
    }

    assert fingerprint(read({**core, **blank})) == fingerprint(read(core))


def test_read_raises_with_every_fault_at_once() -> None:
    broken = {
        "Locations": pd.DataFrame(LOCATIONS),
        "Products": pd.DataFrame([{**PRODUCTS[0], "Unit Value": "tbd"}, PRODUCTS[1]]),
        "Lanes": pd.DataFrame([*LANES, {"From": "DC", "To": "S9", "Lead Time": 1.0}]),
        "Demand": pd.DataFrame(demand("S1", "Z", 1.0)),
    }

    with pytest.raises(InputError) as caught:
        read(broken)

    sheets = set(caught.value.findings.query("severity == 'error'")["sheet"])
    assert {"Products", "Lanes", "Demand"} <= sheets
    assert inspect(broken).network is None


def test_settings_given_beside_the_tables_beat_the_sheet() -> None:
    core = sample("starter")

    assert len(read(core, settings={"periods": "2"}).periods) == 2


def test_the_run_tells_how_lead_times_were_rounded() -> None:
    lanes = [LANES[0], {**LANES[1], "Lead Time": 2.0}]
    notes = built(Lanes=lanes).notes

    assert notes[0] == "Lead times planned in whole periods: 2 d as 0 weeks (lanes: 2)."
    assert built(Lanes=lanes, Settings=[{"Setting": "language", "Value": "zh"}]).notes[0] == (
        "提前期按整期计划：2 天按 0 周（2 条线路）。"
    )
    assert not [note for note in built().notes if "Lead times" in note]


def test_the_run_tells_the_ladder_and_warns_of_an_open_end() -> None:
    kept = built(Settings=[{"Setting": "terminal_rule", "Value": "cover"}]).notes
    multiple = built(Settings=[{"Setting": "shortage_default_cost", "Value": "3"}]).notes

    assert any("0.05 b" in note and "0.15 b" in note for note in kept)
    assert not any("no terminal rule" in note for note in kept)
    assert any("no terminal rule" in note for note in multiple)
    assert any("lost sale 3 b" in note for note in multiple)


def test_a_purchase_dearer_than_a_unit_missing_at_the_end_is_told() -> None:
    def told(cost: float, *settings: str, **sheets: Any) -> list[str]:
        rows = [dict(zip(("Setting", "Value"), one.split("="), strict=True)) for one in settings]
        supply = [{"Location": "SUP", "Product": "A", "Unit Cost": cost}]
        supply += [{"Location": "SUP", "Product": "B", "Unit Cost": 0.5}]
        notes = built(Settings=rows, Supply=supply, **sheets).notes
        return [note for note in notes if "at the end costs" in note or "期末缺一件的罚金" in note]

    # The ladder asks 0.15 x 25 for A, 0.15 x 2 x 4 for B.
    (line,) = told(9.0, "terminal_rule=cover")
    assert line.startswith("Warning: A: a unit missing at the end costs 3.75, buying one 9.")
    assert told(9.0, "terminal_rule=cover", "language=zh")[0].startswith("警告：A：期末")
    assert told(3.0, "terminal_rule=cover") == told(9.0) == []
    assert told(9.0, "terminal_rule=value", "terminal_days=14") == []
    ends = [{"Rule": "cover", "Days": 14, "Penalty": 10.0}]
    assert told(9.0, Terminal=ends) == []


def test_an_inverted_ladder_is_a_warning_with_both_cells() -> None:
    safety = [{"Location": "S1", "Safety Stock": 5.0, "Penalty": 9.0}]
    found = said(seen(StockTargets=safety))
    ends = [{"Rule": "opening", "Level": "location", "Penalty": 30.0}]
    last = said(seen(StockTargets=[{"Location": "S1", "Safety Stock": 5.0}], Terminal=ends))

    # 13 weeks x 9 = 117 against a lost sale of 25; 30 at the end against 13 x 0.02 x 25 = 6.5.
    assert found["ladder-safety"].startswith("StockTargets!C2")
    assert "117" in found["ladder-safety"]
    assert "25, from the ladder" in found["ladder-safety"]
    assert last["ladder-terminal"].startswith("Terminal!C2")
    assert "6.5" in last["ladder-terminal"]
    assert "ladder-safety" not in said(seen(StockTargets=[{"Location": "S1", "Safety Stock": 5.0}]))


def test_a_closed_transfer_carries_nothing() -> None:
    lanes = [*LANES, {"From": "S1", "To": "S2", "Lead Time": 7.0}]
    rules = [{"From": "S2", "To": "*"}]
    open_lanes = built(Lanes=lanes)
    closed = built(Lanes=lanes, TransferRules=rules)

    assert len(open_lanes.goods) == len(closed.goods) + 2
    assert len(open_lanes.lanes) == len(closed.lanes)


SPOILS = ("", "zzz", "-5", "1e30", "2026-13-01", "*", "!A,B", "Tier=", "1900-01-01", ";", "W3..")


@pytest.mark.parametrize("seed", range(20))
def test_spoiled_cells_never_stop_the_search_for_faults(study: Frames, seed: int) -> None:
    draw = np.random.default_rng(seed)
    spoiled = {name: frame.astype(object).copy() for name, frame in study.items()}
    for name in draw.choice(sorted(spoiled), 3):
        frame = spoiled[name]
        cell = int(draw.integers(len(frame))), int(draw.integers(frame.shape[1]))
        frame.iloc[cell] = draw.choice(SPOILS)

    found = inspect(spoiled)

    assert (found.network is None) == bool(found.findings.errors)
