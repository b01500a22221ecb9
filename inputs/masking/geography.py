"""Coordinates: left out where nothing is computed from them, else the globe is turned."""

from random import Random

import numpy as np

from tierstock.inputs.assembly.freight import TONNE_KM, UNIT_KM
from tierstock.inputs.network import Floats
from tierstock.inputs.tables import Table, Tables

FIELDS = ("latitude", "longitude")


def distances_count(tables: Tables) -> bool:
    """Return whether a cost depends on a distance that only the coordinates give."""
    frame = tables.table("Lanes").frame
    far = frame["cost_basis"].isin((TONNE_KM, UNIT_KM)) & frame["distance"].isna()
    return bool(far.any())


def turned(table: Table, random: Random) -> Table:
    """Return locations on a globe turned at random: all distances stay what they are.

    Args:
        table: the sheet Locations.
        random: what turns it.
    """
    lat, lon = (np.radians(table.frame[name].to_numpy(np.float64)) for name in FIELDS)
    points = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    x, y, z = np.einsum("ij,jn->in", _turn(random), points)
    found = {"latitude": np.degrees(np.arcsin(np.clip(z, -1.0, 1.0)))}
    found["longitude"] = np.degrees(np.arctan2(y, x))
    return table.with_columns(found)


def without(table: Table) -> Table:
    """Return locations without coordinates."""
    blank = np.full(len(table), np.nan)
    headings = {name: text for name, text in table.headings.items() if name not in FIELDS}
    table = table.with_columns(dict.fromkeys(FIELDS, blank))
    return Table(**{**table.__dict__, "headings": headings})


def _turn(random: Random) -> Floats:
    """Return a rotation drawn evenly from all there are, [3, 3]."""
    normal = np.array([[random.gauss(0.0, 1.0) for _ in range(3)] for _ in range(3)])
    made, triangle = np.linalg.qr(normal)
    return np.asarray(made * np.sign(np.diag(triangle)))
