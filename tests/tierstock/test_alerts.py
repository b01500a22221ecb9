"""The worst alerts on the console, and their number by kind for machines."""

from pathlib import Path

from commands import answer, run, write_folder


def shop(folder: Path, opening: int) -> Path:
    """A shop of which 50 are wanted, with so many in stock."""
    return write_folder(
        folder,
        Locations=["Location,Tier", "S1,store"],
        Products=["Product,Unit Value,Price", "tea,10,12"],
        Lanes=["From,To,Lead Time"],
        Demand=["Location,Product,Period,Quantity", "S1,tea,1,20", "S1,tea,2,30"],
        OpeningStock=["Location,Product,Quantity", f"S1,tea,{opening}"],
    )


def test_the_console_names_the_worst_risks_and_counts_are_by_kind(tmp_path: Path) -> None:
    result = run("plan", shop(tmp_path / "shop", 35), "--gap", "0", "--lang", "zh", "--json")
    assert "最大风险\n  S1、tea：2 起缺货，15 件，风险金额 180.00 CNY。" in result.output
    assert answer(result)["alerts"] == {"stock-out": 1}
