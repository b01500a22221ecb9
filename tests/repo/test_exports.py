"""The names a package offers are the names it lists."""

import importlib
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "setuptools"
]["packages"]


def offered(module: ModuleType) -> set[str]:
    """Public functions and classes written in a package's own ``__init__``.

    What it only takes from its modules to pass on is found by the linter when not listed.
    """
    return {
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    }


@pytest.mark.parametrize("name", PACKAGES)
def test_listed_names_are_sorted_complete_and_there(name: str) -> None:
    module = importlib.import_module(name)
    listed: list[str] = list(getattr(module, "__all__", []))

    assert listed == sorted(listed)
    assert len(listed) == len(set(listed))
    assert [one for one in listed if not hasattr(module, one)] == []
    assert offered(module) - set(listed) == set()


def test_the_front_door_offers_the_steps_of_a_study() -> None:
    import tierstock

    assert {"build", "read", "solve"} <= set(tierstock.__all__)
