"""The pictures of the README are small, and where a tool is missing the script says which one."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def pictures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "scripts" / "pictures.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_readme_shows_small_pictures_that_are_there(pictures: ModuleType) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = {ROOT / path for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", text)}
    made = {pictures.PICTURES / f"{name}.png" for name in (*pictures.PARTS, "page")}
    assert shown == made
    assert all(one.stat().st_size <= pictures.MOST for one in made)


def test_missing_tools_are_named_and_nothing_is_made(
    pictures: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pictures.shutil, "which", lambda _: None)
    monkeypatch.setattr(pictures, "plan", lambda *_: pytest.fail("a plan was made"))
    monkeypatch.setattr(pictures.sys, "argv", ["pictures.py"])
    assert pictures.main() == 0
    said = capsys.readouterr().out
    for tool in ("LibreOffice", "pdftoppm", "pdftotext", "Chromium"):
        assert tool in said
