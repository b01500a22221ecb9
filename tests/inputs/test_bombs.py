"""Small files that would fill the machine, and documents that ask for others, are refused at once.

With figures::

    pytest -m slow -s tests/inputs/test_bombs.py
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from goals import reached
from hostile import Checker
from hostile_zip import KINDS, good, packed

SECURITY = 18
MOST_SECONDS, MOST_BYTES = 1.0, 200e6
BOMBS = {
    "a bomb": 9,
    "parts that overlap": 2,
    "too many parts": 2,
    "sizes that lie": 2,
    "names": 4,
    "a part twice": 1,
}
DOCUMENTS = {
    "entities": 6,
    "deep nesting": 2,
    "many or long attributes and texts": 1,
    "repeated cells and rows": 1,
}


def spoilt(kind: str, number: int, folder: Path) -> Path:
    """Write file ``number`` of a kind."""
    _, forms, make = KINDS[kind]
    rng = Random(f"{kind} {number}")
    form = forms[number % len(forms)]
    made = make(dict(good(form, "plain")), rng)
    path = folder / f"{kind} {number}.{form}"
    path.write_bytes(made if isinstance(made, bytes) else packed(made))
    return path


def faults(kinds: Sequence[tuple[str, int]], folder: Path) -> tuple[list[str], float, float]:
    """Return what is wrong with checks of files, the longest in seconds and most of memory."""
    wrong, longest, most = [], 0.0, 0.0
    with Checker(folder / "scratch") as checker:
        usual = folder / "usual.xlsx"
        usual.write_bytes(packed(dict(good("xlsx", "plain"))))
        before = checker.check(usual)["peak"]
        for kind, number in kinds:
            answer = checker.check(spoilt(kind, number, folder))
            more = answer["peak"] - before
            longest, most = max(longest, answer["seconds"]), max(most, more)
            good_end = answer["code"] in (0, 2, 6) and not answer["seen"]
            if not good_end or answer["seconds"] > MOST_SECONDS or more > MOST_BYTES:
                wrong.append(f"{kind} {number}: {answer}")
    return wrong, longest, most


@pytest.mark.slow
def test_bombs_and_documents_that_ask_for_others_are_refused_at_once(tmp_path: Path) -> None:
    kinds = [(kind, n) for kind, many in (BOMBS | DOCUMENTS).items() for n in range(many)]
    wrong, longest, most = faults(kinds, tmp_path)
    print(*wrong, sep="\n")
    figure = (
        f"{len(wrong)} of {sum(BOMBS.values())} archives and {sum(DOCUMENTS.values())} documents "
        f"get through; at most {longest:.1f} s of work and {most / 1e6:.0f} MB more"
    )
    reached(SECURITY, figure, not wrong)
