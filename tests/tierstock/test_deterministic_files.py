"""The same input gives the same file, where that is asked for."""

from pathlib import Path

from commands import run


def test_two_runs_write_the_same_bytes(starter: Path) -> None:
    target = starter.with_name("shops.plan.xlsx")
    files = []
    for _ in range(2):
        assert run("plan", starter, "--gap", "0", "--deterministic").exit_code == 0
        files.append(target.read_bytes())
    assert files[0] == files[1]
