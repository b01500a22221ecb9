"""Plans of the main line: right ones pass, and what is changed in them afterwards is caught."""

import copy
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import tierstock as ts
from tierstock.inputs.inspection import content_hash
from tierstock.outputs import write_workbook
from tierstock.outputs.audit import AuditResult, audit
from tierstock.outputs.run_info import run_info

CHANGED = {
    "Shipments": ("Quantity", "Freight"),
    "Inventory": ("Opening", "Received", "Shipped", "Issued", "Closing", "Shortfall", "Value"),
    "Service": ("Demand", "Issued", "On Time", "Lost", "Backlog"),
    "CapacityUse": ("Limit", "Used", "Extra"),
    "VehicleUse": ("Trips", "Cost"),
    "Costs": ("Amount",),
}


Sheets = dict[str, list[dict[str, object]]]
Pick = Callable[[Sequence[object]], object]
WEEKS = {"W1": "2026-01-05", "W2": "2026-01-12", "W3": "2026-01-19"}


def places(pick: Pick) -> Sheets:
    """Time, places, products, demand, and what is there at the start."""
    return {
        "Settings": [
            {"Setting": "carrying_rate", "Value": pick(["12%", "0.3", "20"])},
            {"Setting": "stock_timing", "Value": pick(["end", "average"])},
            {"Setting": "terminal_rule", "Value": pick(["none", "cover", "opening"])},
            {"Setting": "lead_time_rounding", "Value": pick(["auto", "ceil", "floor"])},
        ],
        "Periods": [{"Period": w, "Start Date": d} for w, d in WEEKS.items()],
        "Locations": [
            {"Location": "SUP", "Tier": "supplier", "Region": "North", "Class": ""},
            {"Location": "DC", "Tier": "RDC", "Region": "North", "Class": ""},
            {"Location": "S1", "Tier": "store", "Region": "North", "Class": pick(["", "B"])},
            {"Location": "S2", "Tier": "store", "Region": pick(["North", "South"]), "Class": ""},
        ],
        "Products": [
            {"Product": "P1", "Unit Value": 10, "Price": 30, "Weight": 2, "Volume": 0.02},
            {"Product": "P2", "Unit Value": 4, "Price": "", "Weight": 10, "Volume": 0.05},
        ],
        "Demand": [
            {"Location": s, "Product": p, "Period": w, "Quantity": pick([0, 3, 8, 12.5])}
            for s in ("S1", "S2")
            for p in ("P1", "P2")
            for w in WEEKS
        ],
        "OpeningStock": [
            {"Location": s, "Product": p, "Quantity": pick([5, 20]), "Blocked": pick(["", 2])}
            for s in ("DC", "S1", "S2")
            for p in ("P1", "P2")
        ],
        "InTransit": [
            {
                "To": "S1",
                "Product": "P1",
                "Quantity": 6,
                "Due Date": WEEKS["W2"],
                "Firm": pick("YN"),
            }
        ],
    }


def rules(pick: Pick) -> Sheets:
    """Lanes, and the rules and costs of stock, capacity, supply, vehicles and classes."""
    return {
        "Lanes": [
            {"From": "SUP", "To": "Tier=RDC", "Lead Time": pick([0, 3, 7, 10]), "Unit Cost": 1},
            {
                "From": "Tier=RDC",
                "To": "Tier=store",
                "Lead Time": pick([0, 3, 4, 7]),
                "Unit Cost": 0.4,
                "Cost Basis": pick(["unit", "kg", "value%"]),
                "Vehicle": pick(["", "*", "V1"]),
                "Fixed Cost": pick(["", 20]),
                "Min Shipment": pick(["", 5]),
                "Max Shipment": pick(["", 60]),
                "Yield": pick(["", 0.9]),
            },
            {"From": "Tier=store", "To": "Tier=store;Region=same", "Lead Time": 0, "Unit Cost": 1},
        ],
        "StockTargets": [
            {"Location": "*", "Tier": "store", "Safety Stock": pick(["", 4]), "Safety Days": 5},
            {"Location": "DC", "Max Stock": pick([15, 40]), "Hardness": pick(["soft", "hard"])},
        ],
        "StockCosts": [{"Location": "DC", "Handling In": 0.1, "Handling Out": pick(["", 0.2])}],
        "Capacity": [
            {
                "Location": "DC",
                "Kind": pick(["storage", "inbound", "outbound", "dock"]),
                "Dimension": pick(["unit", "kg", "m3"]),
                "Per": "bucket",
                "Limit": pick([20, 60]),
                "Extra Limit": 500,
                "Extra Cost": 0.2,
            }
        ],
        "Supply": [
            {"Location": "SUP", "Product": "*", "Max": pick(["", 60]), "Unit Cost": 2}
            | {"Fixed Cost": pick(["", 30]), "Lead Time": pick(["", 3])}
        ],
        "Vehicles": [
            {"Vehicle": "V1", "Max Weight": 100, "Max Volume": "", "Cost Per Trip": 10},
            {"Vehicle": "V2", "Max Weight": "", "Max Volume": 2, "Cost Per Trip": 25},
        ],
        "ServiceClasses": [
            {"Class": "B", "Mode": pick(["backorder", "partial"]), "Max Wait": pick(["", 7])}
            | {"Backorder Share": 0.5}
        ],
    }


def network(seed: int) -> dict[str, pd.DataFrame]:
    """A supplier, a warehouse and two shops with a random choice of rules."""
    pick = random.Random(seed).choice
    sheets = places(pick) | rules(pick)
    return {name: pd.DataFrame(rows).astype(str) for name, rows in sheets.items()}


class Written:
    """A plan and the input it was made from, as files."""

    def __init__(self, folder: Path, source: dict[str, pd.DataFrame]) -> None:
        self.source = folder / "net"
        self.source.mkdir()
        for name, frame in source.items():
            frame.to_csv(self.source / f"{name}.csv", index=False)
        plan = ts.solve(ts.build(ts.read(source)), gap=1e-6, time_limit=20, progress=False)
        self.facts = plan.facts(content_hash(self.source))
        self.tables = {**plan.tables, "RunInfo": run_info(self.facts)}
        self.file = folder / "plan.xlsx"

    def audit(self, tables: dict[str, pd.DataFrame], language: str = "en") -> AuditResult:
        write_workbook(self.file, tables, language, {}, self.facts)
        return audit(self.source, self.file)

    def audit_tables(self, tables: dict[str, pd.DataFrame]) -> AuditResult:
        """As ``audit``, the plan as a folder of CSV files: quicker than workbooks."""
        folder = self.file.with_suffix("")
        folder.mkdir(exist_ok=True)
        for name, frame in tables.items():
            frame.to_csv(folder / f"{name}.csv", index=False)
        return audit(self.source, folder)


def wrong(result: AuditResult) -> list[tuple[str, str]]:
    return [(check.name, check.where) for check in result.checks if not check.passed]


@pytest.mark.parametrize("seed", range(8))
def test_plans_of_random_networks_pass(seed: int, tmp_path: Path) -> None:
    written = Written(tmp_path, network(seed))

    assert wrong(written.audit(written.tables, "zh" if seed % 2 else "en")) == []


def changed(tables: dict[str, pd.DataFrame], seed: int) -> tuple[dict[str, pd.DataFrame], str]:
    """The tables with one number changed, or one row dropped or doubled."""
    draw = random.Random(seed)
    found = {name: copy.deepcopy(tables[name]) for name in tables}
    while True:
        sheet = draw.choice([name for name in CHANGED if len(tables[name])])
        frame, how = found[sheet], draw.choice(["x1.0001", "x1.01", "+1", "x1000", "drop", "twice"])
        row, column = draw.randrange(len(frame)), draw.choice(CHANGED[sheet])
        if how in ("drop", "twice"):
            rest = frame.drop(index=row) if how == "drop" else pd.concat([frame, frame.loc[[row]]])
            found[sheet] = rest.reset_index(drop=True)
            return found, f"{sheet} {how} {row}"
        old = float(frame[column].iloc[row])
        new = old + 1 if how == "+1" else old * float(how[1:])
        if np.isfinite(new) and abs(new - old) > 1e-5 * max(1.0, abs(old)):
            frame[column] = frame[column].astype(float)
            frame.loc[row, column] = new
            return found, f"{sheet}.{column} {how} row {row}"


def test_every_change_of_a_right_plan_is_caught(tmp_path: Path) -> None:
    written = Written(tmp_path, network(3))
    assert wrong(written.audit_tables(written.tables)) == []
    missed = []
    for seed in range(30):
        tables, what = changed(written.tables, seed)
        if written.audit_tables(tables).passed:
            missed.append(what)

    assert missed == []
