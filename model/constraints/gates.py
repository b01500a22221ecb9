"""F24 gates: nothing happens at a closed location."""

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.gates import Passing, passing
from tierstock.model.keys import Keys, Level
from tierstock.model.movements import INTO, OUT_OF
from tierstock.model.rows import Rows

Ints = NDArray[np.int64]


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Let a location move, make, buy, issue and hold goods only while it is open.

    .. math::

        x_{apt} \le Ub_{apt}\, open_{i(a),t}, \quad
        x_{apt} \le Ub_{apt}\, open_{j(a),t+\ell}, \quad
        I_{lpt} \le Ub_{lpt}\, open_{lt}, \quad q_{lpt} \le Ub_{lpt}\, open_{lt}, \quad
        S_{lpt} \le d_{lpt}\, open_{lt}, \dots

    ====  ==================  ==============================================  ======
    sign  in code             meaning                                         unit
    ====  ==================  ==============================================  ======
    open  ``m.site_open``     1 where the location is open                    0 or 1
    x     ``m.flow``          shipped, both where it leaves and arrives       units
    I     ``m.stock``         stock at the end of the period                  units
    q     ``m.purchase``      ordered and received                            units
    S     ``m.lost``, ...     issued: demand less what is lost or owed        units
    Ub    ``model.gates``     most the variable can be of use for             units
    ====  ==================  ==============================================  ======

    Whatever a family posts to the ledger of movements at such a location is gated, each variable
    with a bound of its own: never the sum of several against a large number. What arrives after
    the horizon needs the location open in the last period. Goods that come or leave without a
    decision (firm open orders) and blocked stock keep the location open. A location can close only
    when it is empty.
    Source: Melo, Nickel & Saldanha-da-Gama 2009; disaggregated links as in Geoffrion & Graves,
    Management Science 1974. Sheets: Sites, Locations (Status).
    """
    if net.sites is None:
        return
    for one in passing(m, net):
        _gate(m, one)
    for kind in (*INTO, *OUT_OF):
        _known(m, net, kind)
    held = net.places.location[net.places.blocked > 0]
    _keep_open(m, m.site_open.grid[held].ravel())


def _keep_open(m: pyo.ConcreteModel, at: NDArray[np.int32]) -> None:
    """What is there whatever the plan decides keeps its location open."""
    at = at[at >= 0]
    m.site_open.lower[at] = np.minimum(1.0, m.site_open.upper[at])


def _gate(m: pyo.ConcreteModel, one: Passing) -> None:
    """v <= Ub open for every variable of a family at each gated location it touches."""
    variable = m.component(one.variable)
    keys = variable.key_list
    levels = (m.names.location, m.names.period, *keys.levels)
    codes = (one.location, one.period, *(part[one.at] for part in keys.codes))
    name = f"site_gate_{one.variable}"
    rows = Rows(m, name, Keys(levels, codes), "nothing while closed")
    rows.add(variable, 1.0, at=one.at)
    rows.add(m.site_open, -one.most, at=m.site_open.grid[one.location, one.period])
    rows.at_most(0.0)


def _known(m: pyo.ConcreteModel, net: Network, kind: str) -> None:
    """What moves unless a decision takes it back, such as demand unless it is lost or owed."""
    places, last = net.places, len(net.periods)
    amount = np.where(
        (m.site_open.grid[places.location, 0] >= 0)[:, None], m.movements.known(kind), 0.0
    )
    less = [entry for entry in m.movements.of(kind) if (entry.amount < 0).any()]
    loose = np.zeros(amount.shape, dtype=bool)
    for entry in less:
        mine = entry.amount < 0
        loose[entry.place[mine], entry.period[mine]] = True
    n, t = np.nonzero((amount > 0) & ~loose)
    _keep_open(m, m.site_open.grid[places.location[n], np.minimum(t, last - 1)])
    n, t = np.nonzero((amount > 0) & loose)
    row_of = np.full(amount.shape, -1, dtype=np.int64)
    row_of[n, t] = np.arange(len(n))
    levels = (m.names.location, m.names.product, Level([*net.periods.id, "after the horizon"]))
    keys = Keys(levels, (places.location[n], places.product[n], t))
    name = f"site_gate_{kind.replace(' ', '_')}"
    if m.component(name) is not None:  # the rows of a family that is called like the kind
        name += "_known"
    rows = Rows(m, name, keys, "nothing while closed")
    for entry in less:
        mine = np.flatnonzero(entry.amount < 0)
        row = row_of[entry.place[mine], entry.period[mine]]
        rows.add(
            m.component(entry.variable),
            entry.amount[mine],
            at=entry.at[mine],
            row=row,
            partial=True,
        )
    here = m.site_open.grid[places.location[n], np.minimum(t, last - 1)]
    rows.add(m.site_open, -amount[n, t], at=here)
    rows.at_most(-amount[n, t])
