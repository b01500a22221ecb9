"""linopy: labelled arrays, given to HiGHS directly."""

import time
import warnings
from typing import Any

import linopy
import numpy as np
import pandas as pd
import xarray as xr
from linopy.io import to_highspy

from benchmarks.peers import Loaded, highs
from benchmarks.plain import Plain
from tierstock.inputs.network import Network


def load(net: Network, whole: bool = True) -> Loaded:
    """Build on the axes lane, location, product, week and hand over."""
    began = time.perf_counter()
    with warnings.catch_warnings():
        # A variable that is not there counts as 0, here and in every version so far.
        warnings.filterwarnings("ignore", message=".* absent slots")
        m = built_model(Plain(net), whole)
    built = time.perf_counter()
    solver = to_highspy(m)
    size = solver.getNumCol(), solver.getNumRow(), solver.getNumNz()
    spent = built - began, time.perf_counter() - built
    return Loaded(*size, *spent, lambda: highs.optimum(solver))


def built_model(p: Plain, whole: bool) -> linopy.Model:
    """Return the plain formulation; every lane carries every product, as in the yardstick."""
    net = p.net
    lane, location, product, week = (
        pd.RangeIndex(size, name=name)
        for name, size in (
            ("lane", len(net.lanes)),
            ("location", len(net.locations)),
            ("product", len(net.products)),
            ("week", p.weeks),
        )
    )

    def grid(values: np.ndarray, rows: np.ndarray | None = None) -> xr.DataArray:
        """Lay values of some places out on all of them, 0 elsewhere."""
        full = np.zeros((len(net.places), p.weeks), dtype=values.dtype)
        full[slice(None) if rows is None else rows] = values
        shape = (len(location), len(product), p.weeks)
        return xr.DataArray(full.reshape(shape), coords=[location, product, week])

    def on_lanes(values: np.ndarray) -> xr.DataArray:
        shape = (len(lane), len(product), p.weeks)
        return xr.DataArray(values.reshape(shape), coords=[lane, product, week])

    quantity, safety = grid(net.demand.quantity, net.demand.place), grid(net.places.safety)
    most, keeps = grid(net.supply.most, net.supply.place), grid(net.places.keeps)
    here = [location, product, week]
    m = linopy.Model()
    x = m.add_variables(lower=0, coords=[lane, product, week], name="x")
    i = m.add_variables(lower=0, coords=here, mask=keeps, name="i")
    q = m.add_variables(lower=0, upper=most, coords=here, mask=most > 0, name="q")
    u = m.add_variables(lower=0, upper=quantity, coords=here, mask=quantity > 0, name="u")
    g = m.add_variables(lower=0, coords=here, mask=safety > 0, name="g")
    opening = grid(np.zeros((len(net.places), p.weeks)))
    opening[:, :, 0] = net.places.opening.reshape(len(location), len(product))
    left = i - i.shift(week=1) - q - u + _through(p, x, location)
    m.add_constraints(left == opening - quantity, name="balance")
    m.add_constraints(i + g >= safety, mask=safety > 0, name="safety")
    _limits(p, m, x, i)
    cost = (
        (x * on_lanes(p.freight)).sum()
        + (i * grid(net.places.holding)).sum()
        + (q * grid(net.supply.unit_cost, net.supply.place)).sum()
        + (u * grid(net.demand.lost_cost, net.demand.place)).sum()
        + (g * grid(net.places.safety_penalty)).sum()
    )
    if len(net.vehicles):
        n = m.add_variables(lower=0, coords=[lane, week], integer=whole, name="n")
        load = (x * xr.DataArray(p.size, coords=[product])).sum("product")
        m.add_constraints(load - p.truck * n <= 0, name="truck_load")
        cost = cost + (float(net.vehicles.trip_cost[0]) * n).sum()
    m.add_objective(cost)
    return m


def _through(p: Plain, x: linopy.Variable, location: pd.RangeIndex) -> Any:
    """Return what leaves less what arrives, per location, product and week."""
    lanes = p.net.lanes
    lead = p.net.goods.lead[:, 0].reshape(len(lanes), -1)[:, 0]
    parts = [_by(1 * x, lanes.origin, location)]
    for weeks in np.unique(lead).tolist():
        who = np.flatnonzero(lead == weeks)
        came = (1 * x.isel(lane=who)).shift(week=weeks)
        parts.append(_by(-1 * came, lanes.destination[who], location))
    return linopy.merge(parts, dim="_term", join="override")


def _by(terms: Any, group: np.ndarray, location: pd.RangeIndex) -> Any:
    """Add up the lanes of each location."""
    labels = pd.Series(group, index=terms.indexes["lane"], name="location")
    return terms.groupby(labels).sum().reindex(location=location)


def _limits(p: Plain, m: linopy.Model, x: linopy.Variable, i: linopy.Variable) -> None:
    """Limit what is stored and what leaves, per location and week."""
    capacity, size = p.net.capacity, xr.DataArray(p.size, coords=[x.indexes["product"]])
    for kind in ("outbound", "storage"):
        which = np.flatnonzero(capacity.kind == kind)
        where = pd.Index(capacity.location[which], name="location")
        limit = xr.DataArray(capacity.limit[which], coords=[where, x.indexes["week"]])
        if kind == "storage":
            used = (i.sel(location=where) * size).sum("product")
        else:
            leaving = (x * size).sum("product")
            used = _by(leaving, p.net.lanes.origin, i.indexes["location"]).sel(location=where)
        m.add_constraints(used <= limit, name=kind)
