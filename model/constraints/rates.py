"""F14 rates: freight by bracket of the lane's total, and part loads beside whole vehicles."""

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.keys import Keys, Level
from tierstock.model.rows import Rows
from tierstock.model.variables import declare

Ints = NDArray[np.int64]


def add_part_loads(m: pyo.ConcreteModel, net: Network) -> None:
    """Declare what goes on a lane outside whole vehicles; see ``add``."""
    flow, rates = m.component("flow"), net.rates
    if flow is None or rates is None:
        return
    k, t = flow.codes["goods"].astype(np.int64), flow.codes["period"].astype(np.int64)
    at = np.flatnonzero(rates.part_load[net.goods.lane[k]])
    declare(
        m,
        "part_load",
        m.names.on_lane(k[at], t[at]),
        {"goods": k[at], "period": t[at]},
        (len(net.goods), len(net.periods)),
        doc="shipped outside whole vehicles, units",
    )


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Charge the lane's total of a period by its bracket.

    .. math::

        X_{at} = \sum_p \omega_{pu}\, x_{apt} = \sum_e X^e_{at}, \qquad
        lo_e\, y^e_{at} \le X^e_{at} \le hi_e\, y^e_{at}, \qquad \sum_e y^e_{at} \le 1

        \text{cost} = \sum_e (f_e\, y^e_{at} + Rate_e X^e_{at}), \qquad
        f_e = Cost(lo_e) - Rate_e\, lo_e\ \text{(incremental)},\quad f_e = Fixed_e\
        \text{(all-unit)}

        \text{rising rates without Fixed:}\quad 0 \le X^e_{at} \le hi_e - lo_e

        \text{LTL-to-FTL:}\quad X_{at} = \sum_p \omega_{pu}\, z_{apt}, \quad z_{apt} \le x_{apt},
        \quad \text{whole vehicles carry } x_{apt} - z_{apt}

    =====  ===========================  =========================================  ============
    sign   in code                      meaning                                    unit
    =====  ===========================  =========================================  ============
    X^e    ``m.bracket_load``           total of the lane inside the bracket       basis
    y^e    ``m.bracket_used``           1 where the total lies in the bracket      0 or 1
    z      ``m.part_load``              shipped outside whole vehicles             units
    x      ``m.flow``                   shipped                                    units
    ω      ``net.products.measure``     what one unit takes in the basis           basis/unit
    f      ``net.rates.start``          what the bracket costs besides its rate    money
    Rate   ``net.rates.rate``           inside the bracket                         money/basis
    lo,hi  ``net.rates.low, high``      ends of the bracket; hi of the last is     basis
                                        what the lane can carry (C.6.2)
    =====  ===========================  =========================================  ============

    Brackets replace the lane's Unit Cost, a row with basis trip the vehicle's Cost Per Trip.
    Multiple choice, incremental and convex combination have the same relaxation; multiple choice
    has fewer rows. Where incremental rates rise and nothing is fixed the brackets fill up in order
    by themselves and there is no binary. A part load has no other bound than the shipment: with
    F = 100 a trip, K = 10, c = 5 and X = 30 all of it goes as part load for 150.
    Source: Croxton, Gendron & Magnanti, Management Science 49 (2003). Sheet: Rates.
    """
    flow, rates = m.component("flow"), net.rates
    if flow is None or rates is None or not len(rates):
        return
    last = len(net.periods)
    lane_of = net.goods.lane[flow.codes["goods"]]
    carries = np.zeros((len(net.lanes), last), dtype=bool)
    carries[lane_of, flow.codes["period"]] = True
    most = _most(m, net)
    e, t = np.nonzero(carries[rates.lane] & (rates.low[:, None] <= most[rates.lane]))
    keys = Keys((m.names.lane, Level(_names(net)), m.names.period), (rates.lane[e], e, t))
    shape = (len(rates), last)
    high = np.minimum(rates.high[e], most[rates.lane[e], t])
    convex = rates.convex[e]
    load = declare(
        m,
        "bracket_load",
        keys,
        {"bracket": e, "period": t},
        shape,
        upper=np.where(convex, np.maximum(high - rates.low[e], 0.0), high),
        doc="total of the lane inside the bracket, in its basis",
    )
    if load is None:
        return
    m.costs.add("freight", load, rates.rate[e])
    _choices(m, net, (e, t), high)
    _totals(m, net, lane_of)


def _names(net: Network) -> list[str]:
    """Name of every bracket: where it begins, its number besides, so that it is unique."""
    rates = net.rates
    assert rates is not None
    return [f"{number + 1}: from {low:g}" for number, low in enumerate(rates.low)]


def _most(m: pyo.ConcreteModel, net: Network) -> NDArray[np.float64]:
    """Most that a lane can carry in a period, in the basis of its rates; shape [A, T]."""
    rates, flow = net.rates, m.flow
    assert rates is not None
    k, t = flow.codes["goods"], flow.codes["period"]
    most = np.zeros((len(net.lanes), len(net.periods)))
    np.add.at(most, (net.goods.lane[k], t), _size(net)[k] * m.bounds.flow[k, t])
    return most


def _size(net: Network) -> NDArray[np.float64]:
    """What one unit takes in the basis of its lane's rates; shape [K], 0 on other lanes."""
    rates = net.rates
    assert rates is not None
    basis = np.full(len(net.lanes), -1, dtype=np.int64)
    basis[rates.lane] = rates.basis
    of_good = basis[net.goods.lane]
    size = np.nan_to_num(net.products.measure)[net.goods.product, np.maximum(of_good, 0)]
    result: NDArray[np.float64] = np.where(of_good >= 0, size, 0.0)
    return result


def _choices(
    m: pyo.ConcreteModel, net: Network, cells: tuple[Ints, Ints], high: NDArray[np.float64]
) -> None:
    """One bracket at a time, where rates do not rise by themselves."""
    rates, (e, t) = net.rates, cells
    assert rates is not None
    at = np.flatnonzero(~rates.convex[e])
    keys = m.bracket_load.key_list
    part = Keys(keys.levels, [codes[at] for codes in keys.codes])
    used = declare(
        m,
        "bracket_used",
        part,
        {"bracket": e[at], "period": t[at]},
        (len(rates), len(net.periods)),
        upper=1.0,
        integer=True,
        doc="1 where the total of the lane lies in the bracket",
    )
    if used is None:
        return
    m.costs.add("freight", used, rates.start[e[at]])
    everything = np.arange(len(at))
    for name, ends in (("bracket_low", rates.low[e[at]]), ("bracket_high", high[at])):
        rows = Rows(m, name, part, "the total lies inside its bracket")
        rows.add(m.bracket_load, 1.0, at=at)
        rows.add(used, -ends, at=everything)
        if name == "bracket_low":
            rows.at_least(0.0)
        else:
            rows.at_most(0.0)
    lane = rates.lane[e[at]]
    cell, row = np.unique(lane * len(net.periods) + t[at], return_inverse=True)
    a, when = np.divmod(cell, len(net.periods))
    rows = Rows(m, "bracket_one", Keys((m.names.lane, m.names.period), (a, when)), "one bracket")
    rows.add(used, 1.0, at=everything, row=row.reshape(-1))
    rows.at_most(1.0)


def _totals(m: pyo.ConcreteModel, net: Network, lane_of: Ints) -> None:
    """The brackets add up to what the lane carries, or to its part loads."""
    rates, flow, load = net.rates, m.flow, m.bracket_load
    assert rates is not None
    k, t = flow.codes["goods"], flow.codes["period"]
    rated = np.zeros((len(net.lanes), len(net.periods)), dtype=bool)
    rated[rates.lane[load.codes["bracket"]], load.codes["period"]] = True
    a, when = np.nonzero(rated)
    row_of = np.full(rated.shape, -1, dtype=np.int64)
    row_of[a, when] = np.arange(len(a))
    rows = Rows(m, "bracket_total", Keys((m.names.lane, m.names.period), (a, when)), "total")
    size = _size(net)
    row = np.where(rates.part_load[lane_of], -1, row_of[lane_of, t])
    rows.add(flow, size[k], at=np.arange(len(flow)), row=row, partial=True)
    part = m.component("part_load")
    if part is not None:
        k, t = part.codes["goods"], part.codes["period"]
        rows.add(part, size[k], at=np.arange(len(part)), row=row_of[net.goods.lane[k], t])
    row = row_of[rates.lane[load.codes["bracket"]], load.codes["period"]]
    rows.add(load, -1.0, at=np.arange(len(load)), row=row)
    rows.equals(0.0)
    if part is None:
        return
    rows = Rows(m, "part_load_most", part.key_list, "part load <= shipment")
    rows.add(part, 1.0, at=np.arange(len(part)))
    rows.add(flow, -1.0, at=flow.grid[part.codes["goods"], part.codes["period"]])
    rows.at_most(0.0)
