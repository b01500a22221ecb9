"""Moves of a plan made before, where it is the baseline: its results workbook, or FixedPlan."""

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.fixed_plan import goods_of, recipes_of, supplies_of
from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.lanes import DEFAULT_MODE
from tierstock.inputs.assembly.periods import UNKNOWN, locate_names
from tierstock.inputs.assembly.places import find
from tierstock.inputs.assembly.previous import located
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Floats, Ints, Network
from tierstock.inputs.network.policy import Earlier
from tierstock.inputs.reading.cell_texts import choice_words
from tierstock.inputs.reading.door import Door
from tierstock.inputs.reading.doors import open_door
from tierstock.inputs.schema import fold, schema

SHIPMENTS = ("from", "to", "mode", "product", "ship_period", "quantity", "status")
PURCHASES = ("to", "product", "order_period", "quantity")
PRODUCTION = ("recipe", "location", "product", "period", "quantity")
"""Columns of the results that say what moves."""


def earlier(network: Network, ground: Ground, links: Links) -> Earlier | None:
    """Return what the baseline of kind previous plan replays; None for another baseline.

    The results workbook of ``previous_plan`` goes before the rows of FixedPlan. A baseline that
    has nothing to replay is an error at the setting.
    """
    settings, findings = ground.tables.settings, ground.findings
    if settings.baseline == "policy" and network.policy is None:
        findings.add("baseline-without-policy", sheet="Settings", value=settings.baseline)
    if settings.baseline != "previous plan":
        return None
    path = located(settings, ground.tables.source).previous_plan
    if path:
        return _of_results(network, path, findings)
    fixed = network.fixed_plan
    if fixed is None or not (len(fixed.shipments) or len(fixed.orders) or len(fixed.production)):
        findings.add("baseline-without-plan", sheet="Settings", value=settings.baseline)
        return None
    found = _nothing(network)
    for units, rows in zip(found, (fixed.shipments, fixed.orders, fixed.production), strict=True):
        np.add.at(units, (rows.of, rows.period), rows.quantity)
    return Earlier(*found, 0)


def _nothing(network: Network) -> tuple[Floats, Floats, Floats]:
    """What is shipped, bought and made where nothing is."""
    recipes = 0 if network.production is None else len(network.production.recipes)
    counts = len(network.goods), len(network.supply), recipes
    flow, purchase, make = (np.zeros((count, len(network.periods))) for count in counts)
    return flow, purchase, make


def _of_results(network: Network, path: str, findings: Findings) -> Earlier | None:
    """Read Shipments, Purchases and Production of a results workbook.

    Open orders are known already.
    """
    door = open_door(path, findings)
    if door is None:
        return None
    ships = _sheet(door, "Shipments", SHIPMENTS)
    buys, runs = _sheet(door, "Purchases", PURCHASES), _sheet(door, "Production", PRODUCTION)
    if ships is None:
        findings.add("previous-plan-no-moves", sheet="Settings", value=path)
        return None
    firm = {word for word, meant in choice_words(("firm",)).items() if meant == "firm"}
    ships = ships[~ships["status"].map(fold).isin(firm)]
    road = {word for word, meant in choice_words((DEFAULT_MODE,)).items() if meant == DEFAULT_MODE}
    mode = np.where(ships["mode"].map(fold).isin(road), DEFAULT_MODE, ships["mode"])
    origin, to, product = (
        find(codes, ships[name].to_numpy(dtype=object))
        for codes, name in (
            (network.locations.code, "from"),
            (network.locations.code, "to"),
            (network.products.code, "product"),
        )
    )
    flow, purchase, make = _nothing(network)
    good = goods_of(network, origin, to, mode.astype(object), product)
    unknown = _post(network, flow, good, ships["ship_period"], ships["quantity"])
    if buys is not None:
        to = find(network.locations.code, buys["to"].to_numpy(dtype=object))
        product = find(network.products.code, buys["product"].to_numpy(dtype=object))
        supply = supplies_of(network, to, product)
        unknown += _post(network, purchase, supply, buys["order_period"], buys["quantity"])
    if runs is not None:
        at = find(network.locations.code, runs["location"].to_numpy(dtype=object))
        product = find(network.products.code, runs["product"].to_numpy(dtype=object))
        recipe = recipes_of(network, at, runs["recipe"].to_numpy(dtype=object), product)
        unknown += _post(network, make, recipe, runs["period"], runs["quantity"])
    return Earlier(flow, purchase, make, unknown)


def _post(
    network: Network, into: Floats, row: Ints, period: "pd.Series[str]", units: "pd.Series[str]"
) -> int:
    """Add up quantities by way and period; return how many rows have neither here."""
    when = locate_names(network.periods, period.to_numpy(dtype=object))
    amount = pd.to_numeric(units, errors="coerce").fillna(0.0).to_numpy(np.float64)
    inside = (row >= 0) & (when >= 0) & (when < len(network.periods))
    np.add.at(into, (row[inside], when[inside]), np.maximum(amount[inside], 0.0))
    return int(((row < 0) | (when == UNKNOWN)).sum())


def _sheet(door: Door, name: str, wanted: tuple[str, ...]) -> pd.DataFrame | None:
    """Return columns of a result sheet as texts; None where the sheet or a column is missing."""
    sheet = schema().sheet(name)
    titles = {fold(sheet.name), fold(sheet.zh)}
    title = next((one for one in door.names if fold(one) in titles), "")
    raw = door.load(title) if title else None
    if raw is None or not raw.grid:
        return None
    named = {fold(word): c.field for c in sheet.columns for word in (c.name, c.zh, c.field)}
    fields = [named.get(fold(str(cell).split("(")[0].split("（")[0]), "") for cell in raw.grid[0]]
    if not set(wanted) <= set(fields):
        return None
    frame = pd.DataFrame(raw.grid[1:], columns=fields, dtype=object)[list(wanted)]
    return frame.map(lambda cell: "" if cell is None else str(cell))
