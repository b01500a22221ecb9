"""F12 lane capacity, F15 minimum shipment and the fixed cost of a departure."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.keys import Keys
from tierstock.model.rows import Rows
from tierstock.model.variables import declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Limit what a lane carries in a period, all products together.

    .. math::

        \sum_p x_{apt} \le Max_{at}; \qquad
        Min_{at}\, y_{at} \le \sum_p x_{apt} \le Max_{at}\, y_{at}, \qquad
        x_{apt} \le Ub_{apt}\, y_{at}, \qquad \text{cost} = \sum F^{dep}_{at}\, y_{at}

    =====  ===============================  ====================================  ============
    sign   in code                          meaning                               unit
    =====  ===============================  ====================================  ============
    x      ``m.flow``                       shipped                               units
    y      ``m.lane_used``                  1 where the lane is used              0 or 1
    Max    ``net.lanes.max_shipment``       most per period                       units
    Min    ``net.lanes.min_shipment``       least when used                       units
    F      ``net.lanes.fixed_cost``         cost of a period with any flow        money/period
    Ub     ``m.bounds.flow``                tight bound per product               units
    =====  ===============================  ====================================  ============

    y exists only where a minimum or a fixed cost is stated, or a user row counts departures. The
    links are per product: summed up they are weaker (a gap of 19 % instead of 14 % on the instance
    ``charge`` of benchmarks/strength.py).
    Behind the integrality horizon (F36) no minimum is asked, and where a Max Shipment is stated y
    is the share of it that is shipped: the departure costs F / Max per unit, as in full loads.
    Without one there is nothing to share it by, and y stays 0 or 1; so it does on the lanes and
    in the periods whose departures a user row counts.
    Source: Croxton, Gendron & Magnanti, Management Science 2003 (strong forcing rows).
    Sheet: Lanes (Max Shipment, Min Shipment, Fixed Cost).
    """
    flow = m.component("flow")
    if flow is None:
        return
    lanes, last = net.lanes, len(net.periods)
    lane_of, period_of = net.goods.lane[flow.codes["goods"]], flow.codes["period"]
    carries = np.zeros((len(lanes), last), dtype=bool)
    carries[lane_of, period_of] = True
    whole = net.whole()
    wanted = ((lanes.min_shipment > 0) & whole) | (lanes.fixed_cost > 0)
    relaxed = ~whole & np.isfinite(lanes.max_shipment)
    if net.user_rows is not None:
        counted = net.user_rows.counted()
        wanted |= counted
        relaxed &= ~counted
    switched = carries & wanted
    a, t = np.nonzero(switched)
    used = declare(
        m,
        "lane_used",
        Keys((m.names.lane, m.names.period), (a, t)),
        {"lane": a, "period": t},
        (len(lanes), last),
        upper=1.0,
        integer=~relaxed[a, t],
        doc="1 where the lane is used in the period",
    )
    if used is not None:
        m.costs.add("departure", used, lanes.fixed_cost[a, t])
        _links(m, net, lane_of)
        _totals(m, net, "lane_min", switched & whole & (lanes.min_shipment > 0), lane_of)
    _totals(m, net, "lane_capacity", carries & np.isfinite(lanes.max_shipment), lane_of)


def _links(m: pyo.ConcreteModel, net: Network, lane_of: np.ndarray) -> None:
    k, t = m.flow.codes["goods"], m.flow.codes["period"]
    used = m.lane_used.grid[lane_of, t]
    at = np.flatnonzero((used >= 0) & m.lane_used.whole[used])
    if not m.strength.links:
        _joint_links(m, net, lane_of, at)
        return
    k, t = k[at], t[at]
    rows = Rows(m, "lane_link", m.names.on_lane(k, t), "x <= Ub y")
    rows.add(m.flow, 1.0, at=at)
    rows.add(m.lane_used, -m.bounds.flow[k, t], at=m.lane_used.grid[lane_of[at], t])
    rows.at_most(0.0)


def _joint_links(m: pyo.ConcreteModel, net: Network, lane_of: np.ndarray, at: np.ndarray) -> None:
    """One link for all products of a lane: what the per-product links are measured against."""
    used, k, t = m.lane_used, m.flow.codes["goods"][at], m.flow.codes["period"][at]
    row = used.grid[lane_of[at], t]
    rows = Rows(m, "lane_link", used.key_list, "all products together <= Ub y")
    rows.add(m.flow, 1.0, at=at, row=row)
    most = np.bincount(row, m.bounds.flow[k, t], minlength=len(used))
    most = np.minimum(most, net.lanes.max_shipment[used.codes["lane"], used.codes["period"]])
    if not m.strength.tight_bounds:
        most = np.full(len(used), m.bounds.total)
    rows.add(used, -most, at=np.arange(len(used)))
    rows.at_most(0.0)


def _totals(
    m: pyo.ConcreteModel, net: Network, name: str, where: np.ndarray, lane_of: np.ndarray
) -> None:
    a, t = np.nonzero(where)
    row_of = np.full(where.shape, -1, dtype=np.int64)
    row_of[a, t] = np.arange(len(a))
    limit = (net.lanes.min_shipment if name == "lane_min" else net.lanes.max_shipment)[a, t]
    used = m.component("lane_used")
    switch = used.grid[a, t] if used is not None else np.full(len(a), -1)
    rows = Rows(m, name, Keys((m.names.lane, m.names.period), (a, t)), "all products together")
    row = row_of[lane_of, m.flow.codes["period"]]
    rows.add(m.flow, 1.0, at=np.arange(len(m.flow)), row=row, partial=True)
    rows.add(used, -limit, at=switch)
    if name == "lane_min":
        rows.at_least(0.0)
    else:
        rows.at_most(np.where(switch >= 0, 0.0, limit))
