"""The stamp: hashes of input and results in the sheet Audit, by which both are known again."""

import hashlib
import re
from collections.abc import Mapping

from tierstock.outputs.audit.grid import Grid, Stored
from tierstock.outputs.audit.report import NAMES, Report
from tierstock.outputs.audit.values import bare

STAMP = re.compile("sha256:([0-9a-f]{64})")


def results_hash(grids: Mapping[str, Grid]) -> str:
    """Return sha256 of all cells of the results, whoever wrote the file.

    Numbers count by their value, so a workbook that was only opened and saved keeps its hash.
    """
    digest, known = hashlib.sha256(), _Values()
    for title, grid in grids.items():
        digest.update(f"\x1d{title}\x1d{';'.join(grid.formulas)}".encode())
        rows = (
            f"\x1e{number}\x1f" + "\x1f".join(map(known.__getitem__, cells))
            for number, cells in grid.rows
        )
        digest.update("".join(rows).encode())
    return digest.hexdigest()


class _Values(dict[str, str]):
    """Cells by what they say: 16 digits and 17 of the same number are one, texts are texts."""

    def __missing__(self, text: str) -> str:
        found = text
        if isinstance(text, Stored):
            share = f"{text[:-1]}e-2" if text.endswith("%") else text
            found = repr(float(share))
        self[text] = found
        return found


def check_stamp(
    report: Report, audit: Grid | None, input_hash: str, plan_hash: str, *, demanded: bool = False
) -> bool:
    """Check the hashes that an earlier audit left in its sheet, and note those of now.

    ``demanded``: whether there has to be one. Returns whether both are there.
    """
    both = True
    for check, now in (("hash", input_hash), ("stamp", plan_hash)):
        told = _told(audit, check)
        both = both and told != ""
        if demanded and not told:
            report.fail(check, "Audit", "no row")
        elif told and told != now:
            what = "another input than the one audited" if check == "hash" else "changed since"
            report.fail(check, "Audit", what, f"{told[:12]}… ≠ {now[:12]}…")
        report.note(check, f"sha256:{now}")
    return both


def _told(audit: Grid | None, check: str) -> str:
    """Return the hash in the row of a check, blank where there is none."""
    names = {bare(name) for name in NAMES[check]}
    for _, cells in audit.rows if audit is not None else ():
        if names & set(map(bare, cells)):
            return next((found[1] for cell in cells if (found := STAMP.fullmatch(cell))), "")
    return ""
