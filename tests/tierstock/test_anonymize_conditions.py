"""``tierstock anonymize``: conditions and selectors, those nobody can read as well."""

from pathlib import Path
from random import Random

from commands import write_folder

from tierstock.inputs import Findings
from tierstock.inputs.masking.mask import masked

PLACES = {
    "Locations": ["Location,Tier,Company", "HaierQD,CDC,Haier Ltd", "Xian,store,Haier Ltd"],
    "Products": ["Product,Unit Value", "MilkyWay,5"],
}


def test_selectors_nobody_can_read_do_not_leak(tmp_path: Path) -> None:
    lanes = ["From,To,Lead Time", "Firma=Haier Ltd,Xian,1", '"!;HaierQD=,",Xian,1']
    made = masked(write_folder(tmp_path, **PLACES, Lanes=lanes), Findings(), Random(1))

    assert made is not None
    written = str([tab.rows for tab in made.tabs])
    assert "Haier" not in written and "Firma" not in written


def test_conditions_of_scenarios_name_what_their_sheet_lists(tmp_path: Path) -> None:
    scenarios = [
        "Scenario,Sheet,Where,Column,Action,Value",
        "BigBang,Demand,Product=MilkyWay; Location=HaierQD,Quantity,multiply,2",
        "BigBang,Demand,Kunde=Acme,Quantity,multiply,2",
    ]
    made = masked(write_folder(tmp_path, **PLACES, Scenarios=scenarios), Findings(), Random(1))

    assert made is not None
    rows = next(tab.rows for tab in made.tabs if tab.sheet == "Scenarios")
    assert [row[2] for row in rows[1:]] == ["Product=P1;Location=L1", "N1"]
