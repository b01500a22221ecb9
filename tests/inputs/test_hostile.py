"""No file, however broken or hostile, ends, stops or misuses ``tierstock check``.

The full proof spoils and checks 5,280 files in processes of their own, prints the figures, and
runs for about 25 minutes::

    pytest -m slow -s tests/inputs/test_hostile.py

``HOSTILE_FROM`` and ``HOSTILE_COUNT`` in the environment choose other files of the endless row.
"""

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from goals import reached
from hostile import KINDS, checked, level_of
from hostile_values import study
from starter import codes, look, save

FILE_FUZZ = 3
COUNT = 120 * len(KINDS)
QUICK = 8
"""Files of every run; the others wait for the slow one."""


def test_what_is_spoilt_was_good(tmp_path: Path) -> None:
    for language in ("en", "zh"):
        _, findings = look(save(study(Random(1), language), tmp_path / f"{language}.xlsx"))
        assert codes(findings, "error", "warning") == []


def test_spoilt_files_end_with_a_message(tmp_path: Path) -> None:
    numbers = Random("some").sample(range(COUNT), QUICK)

    answers = list(checked(numbers, tmp_path))

    assert [(one.number, one.kind, one.fault) for one in answers if one.fault] == []
    assert len(answers) == QUICK


@pytest.mark.slow
def test_thousands_of_spoilt_files_end_with_a_message(tmp_path: Path) -> None:
    first = int(os.environ.get("HOSTILE_FROM", "0"))
    count = int(os.environ.get("HOSTILE_COUNT", str(COUNT)))
    ended: Counter[tuple[str, str]] = Counter()
    worst: dict[str, tuple[float, int]] = {}
    faults = []
    for one in checked(range(first, first + count), tmp_path):
        level = level_of(one.kind)
        ended[level, {0: "read", 2: "refused"}.get(one.code, "fault")] += 1
        seconds, peak = worst.get(level, (0.0, 0))
        worst[level] = max(seconds, one.seconds), max(peak, one.peak)
        if one.number % 500 == 499:
            print(f"file {one.number}", flush=True)
        if one.fault:
            faults.append((one.number, one.kind, one.fault))
            print(f"\n{one.number} {one.kind}: {one.fault}", flush=True)
    print("\nlevel  files  read  refused  faults  longest s  most MB")
    for level, (seconds, peak) in sorted(worst.items()):
        found = [ended[level, name] for name in ("read", "refused", "fault")]
        print(
            f"{level:6} {sum(found):5} {found[0]:5} {found[1]:8} {found[2]:7}"
            f" {seconds:10.1f} {peak / 1e6:8.0f}"
        )
    longest = max(seconds for seconds, _ in worst.values())
    most = max(peak for _, peak in worst.values())
    figure = (
        f"{len(faults)} faults in {sum(ended.values())} spoilt files, at most {longest:.1f} s of "
        f"work and {most / 1e6:.0f} MB"
    )
    reached(FILE_FUZZ, figure, not faults)
