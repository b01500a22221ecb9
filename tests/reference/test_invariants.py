"""What must hold for every network, whatever its least cost is (mathematics C.8).

Every run looks at a network for each property of the register. The full proof looks at 200
networks for each, prints how often each had something to say, and runs for about an hour of one
processor::

    pytest -m slow -s tests/reference/test_invariants.py

Further properties: of what is made and what lives in ``test_production_invariants`` and
``test_life_invariants``, of all hand-solved networks in ``tests/model/test_metamorphic``.
"""

import os

import properties_of_cost  # noqa: F401 - puts its properties into the register
import properties_of_order  # noqa: F401
import properties_of_words  # noqa: F401
import pytest
from goals import reached
from properties import PROPERTIES, looked_at

PROPERTY_TESTS = 4
FIRST = 100
MANY = int(os.environ.get("PROPERTY_EXAMPLES", "200"))
MOST = 40
"""Networks drawn for one that a property says something about, at most."""


def test_the_register_holds_what_the_design_asks_for() -> None:
    assert len(PROPERTIES) >= 25


@pytest.mark.parametrize("name", PROPERTIES)
def test_a_property_holds(name: str) -> None:
    first = FIRST + MOST * list(PROPERTIES).index(name)
    assert any(looked_at(name, seed) for seed in range(first, first + MOST))


@pytest.mark.slow
def test_every_property_holds_for_many_networks() -> None:
    fewest, wrong = MANY, []
    for name in PROPERTIES:
        looked, drawn = 0, 0
        for seed in range(50_000, 50_000 + MOST * MANY):
            drawn += 1
            try:
                looked += looked_at(name, seed)
            except (AssertionError, ValueError) as fault:
                looked += 1
                wrong.append((name, seed, str(fault)[:200]))
            if looked == MANY:
                break
        fewest = min(fewest, looked)
        print(f"{looked:5} of {drawn:5} networks  {name}", flush=True)
    print(*wrong, sep="\n")
    figure = f"{len(PROPERTIES)} properties, {fewest} networks each: {len(wrong)} do not hold"
    reached(PROPERTY_TESTS, figure, not wrong and fewest == MANY)
