"""Every fault that was found and mended has a test with a name, listed in ``fixed_faults.csv``.

Whoever mends a fault adds its line: what went wrong, in a planner's words, and the test that fails
when it comes back.
"""

import csv
import re
from pathlib import Path

from goals import reached

ROOT = Path(__file__).resolve().parents[2]


def test_every_fault_that_was_mended_has_a_test_that_is_there() -> None:
    with Path(__file__).with_name("fixed_faults.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    missing = [
        row["fault"]
        for row in rows
        if not re.search(
            rf"^def {row['test']}\(", (ROOT / row["file"]).read_text("utf-8"), re.MULTILINE
        )
    ]
    assert len({row["fault"] for row in rows}) == len(rows) > 0
    reached(21, f"{len(rows)} faults that were mended, {len(missing)} without a test", not missing)
