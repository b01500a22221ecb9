"""F20 service targets: fill rate in units or money, by group and window."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.rows import Rows
from tierstock.model.ruled import add_missed, can_miss, keys_of
from tierstock.model.variables import declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Issue a share of the demand of a group in its period, or pay for what is missing.

    .. math::

        \sum_{d \in g} w_d\,S^{imm}_d + gap_g \ge R_g, \qquad
        R_g = \beta_g \sum_{d \in g} w_d\,d_d
        \quad\Bigl(\text{hard: } gap_g = 0,\ R_g \le \sum_{d \in g,\ \text{in reach}} w_d\,d_d\Bigr)

        \text{cost} = \sum_g c^{gap}_g\,gap_g

    ====  ========================  =========================================  =============
    sign  in code                   meaning                                    unit
    ====  ========================  =========================================  =============
    S     d - U - nb                issued in the period of its demand         units
    gap   ``m.target_gap``          short of a soft target                     units, money
    R     ``targets.required``      to be issued at once                       units, money
    β     ``targets.minimum``       Minimum                                    ratio
    w     ``targets.weight``        1 (fill, on-time), Price (value-fill)      1, money/unit
    ====  ========================  =========================================  =============

    A group is what the row selects, split by Each and by Window. Only what is issued in the
    period of its demand counts (ruling 30). A hard target gives way to demand that nothing can
    reach in time (ruling 39). Without a stated Penalty a unit short costs 1.5 b, the mean over
    the group, and a unit of money 1.5.
    Source: Silver, Pyke & Thomas, Inventory and Production Management in Supply Chains (2017).
    Sheet: ServiceTargets.
    """
    if net.service is None:
        return
    targets = net.service.targets
    missable = can_miss(m, targets.stream, targets.period) & (targets.weight > 0)
    touched = np.zeros(len(targets), dtype=bool)
    touched[targets.rule[missable]] = True
    rules = np.flatnonzero(touched & ~targets.cycle & (targets.required > 0))
    number = np.full(len(targets), -1)
    number[rules] = np.arange(len(rules))
    keys = keys_of(targets.label[rules], targets.window[rules])
    soft = np.flatnonzero(~targets.hard[rules])
    gap = declare(
        m,
        "target_gap",
        keys_of(targets.label[rules[soft]], targets.window[rules[soft]]),
        {"target": rules[soft]},
        (len(targets),),
        upper=targets.required[rules[soft]],
        doc="short of a service target, units or money",
    )
    charged = rules[soft]
    m.costs.add("target shortfall", gap, targets.penalty[charged], period=targets.last[charged])
    rows = Rows(m, "fill_target", keys, "sum w (d - U - nb) + gap >= R")
    mine = np.flatnonzero(number[targets.rule] >= 0)
    row = number[targets.rule[mine]]
    weight = targets.weight[mine]
    add_missed(rows, m, row, targets.stream[mine], targets.period[mine], -weight)
    if gap is not None:
        rows.add(gap, 1.0, at=gap.grid[rules])
    rows.at_least(targets.required[rules] - targets.wanted[rules])
