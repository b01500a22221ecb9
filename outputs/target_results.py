"""Service targets and fairness: what was reached, and what missing it costs (F20 to F22)."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats, Ints
from tierstock.inputs.network.service import Fairness, Targets
from tierstock.outputs.charge import Charge
from tierstock.outputs.expand import Flows, clean
from tierstock.outputs.service import SHORT

COLUMNS = ("Scenario", "Target", "Window", "Minimum", "Achieved", "Gap")
TERM = "target shortfall"


def target_results(plan: Flows, scenario: str) -> pd.DataFrame | None:
    """Return the sheet ``TargetResults``: one row per target, member and window; None without any.

    Achieved is the share that was reached, Gap the points below the Minimum. A row with the kind
    of fairness in brackets shows the worst member against the least that is allowed.
    """
    if plan.net.service is None:
        return None
    targets, fairness = plan.net.service.targets, plan.net.service.fairness
    least, worst = _worst(plan, fairness)
    names = fairness.label + np.array([f" [{kind}]" for kind in fairness.kind], dtype=object)
    found = pd.DataFrame(
        {
            "Scenario": scenario,
            "Target": np.concatenate([targets.label, names if len(fairness) else fairness.label]),
            "Window": np.concatenate([targets.window, fairness.window]),
            "Minimum": np.concatenate([targets.minimum, least]),
            "Achieved": np.concatenate([_reached(plan, targets), worst]),
        }
    )
    found["Gap"] = clean(np.fmax(found["Minimum"] - found["Achieved"], 0.0) * 100)
    order = np.arange(len(found))
    found = found.assign(order=order).sort_values(["Target", "order"], kind="stable")
    return found[list(COLUMNS)].reset_index(drop=True)


def target_charges(plan: Flows) -> Iterator[Charge]:
    """target shortfall = Penalty x what a soft target or the tolerance of fairness is missed by.

    It stands in the last period of the window, at the location and product that all records of
    the rule share; blank where they share none.
    """
    if plan.net.service is None:
        return
    targets, fairness = plan.net.service.targets, plan.net.service.fairness
    missed = np.where(
        targets.cycle,
        _stock_outs(plan, targets) - targets.required,
        targets.required - _served(plan, targets),
    )
    place = plan.net.demand.place[targets.stream]
    yield Charge(
        TERM,
        *_where(plan, place, targets.rule, len(targets)),
        targets.last,
        targets.penalty * clean(np.maximum(missed, 0.0)),
    )
    yield from _fairness_charges(plan, fairness)


def _served(plan: Flows, targets: Targets) -> Floats:
    """[G] units or money of the records issued in their period."""
    units = plan.on_time[targets.stream, targets.period] * targets.weight
    return np.bincount(targets.rule, units, len(targets)).astype(np.float64)


def _stock_outs(plan: Flows, targets: Targets) -> Floats:
    """[G] records not served in full in their period."""
    wanted = plan.net.demand.quantity[targets.stream, targets.period]
    missing = wanted - plan.on_time[targets.stream, targets.period]
    short = missing > SHORT * np.maximum(wanted, 1.0)
    return np.bincount(targets.rule, short, len(targets)).astype(np.float64)


def _reached(plan: Flows, targets: Targets) -> Floats:
    """[G] share reached: served, or for cycle the share of records served in full."""
    good = np.where(
        targets.cycle, targets.wanted - _stock_outs(plan, targets), _served(plan, targets)
    )
    share = np.full(len(targets), np.nan)
    return np.asarray(np.divide(good, targets.wanted, out=share, where=targets.wanted > 0))


def _fills(plan: Flows, fairness: Fairness) -> Floats:
    """[I] units of each member issued in the period of their demand."""
    units = plan.on_time[fairness.stream, fairness.period]
    return np.bincount(fairness.fill_member, units, len(fairness.group)).astype(np.float64)


def _stocks(plan: Flows, fairness: Fairness) -> Floats:
    """[I] stock of each member at the end of the window."""
    last = fairness.last[fairness.group[fairness.cover_member]]
    units = plan.stock[fairness.place, last]
    return np.bincount(fairness.cover_member, units, len(fairness.group)).astype(np.float64)


def _amounts(plan: Flows, fairness: Fairness) -> tuple[Floats, Floats]:
    """[I] what each member has (units served, or stock), and the same share of what all have."""
    cover = fairness.kind[fairness.group] == "equal-cover"
    own = np.where(cover, _stocks(plan, fairness), _fills(plan, fairness))
    count = len(fairness)
    whole = np.bincount(fairness.group, fairness.wanted, count)
    total = np.bincount(fairness.group, own, count)
    fair = fairness.wanted * (total / np.maximum(whole, 1e-300))[fairness.group]
    return own, fair


def _worst(plan: Flows, fairness: Fairness) -> tuple[Floats, Floats]:
    """[F] the least share allowed and that of the worst member."""
    own, fair = _amounts(plan, fairness)
    count = len(fairness)
    whole = np.bincount(fairness.group, fairness.wanted, count)
    total = np.bincount(fairness.group, own, count)
    worst, mean = np.full(count, np.inf), total / np.maximum(whole, 1e-300)
    np.minimum.at(worst, fairness.group, own / np.maximum(fairness.wanted, 1e-300))
    cover, first = fairness.kind == "equal-cover", fairness.kind == "max-min"
    worst = np.where(cover, np.divide(worst, mean, out=np.ones(count), where=mean > 0), worst)
    least = np.where(cover, 1.0 - fairness.tolerance, np.maximum(mean - fairness.tolerance, 0.0))
    return np.where(first, np.nan, least), worst


def _fairness_charges(plan: Flows, fairness: Fairness) -> Iterator[Charge]:
    own, fair = _amounts(plan, fairness)
    count, group = len(fairness), fairness.group
    whole = np.bincount(group, fairness.wanted, count)
    _, worst = _worst(plan, fairness)
    first = fairness.kind == "max-min"
    cover = fairness.kind[group] == "equal-cover"
    member = np.concatenate([fairness.fill_member, fairness.cover_member])
    place = np.concatenate([plan.net.demand.place[fairness.stream], fairness.place])
    lacking = np.where(first, whole * (1.0 - np.minimum(worst, 1.0)), 0.0)
    yield Charge(
        TERM,
        *_where(plan, place, group[member], count),
        fairness.last,
        fairness.penalty * clean(lacking),
    )
    room = fairness.tolerance[group] * np.where(cover, fair, fairness.wanted)
    beyond = np.where(first[group], 0.0, np.maximum(np.abs(own - fair) - room, 0.0))
    yield Charge(
        TERM,
        *_where(plan, place, member, len(group)),
        fairness.last[group],
        fairness.penalty[group] * clean(beyond),
    )


def _where(plan: Flows, place: Ints, rule: Ints, rules: int) -> tuple[Ints, Ints]:
    """Location and product that all members of a rule share, -1 where they differ."""
    places = plan.net.places
    found = []
    for codes in (places.location[place], places.product[place]):
        low, high = np.full(rules, np.iinfo(np.int64).max), np.full(rules, -1)
        np.minimum.at(low, rule, codes)
        np.maximum.at(high, rule, codes)
        found.append(np.where(low == high, high, -1))
    return found[0], found[1]
