"""The command line in one process, and inputs for it."""

import json
import os
import random
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tierstock.cli import main


def run(*words: object, folder: Path | None = None) -> Result:
    """Run a command, in a folder where one is given."""
    runner = CliRunner()
    before = Path.cwd()
    if folder is not None:
        os.chdir(folder)
    try:
        return runner.invoke(main, [str(word) for word in words])
    finally:
        os.chdir(before)


def answer(result: Result) -> dict[str, Any]:
    """Return the line for machines."""
    return dict(json.loads(result.stdout.strip().splitlines()[-1]))


def write_folder(folder: Path, **sheets: list[str]) -> Path:
    """Write a folder of CSV files from lines."""
    folder.mkdir(exist_ok=True)
    for name, lines in sheets.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def write_endless(folder: Path, shops: int = 8, weeks: int = 20) -> Path:
    """Write a small network with a plan at once and no proof for minutes: whom to visit when."""
    chance = random.Random(1)
    names = [f"S{number}" for number in range(shops)]
    fixed = [f"DC,{one},0,{chance.randint(30, 90)}" for one in names]
    wanted = [f"{s},tea,{t},{chance.randint(0, 60)}" for s in names for t in range(1, weeks + 1)]
    held = [f"{one},tea,{chance.uniform(0.4, 0.9):.2f}" for one in names]
    return write_folder(
        folder,
        Locations=["Location,Tier", "SUP,supplier", "DC,CDC", *(f"{s},store" for s in names)],
        Products=["Product,Unit Value", "tea,10"],
        Lanes=["From,To,Lead Time,Fixed Cost", "SUP,DC,0,0", *fixed],
        Demand=["Location,Product,Period,Quantity", *wanted],
        Capacity=["Location,Kind,Dimension,Limit,Per", f"DC,outbound,unit,{33 * shops},bucket"],
        StockCosts=["Location,Product,Holding Cost", *held],
        Settings=["Setting,Value", "bucket,week"],
    )
