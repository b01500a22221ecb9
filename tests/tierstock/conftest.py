"""The smallest study as a file."""

from pathlib import Path

import pytest
from commands import run


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("study") / "shops.xlsx"
    assert run("new", path, "--sample", "starter", "--lang", "en").exit_code == 0
    return path.read_bytes()


@pytest.fixture
def starter(tmp_path: Path, study: bytes) -> Path:
    path = tmp_path / "shops.xlsx"
    path.write_bytes(study)
    return path
