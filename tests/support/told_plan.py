"""The hand-made plan of one study with all that its sheets may tell beside what was decided."""

from planted_flows import Book, Row, row

WEEKS = ("W1", "W2", "W3")
DAYS = dict(zip(WEEKS, ("2026-01-05", "2026-01-12", "2026-01-19"), strict=True))
FEW = 50 / 7
"""Units a day that DC feeds: 40 a week of S1 and 10 of S2."""
COVER = {"DC": (18 / FEW, 28 / FEW, 0), "S1": (2.1, 2.1, 0), "S2": (0, 0, 0)}
"""Days for which the stock at the end of each week lasts."""
WAY = {"DC": (60, 0, 20), "S2": (12, 10, 0)}
DAILY = {"SUP": FEW, "DC": FEW, "S1": 40 / 7, "S2": 10 / 7}
REASONS = (
    "onward shipments: W2–W3",
    "demand and onward shipments: W1–W2",
    "demand: W2",
    "demand: W1",
    "demand: W2–W3",
    "demand: W3",
    "arrives after the horizon",
    "demand: W3",
)
VIEW: dict[tuple[str, str], tuple[float, ...]] = {
    ("SUP", "opening"): (0, 0, 0),
    ("SUP", "in"): (60, 0, 20),
    ("SUP", "issued"): (60, 0, 20),
    ("SUP", "closing"): (0, 0, 0),
    ("DC", "opening"): (80, 18, 28),
    ("DC", "in"): (0, 60, 0),
    ("DC", "issued"): (62, 50, 28),
    ("DC", "closing"): (18, 28, 0),
    ("DC", "cover (days)"): COVER["DC"],
    ("S1", "opening"): (10, 12, 12),
    ("S1", "in"): (50, 40, 28),
    ("S1", "transfer out"): (8, 0, 0),
    ("S1", "demand"): (40, 40, 40),
    ("S1", "issued"): (40, 40, 40),
    ("S1", "closing"): (12, 12, 0),
    ("S1", "target"): (5, 5, 5),
    ("S1", "cover (days)"): COVER["S1"],
    ("S2", "opening"): (0, 0, 0),
    ("S2", "in"): (0, 12, 10),
    ("S2", "transfer in"): (8, 0, 0),
    ("S2", "demand"): (10, 10, 10),
    ("S2", "issued"): (8, 12, 10),
    ("S2", "closing"): (0, 0, 0),
}
MOVES = (
    ("buy", "", "SUP", "W1", 60, ("", ""), ("", ""), 40),
    ("replenish", "SUP", "DC", "W1", 60, ("", ""), (0, 3.92), 40),
    ("transfer", "S1", "S2", "W1", 8, (3.5, 2.1), (0, 0), 30),
    ("replenish", "DC", "S1", "W1", 50, (68 / FEW, 2.52), (0, 2.1), ""),
    ("replenish", "DC", "S2", "W1", 12, (30 / FEW, 2.52), (0, 0), 20),
    ("open", "", "DC", "W2", "", ("", ""), ("", ""), ""),
    ("replenish", "DC", "S1", "W2", 40, (68 / FEW, 3.92), (0, 2.1), ""),
    ("replenish", "DC", "S2", "W2", 10, (38 / FEW, 3.92), (0, 0), ""),
    ("clear", "S1", "", "W1", 10, ("", ""), ("", ""), ""),
)
"""Moves up to the second week: action, from, to, week, units, days of cover of either end."""
FIGURES: dict[str, float | str] = {
    "Lost units": 0,
    "Owed at the end": 0,
    "Stock-out rate": 1 / 6,
    "Stock-out spell": 7,
    "Capital tied up (end)": 400,
    "Capital tied up (average)": 2320 / 3,
    "Capital tied up (peak)": 1220,
    "Capital tied up (opening)": 1100,
    "Stock value (opening)": 900,
    "Stock value (average)": 700 / 3,
    "Stock value (peak)": 400,
    "Inventory turnover": 1500 / 21 * 365 / (700 / 3),
    "Days on hand": 700 / 3 / (1500 / 21),
    "Safety stock missing": 5 / 3,
    "End cover": 200 / (1500 / 21),
    "Opening cover": 900 / (1500 / 21),
    "End cover asked": "",
    "Fill rate (value)": 148 / 150,
    "On-time rate": 148 / 150,
    "Slow-mover share": "",
    "Gap in money": "",
    "Gap to best possible": "",
    "Best possible cost": "",
    "Shipments": 8,
    "Transfers": 1,
    "Transfer quantity": 8,
    "Transfer value": 80,
    "Vehicle fill": 2.36 / 3,
    "Capacity peak": 48 / 45,
    "Response time": 10.5,
    "Fill rate by class: standard": 1,
    "Fill rate by class: VIP": 28 / 30,
    "Forward cover: RDC": (18 + 28) / (3 * FEW),
    "Forward cover: store": 24 / (3 * FEW),
}
"""Key figures beside those the plan has of itself; blank where nothing can be said."""
TERMS = {
    "purchase": 640,
    "freight": 166,
    "transit": 7.14,
    "trips": 90,
    "holding": 9.1,
    "handling": 14,
    "backorder": 2,
    "safety shortfall": 2.5,
    "extra capacity": 0.3,
    "terminal shortfall": 90,
}
CHARTS: tuple[tuple[object, ...], ...] = (
    ("Stock by tier at the end of each period",),
    ("", "RDC", "store", "Target (safety stock)"),
    *zip(WEEKS, (180, 280, 0), (120, 120, 0), (50, 50, 50), strict=True),
    (),
    ("Cost by term",),
    ("", "Plan"),
    ("purchase", 640),
    ("freight", 166),
    ("Other terms", 215.04),
    (),
    ("Capital tied up at the end of each period",),
    ("", "Capital"),
    *zip(WEEKS, (1220, 700, 400), strict=True),
    (),
    ("Capacity use, fullest period of each limit",),
    ("", "Used"),
    ("DC · storage · W2", repr(48 / 45)),
    ("DC · outbound · W1", repr(620 / 650)),
    ("T · fleet · W1", 0.5),
    ("DC → S2 · lane · W1", 0.24),
    (),
    ("Fill rate by place and period",),
    ("", *WEEKS),
    ("All places", 0.96, 1, 1),
    ("S2", 0.8, 1, 1),
    ("S1", 1, 1, 1),
)
"""What the charts of the plan are drawn from, row by row."""


def told(given: Book, plan: Book) -> None:
    """Add what is told: sizes, values, covers, reasons, the planner's grid and the actions."""
    given["Products"][0] |= {"Units Per Case": 10, "Volume": 0.1, "Units Per Pallet": 20}
    for ship, reason in zip(plan["Shipments"], REASONS, strict=True):
        units = float(ship["Quantity"])
        kind = "transfer" if ship["From"] == "S1" else "replenish"
        ship |= {"Kind": kind, "Reason": reason, "Ship Date": DAYS[ship["Ship Period"]]}
        ship |= {"Value": 10 * units, "Cases": units / 10, "Pallets": units / 20}
        ship |= {"Weight": 10 * units, "Volume": units / 10}
        ship["Vehicle Share"] = 1 if ship["To"] == "S1" else ""
    for one in plan["Inventory"]:
        place, week = one["Location"], WEEKS.index(one["Period"])
        one["In Transit"] = WAY.get(place, (0, 0, 0))[week]
        one |= {"Daily Demand": DAILY[place], "Excess": 0}
        one["Days Cover"] = COVER[place][week] if place in COVER else ""
    for one in plan["CapacityUse"]:
        one["Utilisation"] = float(one["Used"]) / float(one["Limit"])
    for one in plan["Service"]:
        one |= {"Cause": "", "Stock Out": "N"}
    row(plan, "Service", Location="S2", Period="W1").update(Cause="lead time", **{"Stock Out": "Y"})
    for (place, measure), figures in VIEW.items():
        name: Row = {"Location": place, "Product": "P1", "Measure": measure}
        plan.setdefault("PlanView", []).append(name | dict(zip(WEEKS, figures, strict=True)))
    costs = {f"Cost: {term}": money for term, money in TERMS.items()}
    for figure, value in (FIGURES | costs).items():
        plan["Summary"].append({"KPI": figure, "Value": value})
    plan["Summary"][0]["Definition"] = "all of it"
    plan["SlowMovers"] = [{"Location": "S1", "Product": "P1", "Action": "clear"}]
    plan["Actions"] = [_action(rank, *move) for rank, move in enumerate(MOVES, start=1)]


def charted(given: Book, plan: Book) -> None:
    """Add what is told, and the figures of all charts."""
    told(given, plan)
    plan["Charts"] = [dict(zip("ABCD", (*cells, *[""] * 4), strict=False)) for cells in CHARTS]


def longer(given: Book, plan: Book) -> None:
    """Add two weeks in which nobody wants anything, and what is on the way to DC arrives."""
    later = {"W4": "2026-01-26", "W5": "2026-02-02"}
    given["Periods"] += [{"Period": week, "Start Date": day} for week, day in later.items()]
    plan["Shipments"][6] |= {"Arrive Period": "W4", "Status": "new"}
    still: dict[str, float] = dict.fromkeys(("Received", "Purchased", "Shipped", "Issued"), 0)
    for week in later:
        for place in ("SUP", "DC", "S1", "S2"):
            one: Row = {"Location": place, "Product": "P1", "Period": week} | still
            one |= {"Opening": 0, "Closing": 0, "Target": 0, "Shortfall": 0, "Value": 0}
            if place == "DC":
                one |= {"Opening": 0 if week == "W4" else 20, "Closing": 20, "Value": 200}
                one["Received"] = 20 if week == "W4" else 0
            if place == "S1":
                one |= {"Target": 5, "Shortfall": 5}
            plan["Inventory"].append(one)
        for at in (0, 3, 6, 9):
            used = 40 if at == 0 else 0
            plan["CapacityUse"].append(plan["CapacityUse"][at] | {"Period": week, "Used": used})
        lines = (("holding", "DC", 2.8), ("safety shortfall", "S1", 2.5))
        for term, place, money in lines:
            cost: Row = {"Cost Bucket": term, "Location": place, "Product": "P1"}
            plan["Costs"].append(cost | {"Period": week, "Amount": money})
    row(plan, "Costs", **{"Cost Bucket": "terminal shortfall"}).update(Period="W5", Amount=11.25)
    total = plan["Summary"][0]["Value"] + 2 * 2.8 + 2 * 2.5 - 78.75
    plan["Summary"][0]["Value"], plan["RunInfo"][0]["Value"] = total, repr(total)
    plan["Summary"][3]["Value"] = 200


def _action(
    rank: int,
    action: str,
    origin: str,
    to: str,
    week: str,
    units: object,
    donor: tuple[object, object],
    receiver: tuple[object, object],
    saving: object,
) -> Row:
    row: Row = {"Rank": rank, "Action": action, "From": origin, "To": to, "Product": "P1"}
    row |= {"Do By": DAYS[week], "Quantity": units, "Saving": saving}
    if isinstance(units, int):
        row |= {"Cases": units / 10, "Value": units * 10}
    row |= dict(zip(("Donor Days Before", "Donor Days After"), donor, strict=True))
    return row | dict(zip(("Receiver Days Before", "Receiver Days After"), receiver, strict=True))
