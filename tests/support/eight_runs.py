"""Several runs of ``tierstock plan`` on one output: ``python eight_runs.py ROUNDS RUNS FOLDER``.

Each run of a round plans with costs of its own, so that a workbook made of two would be seen: it
would fail its audit. Prints one line of JSON.
"""

import json
import os
import sys
from pathlib import Path

from click.testing import CliRunner
from writers import strays

from tierstock.cli import main as tierstock


def run(*words: object) -> int:
    """Run a command in this process; return its exit code."""
    return CliRunner().invoke(tierstock, [str(word) for word in words]).exit_code


def main(rounds: int, runs: int, folder: Path) -> dict[str, int]:
    """Start so many runs at once, so many times; return how they ended."""
    source, target = folder / "shops.xlsx", folder / "shops.plan.xlsx"
    assert run("new", source, "--sample", "starter") == 0
    assert run("plan", source, "--gap", "0") == 0  # everything is loaded before the split
    counts = {"rounds": 0, "written": 0, "busy": 0, "other": 0, "mixed": 0}
    for _ in range(rounds):
        children = [_split(source, number) for number in range(runs)]
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        counts["rounds"] += 1
        counts["written"] += codes.count(0)
        counts["busy"] += codes.count(6)
        counts["other"] += len([code for code in codes if code not in (0, 6)]) or 0 not in codes
        whole = run("audit", source, target) == 0
        alone = not strays(folder)
        counts["mixed"] += not (whole and alone)
    return counts


def _split(source: Path, number: int) -> int:
    child = os.fork()
    if child == 0:
        os._exit(run("plan", source, "--gap", "0", "--set", f"carrying_rate={number + 1}%"))
    return child


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))))
