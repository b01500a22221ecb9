"""The smallest study as a file."""

from pathlib import Path

import pytest
from commands import run


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    path = tmp_path / "shops.xlsx"
    assert run("new", path, "--sample", "starter", "--lang", "en").exit_code == 0
    return path
