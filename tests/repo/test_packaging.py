"""What is built is what lies in the tree."""

import fnmatch
import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS: dict[str, Any] = PROJECT["tool"]["setuptools"]


def source_packages() -> dict[str, Path]:
    """Every folder with an ``__init__.py`` below the package folders, by package name."""
    found = {}
    for package, folder in SETUPTOOLS["package-dir"].items():
        for init in (ROOT / folder).rglob("__init__.py"):
            tail = init.parent.relative_to(ROOT / folder).parts
            found[".".join((package, *tail))] = init.parent
    return found


def test_every_source_folder_is_listed() -> None:
    assert set(source_packages()) == set(SETUPTOOLS["packages"])


def test_every_source_file_lies_in_a_package() -> None:
    packages = set(source_packages().values())
    stray = [
        str(file.relative_to(ROOT))
        for folder in SETUPTOOLS["package-dir"].values()
        for file in (ROOT / folder).rglob("*.py")
        if file.parent not in packages
    ]
    assert stray == []


def test_every_data_file_is_packed() -> None:
    patterns: dict[str, list[str]] = SETUPTOOLS["package-data"]
    missing = [
        str(file.relative_to(ROOT))
        for package, folder in source_packages().items()
        for file in folder.iterdir()
        if file.is_file()
        and file.suffix not in {".py", ".pyc"}
        and not any(fnmatch.fnmatch(file.name, one) for one in patterns.get(package, []))
    ]
    assert missing == []


def test_the_changelog_speaks_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[?([0-9][^\] ]*)", text, flags=re.MULTILINE)
    assert versions[0] == PROJECT["project"]["version"]


def test_every_dependency_has_a_tested_lower_bound() -> None:
    named = [*PROJECT["project"]["dependencies"]]
    for extra in PROJECT["project"]["optional-dependencies"].values():
        named += extra
    assert [one for one in named if ">=" not in one] == []
