"""What must hold for lives, whatever the least cost is (mathematics C.8)."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from in_process import cost_of
from random_networks import drawn

Sheets = dict[str, list[dict[str, Any]]]
AGES = {
    "Products": ("Shelf Life", "Maturation", "Scrap Cost"),
    "OpeningStock": ("Expiry Date", "Production Date", "Received Date"),
    "InTransit": ("Expiry Date",),
    "Supply": ("Remaining Life",),
    "ServiceClasses": ("Min Remaining Life", "Min Life Share"),
}
LIVING = {seed: net for seed in range(160) if "shelf life" in (net := drawn(seed)).features}
SEEDS = list(LIVING)[:12]
GIVES_WAY = {"storage", "dock", "hard max stock", "max stock", "max days", "hard safety stock"} | {
    "must class",
    "two priorities",
    "priorities of any modes",
    "maturation",
}
"""A limit gives way, or an order of service ends, with the age of goods."""
PLAIN = [
    seed
    for seed, net in LIVING.items()
    if not net.features & GIVES_WAY and "Recipes" not in net.long
][:10]


def without(sheets: Sheets) -> Sheets:
    """The tables without a word about ages."""
    result = copy.deepcopy(sheets)
    for sheet, names in AGES.items():
        for row in result.get(sheet, []):
            for name in names:
                row.pop(name, None)
    return result


def changed(sheets: Sheets, sheet: str, change: Callable[[dict[str, Any]], None]) -> Sheets:
    result = copy.deepcopy(sheets)
    for row in result.get(sheet, []):
        change(row)
    return result


def long_lived(row: dict[str, Any]) -> None:
    row.update({"Shelf Life": 4000, "Scrap Cost": 7})


def any_age(row: dict[str, Any]) -> None:
    row.update({"Min Remaining Life": 1, "Min Life Share": 0})


def same(cost: float | None) -> Any:
    return cost if cost is None else pytest.approx(cost, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_lives_beyond_the_plan_change_nothing(seed: int) -> None:
    plain = without(drawn(seed).long)
    living = changed(changed(plain, "Products", long_lived), "ServiceClasses", any_age)
    assert cost_of(living) == same(cost_of(plain))


def dated(row: dict[str, Any]) -> None:
    """A lot without a date is as old as it takes to mature."""
    if not any(row.get(name) for name in AGES["OpeningStock"]) and row["Quantity"] > 0:
        row["Received Date"] = "2026-01-05"


def dear_scrap(row: dict[str, Any]) -> None:
    """Nobody is glad to be rid of goods."""
    if row.get("Shelf Life"):
        row["Scrap Cost"] = 500


def older(row: dict[str, Any]) -> None:
    row["Min Remaining Life"] = (row.get("Min Remaining Life") or 0) + 3


def riper(row: dict[str, Any]) -> None:
    if row.get("Shelf Life"):
        row["Maturation"] = min((row.get("Maturation") or 0) + 1, row["Shelf Life"] - 1)


def sooner(row: dict[str, Any]) -> None:
    if row.get("Shelf Life"):
        row["Shelf Life"] = max(row["Shelf Life"] - 1, 10)


TIGHTER: dict[str, tuple[str, Callable[[dict[str, Any]], None]]] = {
    "classes that ask for more life": ("ServiceClasses", older),
    "goods that mature later": ("Products", riper),
    "goods that live shorter": ("Products", sooner),
}


@pytest.mark.parametrize("name", TIGHTER)
@pytest.mark.parametrize("seed", PLAIN)
def test_tighter_lives_never_cost_less(seed: int, name: str) -> None:
    dear = changed(changed(drawn(seed).long, "Products", dear_scrap), "OpeningStock", dated)
    sheet, tighten = TIGHTER[name]
    tight = cost_of(changed(dear, sheet, tighten))
    loose = cost_of(dear)
    assert loose is None or tight is None or tight >= loose - 1e-6 * max(1.0, abs(loose))
