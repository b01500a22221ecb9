"""Several processes share one plan, and one makes the bound better beside them."""

import time
from typing import Any

import numpy as np
import pytest
from small_arrays import dense

from tierstock.solvers import SolveOptions, ahead, large, start, team
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.effort import Patience
from tierstock.solvers.errors import SolveError
from tierstock.solvers.improve.changes import Change
from tierstock.solvers.order import Order
from tierstock.solvers.sharpen import Sharpener
from tierstock.solvers.team import Team


class Scripted:
    """A partner with news of its own, and a note of what it is told."""

    made: list["Scripted"]

    def __init__(self, *_: object, first: bool = True, **__: object) -> None:
        self.open, self.first, self.looked = True, first, not first
        self.heard: list[list[float]] = []
        self.script: list[list[Change]] = []
        Scripted.made.append(self)

    def __enter__(self) -> "Scripted":
        return self

    def __exit__(self, *_: object) -> None:
        return

    def news(self) -> list[Change]:
        return self.script.pop(0) if self.script else []

    def tell(self, values: Floats) -> None:
        self.heard.append(values.tolist())


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A team of two on the plan 9, 9, at least 8 in all, at least 3 each."""
    Scripted.made = []
    monkeypatch.setattr(team, "Partner", Scripted)
    arrays = dense([1, 1], [[1, 0], [0, 1], [1, 1]], [3, 3, 8], np.inf, upper=[9, 9], integer=True)
    with Team(arrays, 0, None) as both:
        both.begin(np.array([9.0, 9.0]), 2, 10.0)
        yield both, *Scripted.made


@pytest.mark.parametrize(
    "fault", [SolveError("solver-start", value="no more processes"), MemoryError()]
)
def test_a_team_goes_on_without_what_cannot_be_started(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def one_only(*given: object, turn: int, **more: object) -> Scripted:
        if turn:
            raise fault
        return Scripted()

    Scripted.made = []
    monkeypatch.setattr(team, "Partner", one_only)
    with Team(dense([1, 1], [[1, 1]], [1], np.inf, upper=[9, 9]), 0, None) as two:
        two.begin(np.array([9.0, 9.0]), 2, 10.0)
        assert two.known
        assert two.busy == 1


def change(column: int, by: float) -> Change:
    return Change(np.array([column]), np.array([by]))


def test_changes_at_different_places_go_together(pair: Any) -> None:
    both, one, two = pair
    one.script = [[change(0, -5)]]
    two.script = [[change(1, -4)]]
    found = both.news()
    assert found is not None and found.tolist() == [4, 5]
    assert one.heard[-1] == two.heard[-1] == [4, 5]
    assert both.news() is None


def test_a_change_that_does_not_go_together_with_others_is_left_out_alone(pair: Any) -> None:
    both, one, two = pair
    one.script = [[change(0, -6)]]
    two.script = [[change(1, -6), change(1, -3)]]
    found = both.news()
    assert found is not None and found.tolist() == [3, 6]  # 3 + 3 would be less than 8
    assert one.heard[-1] == two.heard[-1] == [3, 6]


def test_who_alone_changed_the_plan_is_told_nothing(pair: Any) -> None:
    both, one, two = pair
    one.script = [[change(0, -1)]]
    both.news()
    assert (one.heard, two.heard) == ([], [[8, 9]])


def test_who_was_refused_goes_on_from_the_plan_of_all(pair: Any) -> None:
    """A change that goes below a limit, one that makes the plan dearer."""
    both, one, two = pair
    one.script = [[change(0, -7)], [change(0, 1)]]
    two.script = [[], [change(1, -1)]]
    assert both.news() is None
    assert (one.heard, two.heard) == ([[9, 9]], [])
    found = both.news()
    assert found is not None and found.tolist() == [9, 8]
    assert one.heard[-1] == [9, 8] and two.heard == []


def test_a_plan_from_elsewhere_counts_only_beside_all_that_was_found(pair: Any) -> None:
    """What was told meanwhile is cheaper than the plan from elsewhere, so it stays."""
    both, one, two = pair
    one.script = [[change(0, -6)]]
    both.offer(np.array([7.0, 7.0]))
    assert (one.heard, two.heard) == ([], [[3, 9]])
    found = both.news()
    assert found is not None and found.tolist() == [3, 9]


def test_a_plan_from_elsewhere_is_none_that_is_cheaper_by_parts_of_whole_numbers(pair: Any) -> None:
    both, one, _ = pair
    both.offer(np.array([8.7, 9.0]))  # 9 and 9 in whole numbers
    assert one.heard == [] and both.news() is None


def test_gains_are_added_where_the_model_maximises(monkeypatch: pytest.MonkeyPatch) -> None:
    Scripted.made = []
    monkeypatch.setattr(team, "Partner", Scripted)
    arrays = dense([1, 1], [[1, 1]], -np.inf, 8, upper=[9, 9], integer=True, sense=-1)
    with Team(arrays, 0, None) as one:
        one.begin(np.array([1.0, 1.0]), 1, 10.0)
        Scripted.made[0].script = [[change(0, 3), change(1, -1), change(1, 4)]]
        found = one.news()
    assert found is not None and found.tolist() == [4, 1]


def test_a_plan_that_is_a_little_beyond_a_rule_gets_better_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A row that nobody touches is 3e-6 short from the beginning."""
    Scripted.made = []
    monkeypatch.setattr(team, "Partner", Scripted)
    arrays = dense([1, 1], [[1, 0], [0, 1]], [1, 1], np.inf, upper=[9, 9])
    with Team(arrays, 0, None) as one:
        one.begin(np.array([1.0 - 3e-6, 9.0]), 1, 10.0)
        Scripted.made[0].script = [[change(1, -8)]]
        found = one.news()
    assert found is not None and found[1] == 1.0


def test_who_has_ended_need_not_have_looked_at_all_places(pair: Any) -> None:
    both, one, two = pair
    one.looked = True
    assert not both.looked
    two.open = False
    assert both.looked


def test_places_that_were_all_looked_at_are_not_looked_at_quickly_again(pair: Any) -> None:
    both, one, two = pair
    one.looked = True
    both.spread(1, np.array([9.0, 9.0]), 10.0)
    assert Scripted.made[-1].first
    Scripted.made[-1].looked = True
    both.spread(2, np.array([9.0, 9.0]), 10.0)
    assert not any(partner.first for partner in Scripted.made[-2:])


def test_a_plan_from_elsewhere_is_passed_on_where_it_is_cheaper(pair: Any) -> None:
    both, one, two = pair
    both.offer(np.array([9.0, 9.0]))
    assert one.heard == two.heard == []
    both.offer(np.array([5.0, 5.0]))
    assert one.heard == two.heard == [[5, 5]]


def test_the_team_keeps_its_plan_when_it_grows(pair: Any) -> None:
    both, one, _ = pair
    one.script = [[change(0, -5)]]
    both.news()
    both.spread(1, np.array([9.0, 9.0]), 10.0)
    assert both.busy == 1
    both.offer(np.array([5.0, 9.0]))
    assert Scripted.made[-1].heard == []  # its own costs less


def opened(arrays: Arrays, monkeypatch: pytest.MonkeyPatch) -> large.Large:
    """The driver of a large model after its opening."""
    from tierstock.solvers.clock import Clock, StopKey

    monkeypatch.setattr(start, "LARGE", 1)
    monkeypatch.setattr(ahead, "SHARE", 0.0)  # no search of HiGHS that ends it all at once
    options = SolveOptions(gap=0, threads=2, time_limit_s=60)
    return large.Large(arrays, options, Clock(options, arrays, StopKey()), None)


def test_the_bound_gets_better_place_by_place(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.solvers.test_blocks import network, relaxed_optimum

    arrays = network()
    order = Order(0.0, 1, 0)
    steps = list(
        start.steps(
            arrays,
            order,
            opened(arrays, monkeypatch).clock,
            lambda _: None,
            lambda: None,
        )
    )
    sites = steps[-1].sites
    assert sites is not None
    optimum = solve_arrays(arrays, SolveOptions(gap=0, solver="highs")).objective
    best, until = -np.inf, time.monotonic() + 30
    with Sharpener(sites, sites.bound, order) as sharpener:
        while sharpener.open and time.monotonic() < until:
            found = sharpener.news()
            best = best if found is None else found
            time.sleep(0.01)
    assert not sharpener.open
    assert relaxed_optimum(arrays) < best <= optimum + 1e-6


class Unhurried:
    """A team that has looked at all places when it is asked what it has for the third time."""

    known, exact, bound, least_gain = True, True, None, 0.0

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.asked = 0

    def __enter__(self) -> "Unhurried":
        return self

    def __exit__(self, *_: object) -> None:
        return

    @property
    def busy(self) -> int:
        return self.sizes[-1] if self.sizes else 0

    @property
    def looked(self) -> bool:
        return self.asked >= 3

    def begin(self, plan: Floats, size: int, seconds: float) -> None:
        return

    def spread(self, size: int, plan: Floats, seconds: float) -> None:
        self.sizes.append(size)

    def news(self) -> None:
        self.asked += bool(self.sizes)

    def offer(self, values: Floats) -> None:
        return


class Brief:
    """A process for the bound that is done when it is asked for the second time."""

    begun: list[int]

    def __init__(self, *_: object) -> None:
        self.left = 2
        Brief.begun.append(1)

    def __enter__(self) -> "Brief":
        return self

    def __exit__(self, *_: object) -> None:
        return

    @property
    def open(self) -> bool:
        return self.left > 0

    def news(self) -> None:
        self.left -= 1


def test_one_process_goes_to_the_bound_when_all_places_were_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two look at places, one while the other is at the bound, then two again; last the search."""
    from tests.solvers.test_blocks import network

    both, Brief.begun = Unhurried(), []
    monkeypatch.setattr(large, "Team", lambda *_: both)
    monkeypatch.setattr(large, "Sharpener", Brief)
    monkeypatch.setattr(large, "SOON", 0.0)
    monkeypatch.setattr(large, "DRY", Patience(0.5, 0.25))
    monkeypatch.setattr(start, "LARGE", 1)
    monkeypatch.setattr(ahead, "SHARE", 0.0)
    found = solve_arrays(network(), SolveOptions(gap=0, threads=2, time_limit_s=60))
    assert found.quality == "proven"
    assert both.sizes == [2, 1, 2, 1] and Brief.begun == [1]


def test_the_log_says_what_each_step_brought(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.solvers.test_blocks import network

    monkeypatch.setattr(large, "SOON", 0.0)  # improve first, however short HiGHS would take
    monkeypatch.setattr(large, "DRY", Patience(0.5, 0.25))
    monkeypatch.setattr(start, "LARGE", 1)
    monkeypatch.setattr(ahead, "SHARE", 0.0)  # no search of HiGHS that ends it all at once
    found = solve_arrays(network(), SolveOptions(gap=0, threads=2, time_limit_s=60))
    assert found.quality == "proven"
    told = [line for line in found.solver_log.splitlines() if line.startswith("tierstock")]
    words = ("plan without trips", "products one by one", "opening over", "place by place", "HiGHS")
    assert [word for word in words if any(word in line for line in told)] == list(words)
    alone = solve_arrays(network(), SolveOptions(gap=0, threads=1, solver="highs"))
    assert found.objective == pytest.approx(alone.objective)
