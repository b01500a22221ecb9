"""Every example in a docstring gives the answer it shows."""

import doctest
import importlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def modules() -> list[str]:
    """Names of all modules of the package, as they are imported once installed."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    folders: dict[str, str] = tomllib.loads(text)["tool"]["setuptools"]["package-dir"]
    names = []
    for package, folder in folders.items():
        for file in (ROOT / folder).rglob("*.py"):
            *parts, last = file.relative_to(ROOT / folder).with_suffix("").parts
            names.append(".".join((package, *parts, *((last,) if last != "__init__" else ()))))
    return sorted(name for name in names if not name.endswith(".__main__"))


@pytest.mark.parametrize("name", modules())
def test_the_examples_of_a_module_hold(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0
