"""A solver may say what it likes: nothing wrong is published."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import answer, run, write_endless
from goals import reached
from lies import CRASH, IN_PRESOLVE, LIES, Liar

import tierstock.solvers.run as running
from tierstock.outputs.audit import audit

KINDS = (*LIES, CRASH, *IN_PRESOLVE)
NEAR = 1e-6
"""Share of the cost within which figures are the same."""


def starter(folder: Path) -> Path:
    path = folder / "shops.xlsx"
    assert run("new", path, "--sample", "starter", "--lang", "en").exit_code == 0
    return path


def lanes(folder: Path) -> Path:
    return write_endless(folder / "lanes", shops=2, weeks=3)


def more_lanes(folder: Path) -> Path:
    return write_endless(folder / "more", shops=3, weeks=3)


NETWORKS = {"starter": starter, "lanes": lanes, "more lanes": more_lanes}


def planned(source: Path, *words: str) -> dict[str, Any]:
    result = run("plan", source, "--gap", "0", "--time", "2s", "--json", "--lang", "en", *words)
    return answer(result) | {"code": result.exit_code, "said": result.stderr}


def wrong(source: Path, facts: dict[str, Any], best: float) -> str:
    """What is wrong with what was published; blank where nothing is."""
    if facts["code"] == 1:
        return facts["said"][-300:]
    if facts["code"] == 3:
        return "said that there is no plan"
    if not facts.get("files"):
        return "" if facts["code"] in (2, 4, 5, 7) else f"code {facts['code']} without a file"
    file = next(Path(one) for one in facts["files"] if one.endswith(".xlsx"))
    room = NEAR * max(1.0, abs(best))
    faults = [] if audit(source, file, language="en").passed else ["the audit fails"]
    faults += ["cheaper than possible"] * (facts["objective"] < best - room)
    bound = facts["bound"]
    faults += ["a bound no plan keeps"] * (bound is not None and bound > best + room)
    proven = facts["quality"] == "proven"
    faults += ["proven and not best"] * (proven and facts["objective"] > best + room)
    faults += ["an exit code of a best plan"] * (facts["code"] == 0 and not proven)
    return ", ".join(faults)


def lied(kind: str, source: Path, best: float, monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    with monkeypatch.context() as patch:
        patch.setattr(Liar, "lie", kind)
        patch.setattr(running, "Worker", Liar)
        return wrong(source, planned(source, *words), best)


@pytest.mark.parametrize(
    ("kind", "network"), [("values halved", lanes), ("says infeasible", starter)]
)
def test_a_lie_is_not_published(
    kind: str,
    network: Callable[[Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = network(tmp_path)
    assert lied(kind, source, 255.3, monkeypatch) == ""


@pytest.mark.slow
def test_no_lie_of_any_kind_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyscipopt")  # a solver that always says infeasible needs another one
    faults, count = {}, 0
    for name, make in NETWORKS.items():
        source = make(tmp_path)
        honest = planned(source, "--time", "60s")
        assert honest["code"] == 0, honest
        for kind in KINDS:
            count += 1
            words = (
                ("--verify",) if kind in IN_PRESOLVE or kind == "bound above the optimum" else ()
            )
            fault = lied(kind, source, honest["objective"], monkeypatch, *words)
            if fault:
                faults[f"{kind}, {name}"] = fault
    print(json.dumps(faults, indent=1))
    reached(
        9,
        f"{len(faults)} of {count} lies ({len(KINDS)} kinds x {len(NETWORKS)} networks) published",
        not faults,
    )
