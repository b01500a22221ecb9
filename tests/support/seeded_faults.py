"""Seeded faults of a written plan: each takes tables and gives them back with one thing wrong.

A kind is a function of the tables, a source of chance and a size; None where the plan has nothing
of the kind. The sizes are 1e-4 and 1 % of a number, one unit, and a factor of 1000.
"""

from collections.abc import Callable, Sequence
from random import Random

import pandas as pd

Tables = dict[str, pd.DataFrame]
Fault = Callable[[Tables, Random, str], Tables | None]
SIZES = ("1e-4", "1 %", "1 unit", "x1000")
SHARES = {"1e-4": 1e-4, "1 %": 1e-2, "1 unit": 0.0, "x1000": 999.0}
KINDS: dict[str, Fault] = {}
LEAST = 1e-4
"""Change below which a number counts as the same."""


def kind(function: Fault) -> Fault:
    """Enter a kind of fault under its name in words."""
    KINDS[function.__name__.replace("_", " ")] = function
    return function


def grown(value: float, size: str) -> float:
    """Return a number changed by a size."""
    return value + 1.0 if size == "1 unit" else value * (1.0 + SHARES[size])


def pick(tables: Tables, sheet: str, draw: Random, column: str = "") -> int | None:
    """Return a row of a sheet, with a number other than 0 in a column where one is named."""
    frame = tables.get(sheet)
    if frame is None or not len(frame) or (column and column not in frame):
        return None
    rows = list(range(len(frame)))
    if column:
        rows = [i for i in rows if abs(float(frame[column].iloc[i] or 0)) > LEAST]
    return draw.choice(rows) if rows else None


def with_cell(tables: Tables, sheet: str, row: int, column: str, value: float | str) -> Tables:
    """Return the tables with one cell changed."""
    frame = tables[sheet].copy()
    frame[column] = frame[column].astype(object)
    frame.loc[row, column] = value
    return {**tables, sheet: frame}


def number_off(
    tables: Tables, sheet: str, columns: Sequence[str], draw: Random, size: str
) -> Tables | None:
    """Return the tables with one number of a sheet changed by a size."""
    known = [c for c in columns if sheet in tables and c in tables[sheet]]
    filled = [(c, row) for c in known if (row := pick(tables, sheet, draw, c)) is not None]
    if not filled:
        return None
    column, row = draw.choice(filled)
    return with_cell(
        tables, sheet, row, column, grown(float(tables[sheet][column].iloc[row]), size)
    )


def without(tables: Tables, sheet: str, row: int) -> Tables:
    """Return the tables without a row."""
    return {**tables, sheet: tables[sheet].drop(index=row).reset_index(drop=True)}


def doubled(tables: Tables, sheet: str, row: int) -> Tables:
    """Return the tables with a row twice."""
    frame = tables[sheet]
    return {**tables, sheet: pd.concat([frame, frame.loc[[row]]], ignore_index=True)}


def added(tables: Tables, sheet: str, column: str, units: float, **key: object) -> Tables:
    """Return the tables with units added to a number of the first row of a key, if there is one."""
    frame = tables.get(sheet)
    if frame is None:
        return tables
    match = pd.Series(True, index=frame.index)
    for name, value in key.items():
        match &= frame[name.replace("_", " ")] == value
    row = next(iter(frame.index[match]), None)
    if row is None:
        return tables
    return with_cell(tables, sheet, row, column, float(frame.loc[row, column]) + units)


def restated(tables: Tables, term: str, money: float) -> Tables:
    """Return the tables with a cost term, the total and the objective changed by an amount."""
    found = added(tables, "Summary", "Value", money, KPI=f"Cost: {term}")
    found = added(found, "Summary", "Value", money, KPI="Total cost")
    found = added(found, "RunInfo", "Value", money, Item="Objective")
    return added(found, "RunInfo", "Value", money, Item="Bound")


@kind
def shipment_of_another_quantity(tables: Tables, draw: Random, size: str) -> Tables | None:
    return number_off(tables, "Shipments", ["Quantity"], draw, size)


@kind
def shipment_and_its_receipt_off(tables: Tables, draw: Random, size: str) -> Tables | None:
    """The shipment, what both ends send and receive, and their stock in that row change alike."""
    row = pick(tables, "Shipments", draw, "Quantity")
    if row is None:
        return None
    ship = tables["Shipments"].iloc[row]
    units = grown(float(ship["Quantity"]), size) - float(ship["Quantity"])
    found = with_cell(tables, "Shipments", row, "Quantity", float(ship["Quantity"]) + units)
    start = {"Location": ship["From"], "Product": ship["Product"], "Period": ship["Ship Period"]}
    end = {"Location": ship["To"], "Product": ship["Product"], "Period": ship["Arrive Period"]}
    for column, sign in (("Shipped", 1.0), ("Closing", -1.0)):
        found = added(found, "Inventory", column, sign * units, **start)
    for column in ("Received", "Closing"):
        found = added(found, "Inventory", column, units, **end)
    return found


@kind
def shipment_dropped(tables: Tables, draw: Random, size: str) -> Tables | None:
    row = pick(tables, "Shipments", draw, "Quantity")
    return None if row is None else without(tables, "Shipments", row)


@kind
def shipment_twice(tables: Tables, draw: Random, size: str) -> Tables | None:
    row = pick(tables, "Shipments", draw, "Quantity")
    return None if row is None else doubled(tables, "Shipments", row)


@kind
def shipment_in_another_period(tables: Tables, draw: Random, size: str) -> Tables | None:
    return _moved(tables, "Shipments", "Ship Period", "Inventory", "Period", draw)


@kind
def shipment_to_another_place(tables: Tables, draw: Random, size: str) -> Tables | None:
    return _moved(tables, "Shipments", "To", "Inventory", "Location", draw)


@kind
def shipment_of_another_product(tables: Tables, draw: Random, size: str) -> Tables | None:
    return _moved(tables, "Shipments", "Product", "Inventory", "Product", draw)


@kind
def shipment_with_another_sign(tables: Tables, draw: Random, size: str) -> Tables | None:
    row = pick(tables, "Shipments", draw, "Quantity")
    if row is None:
        return None
    units = -float(tables["Shipments"]["Quantity"].iloc[row])
    return with_cell(tables, "Shipments", row, "Quantity", units)


@kind
def quantities_rounded(tables: Tables, draw: Random, size: str) -> Tables | None:
    frame = tables["Shipments"].copy()
    frame["Quantity"] = frame["Quantity"].astype(float).round()
    return {**tables, "Shipments": frame}


@kind
def money_or_size_of_a_shipment_off(tables: Tables, draw: Random, size: str) -> Tables | None:
    columns = ["Freight", "Value", "Weight", "Volume", "Pallets", "Cases"]
    return number_off(tables, "Shipments", columns, draw, size)


@kind
def stock_off(tables: Tables, draw: Random, size: str) -> Tables | None:
    return number_off(tables, "Inventory", ["Closing"], draw, size)


@kind
def stock_carried_over_off(tables: Tables, draw: Random, size: str) -> Tables | None:
    """The stock at the end of a period and at the start of the next one change alike."""
    row = pick(tables, "Inventory", draw, "Closing")
    frame = tables["Inventory"]
    if row is None or row + 1 >= len(frame):
        return None
    alike = all(frame[c].iloc[row] == frame[c].iloc[row + 1] for c in ("Location", "Product"))
    if not alike:
        return None
    stock = grown(float(frame["Closing"].iloc[row]), size)
    found = with_cell(tables, "Inventory", row, "Closing", stock)
    return with_cell(found, "Inventory", row + 1, "Opening", stock)


@kind
def move_of_stock_off(tables: Tables, draw: Random, size: str) -> Tables | None:
    columns = ["Opening", "Received", "Purchased", "Produced", "Shipped", "Issued", "Consumed"]
    return number_off(tables, "Inventory", columns, draw, size)


@kind
def figure_of_stock_off(tables: Tables, draw: Random, size: str) -> Tables | None:
    columns = [
        *("In Transit", "Target", "Shortfall", "Excess"),
        *("Daily Demand", "Days Cover", "Expiring", "Value"),
    ]
    return number_off(tables, "Inventory", columns, draw, size)


@kind
def row_of_stock_dropped(tables: Tables, draw: Random, size: str) -> Tables | None:
    row = pick(tables, "Inventory", draw)
    return None if row is None else without(tables, "Inventory", row)


@kind
def shortage_hidden(tables: Tables, draw: Random, size: str) -> Tables | None:
    """Demand and what is lost of it shrink alike."""
    row = pick(tables, "Service", draw, "Lost")
    if row is None:
        return None
    lost, wanted = (float(tables["Service"][c].iloc[row]) for c in ("Lost", "Demand"))
    less = min(lost, abs(grown(lost, size) - lost))
    found = with_cell(tables, "Service", row, "Lost", lost - less)
    return with_cell(found, "Service", row, "Demand", wanted - less)


@kind
def more_served_than_there_is(tables: Tables, draw: Random, size: str) -> Tables | None:
    """What is lost is told as served, in Service and in Inventory."""
    row = pick(tables, "Service", draw, "Lost")
    if row is None:
        return None
    line = tables["Service"].iloc[row]
    more = min(float(line["Lost"]), abs(grown(float(line["Lost"]), size) - float(line["Lost"])))
    found = tables
    for column, sign in (("Lost", -1.0), ("Issued", 1.0), ("On Time", 1.0)):
        found = with_cell(found, "Service", row, column, float(line[column]) + sign * more)
    key = {name: line[name] for name in ("Location", "Product", "Period")}
    return added(found, "Inventory", "Issued", more, **key)


@kind
def figure_of_service_off(tables: Tables, draw: Random, size: str) -> Tables | None:
    columns = ["Owed Before", "Demand", "Issued", "On Time", "Lost", "Backlog", "Fill Rate"]
    return number_off(tables, "Service", columns, draw, size)


@kind
def row_of_service_dropped(tables: Tables, draw: Random, size: str) -> Tables | None:
    row = pick(tables, "Service", draw, "Demand")
    return None if row is None else without(tables, "Service", row)


@kind
def order_of_another_quantity(tables: Tables, draw: Random, size: str) -> Tables | None:
    return number_off(tables, "Purchases", ["Quantity", "Amount"], draw, size)


@kind
def order_dropped_or_moved(tables: Tables, draw: Random, size: str) -> Tables | None:
    row = pick(tables, "Purchases", draw, "Quantity")
    if row is not None and size in SIZES[:2]:
        return without(tables, "Purchases", row)
    return _moved(tables, "Purchases", "Order Period", "Inventory", "Period", draw)


@kind
def trips_off(tables: Tables, draw: Random, size: str) -> Tables | None:
    return number_off(tables, "VehicleUse", ["Trips", "Cost", "Fill %"], draw, size)


@kind
def trip_off_and_costs_restated(tables: Tables, draw: Random, size: str) -> Tables | None:
    """A part of a trip, a whole one or all trips of a row appear or vanish with their cost."""
    row = pick(tables, "VehicleUse", draw, "Trips")
    if row is None:
        return None
    line = tables["VehicleUse"].iloc[row]
    trips = float(line["Trips"])
    change = {"1e-4": -trips, "1 %": -0.5, "1 unit": -1.0, "x1000": 1.0}[size]
    money = change * float(line["Cost"]) / trips
    found = with_cell(tables, "VehicleUse", row, "Trips", trips + change)
    found = with_cell(found, "VehicleUse", row, "Cost", float(line["Cost"]) + money)
    found = added(found, "Summary", "Value", change, KPI="Vehicle trips")
    key = {"Cost_Bucket": "trips", "Location": line["From"], "Period": line["Period"]}
    return restated(added(found, "Costs", "Amount", money, **key), "trips", money)


@kind
def cost_line_off(tables: Tables, draw: Random, size: str) -> Tables | None:
    return number_off(tables, "Costs", ["Amount"], draw, size)


@kind
def cost_line_off_and_totals_restated(tables: Tables, draw: Random, size: str) -> Tables | None:
    row = pick(tables, "Costs", draw, "Amount")
    if row is None:
        return None
    line = tables["Costs"].iloc[row]
    money = grown(float(line["Amount"]), size) - float(line["Amount"])
    found = with_cell(tables, "Costs", row, "Amount", float(line["Amount"]) + money)
    return restated(found, line["Cost Bucket"], money)


@kind
def cost_line_dropped_or_twice(tables: Tables, draw: Random, size: str) -> Tables | None:
    row = pick(tables, "Costs", draw, "Amount")
    if row is None:
        return None
    return (without if size in SIZES[:2] else doubled)(tables, "Costs", row)


@kind
def cost_line_at_another_place(tables: Tables, draw: Random, size: str) -> Tables | None:
    column = draw.choice(["Location", "Period", "Product"])
    return _moved(tables, "Costs", column, "Inventory", column, draw)


@kind
def two_cost_terms_swapped(tables: Tables, draw: Random, size: str) -> Tables | None:
    frame = tables["Costs"].copy()
    terms = sorted(set(frame["Cost Bucket"]))
    if len(terms) < 2:
        return None
    one, other = draw.sample(terms, 2)
    frame["Cost Bucket"] = frame["Cost Bucket"].replace({one: other, other: one})
    return {**tables, "Costs": frame}


@kind
def use_of_capacity_off(tables: Tables, draw: Random, size: str) -> Tables | None:
    columns = ["Limit", "Used", "Extra", "Utilisation"]
    return number_off(tables, "CapacityUse", columns, draw, size)


@kind
def row_of_capacity_dropped(tables: Tables, draw: Random, size: str) -> Tables | None:
    row = pick(tables, "CapacityUse", draw)
    return None if row is None else without(tables, "CapacityUse", row)


@kind
def key_figure_off(tables: Tables, draw: Random, size: str) -> Tables | None:
    return number_off(tables, "Summary", ["Value"], draw, size)


@kind
def fact_of_the_run_off(tables: Tables, draw: Random, size: str) -> Tables | None:
    frame, name = tables["RunInfo"], draw.choice(["Objective", "Bound"])
    row = int(frame.index[frame["Item"] == name][0])
    if abs(value := float(frame["Value"].iloc[row])) < LEAST:
        return None
    return with_cell(tables, "RunInfo", row, "Value", grown(value, size))


@kind
def no_number(tables: Tables, draw: Random, size: str) -> Tables | None:
    word = {"1e-4": "nan", "1 %": "inf", "1 unit": "many", "x1000": "1e400"}[size]
    columns = {"Shipments": "Quantity", "Inventory": "Closing", "Costs": "Amount"}
    sheet = draw.choice(list(columns))
    row = pick(tables, sheet, draw, columns[sheet])
    return None if row is None else with_cell(tables, sheet, row, columns[sheet], word)


@kind
def made_goods_or_cash_off(tables: Tables, draw: Random, size: str) -> Tables | None:
    columns = {
        "Production": ["Quantity", "Hours", "Setups"],
        "Cash": ["Inflow", "Outflow", "Stock Value", "Debt", "Closing Cash"],
        "SiteResults": ["Fixed Cost", "Throughput"],
        "TargetResults": ["Minimum", "Achieved", "Gap"],
        "Substitutions": ["Quantity", "Used", "Cost"],
    }
    there = [sheet for sheet in columns if sheet in tables and len(tables[sheet])]
    if not there:
        return None
    sheet = draw.choice(there)
    return number_off(tables, sheet, columns[sheet], draw, size)


def _moved(
    tables: Tables, sheet: str, column: str, source: str, other: str, draw: Random
) -> Tables | None:
    """Let a row of a sheet name another place, product or period."""
    row = pick(tables, sheet, draw)
    if row is None:
        return None
    usual = tables[sheet][column].iloc[row]
    names = sorted(set(tables[source][other]) - {usual})
    return with_cell(tables, sheet, row, column, draw.choice(names)) if names else None
