"""The same input gives the same file, where that is asked for.

The full proof plans each sample ten times::

    pytest -m slow -s tests/tierstock/test_deterministic_files.py
"""

from pathlib import Path

import pytest
from commands import run
from goals import reached

DETERMINISM = 15
REPEATS = 10
SAMPLES = ("starter", "promotion", "medicine")


def written(study: Path, gap: float, repeats: int) -> set[bytes]:
    """Return the different workbooks and pages that planning a study several times gives."""
    book, page, files = study.with_suffix(".plan.xlsx"), study.with_suffix(".plan.html"), set()
    for _ in range(repeats):
        assert run("plan", study, "--gap", gap, "--deterministic").exit_code == 0
        files.add(book.read_bytes() + page.read_bytes())
    return files


def test_two_runs_write_the_same_bytes(starter: Path) -> None:
    assert len(written(starter, 0, 2)) == 1


@pytest.mark.slow
def test_ten_runs_of_each_sample_write_the_same_bytes(tmp_path: Path) -> None:
    differ = []
    for name in SAMPLES:
        study = tmp_path / f"{name}.xlsx"
        assert run("new", study, "--sample", name, "--lang", "en").exit_code == 0
        if len(written(study, 0.02, REPEATS)) > 1:
            differ.append(name)
    equal = len(SAMPLES) - len(differ)
    figure = f"{equal} of {len(SAMPLES)} samples byte for byte equal in {REPEATS} of {REPEATS} runs"
    reached(DETERMINISM, figure, not differ)
