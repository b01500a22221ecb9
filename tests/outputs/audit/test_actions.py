"""The audit of the list of actions finds what is no move of the plan, and what is left out."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from two_shops import acted_on, two_shops

import tierstock as ts
from tierstock.outputs.audit import audit

Change = Callable[[pd.DataFrame], pd.DataFrame]


def cell(column: str, value: object) -> Change:
    """Return what puts a value into the first row."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame = frame.astype({column: object})
        frame[column] = [value, *frame[column].iloc[1:]]
        return frame

    return change


CHANGES: dict[str, tuple[Change, str]] = {
    "quantity": (cell("Quantity", 21), "Quantity"),
    "cases": (cell("Cases", 3), "Cases"),
    "value": (cell("Value", 1), "Value"),
    "rank": (cell("Rank", 2), "Rank"),
    "a saving below the next one": (cell("Saving", 0), "Saving"),
    "days before": (cell("Donor Days Before", 9), "Donor Days Before"),
    "days after": (cell("Donor Days After", ""), "Donor Days After"),
    "receiver": (cell("Receiver Days After", 1), "Receiver Days After"),
    "another place": (cell("To", "DC"), "no such move"),
    "another day": (cell("Do By", "2026-01-12"), "no such move"),
    "another action": (cell("Action", "cancel"), "cancel"),
    "slow stock that is none": (cell("Action", "clear"), "SlowMovers"),
    "capacity that is not used": (cell("Action", "open"), "CapacityUse"),
    "a row left out": (lambda frame: frame.iloc[1:].assign(Rank=[1, 2, 3]), "row missing"),
    "a row twice": (lambda frame: pd.concat([frame, frame.tail(1)]), "Actions"),
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The input and the results of a plan as CSV files."""
    base = tmp_path_factory.mktemp("actions")
    net = two_shops()
    plan = acted_on(ts.solve(ts.build(net), gap=0.0, progress=False))
    given, told = base / "input", base / "plan"
    given.mkdir()
    told.mkdir()
    for name, frame in net.source.items():
        frame.to_csv(given / f"{name}.csv", index=False)
    for name, frame in {**plan.tables, **plan.acted("en")}.items():
        frame.to_csv(told / f"{name}.csv", index=False)
    return given, told


@pytest.mark.parametrize("name", CHANGES)
def test_a_false_row_is_found(folders: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    given, told = folders
    change, word = CHANGES[name]
    for file in told.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    rows = pd.read_csv(told / "Actions.csv")
    change(rows).to_csv(tmp_path / "Actions.csv", index=False)
    found = [one.where for one in audit(given, tmp_path).checks if "Actions" in one.where]
    assert any(word in where for where in found), found


def test_the_list_as_it_is_has_no_fault(folders: tuple[Path, Path]) -> None:
    checks = audit(*folders).checks
    assert not [one.where for one in checks if not one.passed and "Actions" in one.where]
