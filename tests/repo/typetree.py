"""Lays out the package for type checkers: ``python tests/repo/typetree.py``.

The folders ``inputs``, ``model``, ... at the top of the repository are ``tierstock.inputs``,
``tierstock.model``, ... once installed. Type checkers do not follow that mapping, so a folder
``.typetree`` of links shows them the installed shape.
"""

import shutil
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TREE = ROOT / ".typetree"


def link() -> None:
    """Rebuild the tree from the package-dir table in pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    folders: dict[str, str] = tomllib.loads(text)["tool"]["setuptools"]["package-dir"]
    shutil.rmtree(TREE, ignore_errors=True)
    facade = TREE / "tierstock"
    facade.mkdir(parents=True)
    for file in (ROOT / folders["tierstock"]).iterdir():
        if file.name != "__pycache__":
            (facade / file.name).symlink_to(file)
    for package, folder in folders.items():
        if package != "tierstock":
            (facade / package.removeprefix("tierstock.")).symlink_to(ROOT / folder)


if __name__ == "__main__":
    link()
