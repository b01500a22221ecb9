"""Every example in a docstring gives the answer it shows."""

import doctest
import importlib
import pkgutil

import pytest

import tierstock


def modules() -> list[str]:
    """Names of all modules of the installed package."""
    return [
        "tierstock",
        *(
            found.name
            for found in pkgutil.walk_packages(tierstock.__path__, "tierstock.")
            if not found.name.endswith(".__main__")
        ),
        *(
            found.name
            for room in ("inputs", "model", "solvers", "outputs")
            for found in pkgutil.walk_packages(
                importlib.import_module(f"tierstock.{room}").__path__, f"tierstock.{room}."
            )
        ),
    ]


@pytest.mark.parametrize("name", sorted(set(modules())))
def test_the_examples_of_a_module_hold(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0
