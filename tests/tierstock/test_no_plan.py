"""What a planner learns where the hard rules leave no plan."""

from pathlib import Path

import pandas as pd
import pytest
from commands import run, write_folder

import tierstock as ts


@pytest.fixture
def juice(tmp_path: Path) -> Path:
    """A line of 10 hours, a least batch that needs 12, and a class that must be served."""
    return write_folder(
        tmp_path / "juice",
        Locations=["Location,Tier", "PLT,plant", "W1,store", "W2,store"],
        Products=["Product,Unit Value", "raw,1", "juice,10"],
        Lanes=["From,To,Product,Lead Time", "PLT,W1,juice,0", "W1,W2,juice,0"],
        Supply=["Location,Product", "PLT,raw"],
        Recipes=[
            "Recipe,Location,Output,Resource,Hours Per Unit,Setup Hours,Min Batch",
            "R1,PLT,juice,LINE,0.04,4,200",
        ],
        RecipeInputs=["Recipe,Component,Quantity", "R1,raw,1"],
        Resources=["Location,Resource,Hours", "PLT,LINE,10"],
        ServiceClasses=["Class,Priority,Mode", "A,1,must"],
        Demand=["Location,Product,Class,Period,Quantity", *(f"W1,juice,A,{t},9" for t in (1, 2))],
        OpeningStock=["Location,Product,Quantity", "W1,juice,5"],
        Settings=["Setting,Value", "bucket,week"],
    )


def test_a_contradiction_leads_with_the_warning_that_explains_it(juice: Path) -> None:
    result = run("plan", juice)
    assert result.exit_code == 3, result.output
    lines = result.output.splitlines()
    at = lines.index("This may be why there is no plan:")
    assert "The recipe can never run at PLT" in lines[at + 1]
    assert "12 h" in lines[at + 1]
    assert "10 h" in lines[at + 1]
    assert "Rows that must hold: ServiceClasses!C2" in lines


def test_a_place_with_a_recipe_is_not_sent_to_the_sheet_supply(juice: Path) -> None:
    output = run("check", juice).output
    told = next(line for line in output.splitlines() if "carries nothing" in line)
    assert "recipe R1" in told
    assert "Supply" not in told


def test_the_warnings_of_a_plan_come_worst_first(juice: Path) -> None:
    frames = {file.stem: pd.read_csv(file) for file in juice.glob("*.csv")}
    frames["ServiceClasses"]["Mode"] = "lost"
    plan = ts.solve(ts.build(ts.read(frames)), progress=False)
    warnings = plan.facts().warnings
    assert "never run" in warnings[0]
    assert "no terminal rule" in warnings[-1]
    assert not any("no terminal rule" in note for note in plan.facts().notes)
