"""Faults of what surrounds a run, by their numbers: clock, homes, languages, closed outputs.

``pytest -m slow -s tests/tierstock``.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import run
from faults import command, jumping_clock
from goals import reached
from writers import read

FAULTS = set(range(1, 36))
"""Numbers of the catalogue."""

linux = pytest.mark.skipif(sys.platform != "linux", reason="what a shell and Linux offer")


def target_of(source: Path) -> Path:
    return source.with_name(f"{source.stem}.plan.xlsx")


@linux
@pytest.mark.slow
def test_fault_22_a_clock_that_jumps_changes_no_limit_and_no_plan(
    starter: Path, tmp_path: Path
) -> None:
    clock = jumping_clock(tmp_path / "clock")
    began = time.monotonic()
    done = command(
        "plan", starter, "--gap", "0", "--time", "60", "--json", variables={"PYTHONPATH": clock}
    )
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - began < 60
    facts = json.loads(done.stdout.splitlines()[-1])
    assert (facts["stopped"], facts["quality"]) == ("optimal", "proven")
    assert all(0 <= spent < 60 for spent in facts["seconds"].values())


LATE = """
import sys
from tierstock.cli import main
class Held:
    def __init__(self, fault): self.fault = fault
    def __del__(self): raise self.fault
held = [Held(OSError(28, "No space left on device")), Held(ValueError("of another kind"))]
try:
    main(["new", "--help"])
finally:
    held.clear()
"""
"""A program in which two files cannot be closed when the command has told its fault."""


def test_fault_04_a_file_that_cannot_be_closed_on_a_full_disk_gives_no_traceback() -> None:
    done = subprocess.run([sys.executable, "-c", LATE], capture_output=True, text=True)
    assert "No space left" not in done.stderr
    assert "ValueError: of another kind" in done.stderr


@linux
def test_fault_25_names_in_the_bytes_of_chinese_windows_work(tmp_path: Path) -> None:
    """Unpacked from an archive they are no text of this system; their planner calls it 库存."""
    stem = os.fsdecode("库存".encode("gb18030"))
    source, plan = tmp_path / f"{stem}.xlsx", tmp_path / f"{stem}.plan.xlsx"
    assert run("new", source, "--sample", "starter", "--lang", "zh").exit_code == 0
    assert run("plan", source, "--gap", "0").exit_code == 0
    assert run("audit", source, plan).exit_code == 0
    told = run("compare", plan, plan, "-o", tmp_path / "c.xlsx")
    assert told.exit_code == 0 and "库存" in told.output, told.output
    packed = run("pack", plan, "-o", tmp_path / "handed")
    assert packed.exit_code == 0, packed.output
    assert {one.name for one in (tmp_path / "handed").iterdir()} >= {"库存.plan.xlsx", "库存.xlsx"}
    wrong = run("plan", source, "--set", f"model_name={stem}", "--lang", "zh")
    assert wrong.exit_code == 2 and "请以 UTF-8 重新输入" in wrong.output


@linux
@pytest.mark.slow
@pytest.mark.parametrize("home", [None, "/proc/1"])
def test_fault_23_no_home_or_one_that_is_read_only(starter: Path, home: str | None) -> None:
    bare = {"HOME": home, "XDG_CONFIG_HOME": None, "XDG_CACHE_HOME": None, "TMPDIR": "/proc/1"}
    done = command("plan", starter, "--gap", "0", "--json", variables=bare)
    assert done.returncode == 0, done.stderr
    assert target_of(starter).exists()


@linux
@pytest.mark.slow
@pytest.mark.parametrize(
    "locale",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"LANG": "POSIX", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "zh_CN.GB18030", "LC_ALL": "zh_CN.GB18030"},
        {"PYTHONIOENCODING": "cp936"},
        {"PYTHONIOENCODING": "gb18030:strict"},
    ],
    ids=lambda one: "-".join(one.values()),
)
def test_fault_24_no_locale_makes_a_text_fail(
    starter: Path, tmp_path: Path, locale: dict[str, str]
) -> None:
    path = tmp_path / "库存🚚.xlsx"
    starter.rename(path)
    done = command("plan", path, "--gap", "0", "--lang", "zh", "--progress", variables=locale)
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stdout + done.stderr
    assert target_of(path).exists()


@linux
@pytest.mark.slow
@pytest.mark.parametrize(
    ("shell", "code"), [(">&-", 0), (">&- 2>&-", 0), (">/dev/full", 6), ("| head -1", 0)]
)
def test_fault_30_a_closed_output_gives_no_traceback(tmp_path: Path, shell: str, code: int) -> None:
    done = command("new", tmp_path / "n.xlsx", "--sheets", "core", shell=shell)
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
    assert done.returncode == code, done.stderr
    assert read(tmp_path / "n.xlsx")


def test_every_fault_of_the_catalogue_has_its_test() -> None:
    tests = Path(__file__).resolve().parents[1]
    texts = [file.read_text(encoding="utf-8") for file in tests.glob("*/test_fault_*.py")]
    there = {int(one) for text in texts for one in re.findall(r"def test_fault_(\d\d)", text)}
    lacking = sorted(FAULTS - there)
    figure = (
        f"{len(there & FAULTS)} of {len(FAULTS)} faults have tests of their own {lacking or ''}"
    )
    reached(13, figure.strip(), there == FAULTS)
