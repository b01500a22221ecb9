"""F10 setups: recipes and changeover families that are set up, least batches and multiples."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.inputs.network.production import Production
from tierstock.model.keys import Keys
from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar, declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Set a recipe, or its family, up in every period in which it runs.

    .. math::

        MinBatch_b\, o_{bt} \le m_{bt} \le Ub_{bt}\, o_{bt}, \qquad
        o_{bt} \le o_{ft} \ \text{or}\ m_{bt} \le Ub_{bt}\, o_{ft}, \qquad
        m_{bt} = MULT_b\, n_{bt}

        \text{cost} = \sum_b F_b\, o_{bt} + \sum_f F_f\, o_{ft}

    =====  ==============================  ======================================  ============
    sign   in code                         meaning                                 unit
    =====  ==============================  ======================================  ============
    o_b    ``m.setup``                     1 where the recipe runs                 0 or 1
    o_f    ``m.family_setup``              1 where any recipe of the family runs   0 or 1
    n      ``m.batches``                   whole multiples made                    count
    Ub     ``m.bounds.make``               most that can be of use                 units
    F      ``recipes.setup_cost``,         money per setup, of a recipe without    money
           ``families.setup_cost``         family or of the family
    =====  ==============================  ======================================  ============

    o_b exists where a recipe without family has setup cost or hours, and for a least batch that
    its multiple does not keep anyway; o_f where the family has setup cost or hours. Sequences of
    changeovers inside a period are not planned: a family counts one setup.
    Behind the integrality horizon (F36) neither least batches nor multiples are asked for, and a
    setup is the share of the most of the period that is made, m / Max; where Max and hours leave
    that open it stays 0 or 1.
    Source: Pochet & Wolsey, Production Planning by Mixed Integer Programming (2006), ch. 4, 12.
    Sheet: Recipes (Setup Cost, Setup Hours, Family, Min Batch, Batch Multiple).
    """
    made, make = net.production, m.component("make")
    if made is None or make is None:
        return
    setup = _setups(m, net, made, make)
    family = _families(m, net, made, make)
    b, t = make.codes["recipe"], make.codes["period"]
    most = _most(m, net, make) if setup is not None or family is not None else None
    own = setup.grid[b, t] if setup is not None else np.full(len(make), -1)
    at = np.flatnonzero(own >= 0)
    if setup is not None and most is not None:
        rows = Rows(m, "setup_link", setup.key_list, "m <= Ub o")
        rows.add(make, 1.0, at=at, row=own[at])
        rows.add(setup, -most[at], at=own[at], row=own[at])
        rows.at_most(0.0)
        least = (made.recipes.min_batch[b[at]] > 0) & net.whole()[t[at]]
        _least(m, made, make, setup, at[least])
    if family is not None and most is not None:
        _family_links(m, made, make, family, most, own)
    _batches(m, net, made, make)


def _most(m: pyo.ConcreteModel, net: Network, make: ArrayVar) -> np.ndarray:
    """Most that a setup lets through; behind the integrality horizon what a full one is."""
    assert net.production is not None
    b, t = make.codes["recipe"], make.codes["period"]
    full = net.production.recipes.most[b, t]
    relaxed = ~net.whole()[t] & np.isfinite(full)
    most: np.ndarray = np.where(relaxed, full, m.bounds.make[b, t])
    return most


def _setups(
    m: pyo.ConcreteModel, net: Network, made: Production, make: ArrayVar
) -> ArrayVar | None:
    recipes, hours = made.recipes, made.hours
    needs = recipes.setup_cost > 0
    needs[hours.recipe[hours.setup > 0]] = True
    batch = (recipes.min_batch > recipes.multiple)[:, None] & net.whole()
    b, t = np.nonzero((make.grid >= 0) & (needs[:, None] | batch))
    relaxed = ~net.whole()[t] & np.isfinite(recipes.most[b, t])
    setup = declare(
        m,
        "setup",
        Keys(
            (m.names.location, m.names.recipe, m.names.period),
            (recipes.location[b], m.names.number_of_recipe[b], t),
        ),
        {"recipe": b, "period": t},
        make.grid.shape,
        upper=1.0,
        integer=~relaxed,
        doc="1 where the recipe runs in the period",
    )
    m.costs.add("setup", setup, recipes.setup_cost[b])
    return setup


def _families(
    m: pyo.ConcreteModel, net: Network, made: Production, make: ArrayVar
) -> ArrayVar | None:
    families, family = made.families, made.recipes.changeover
    needs = families.setup_cost > 0
    needs[families.of_hours] = True
    runs = np.zeros((len(families), len(net.periods)), dtype=bool)
    of, when = family[make.codes["recipe"]], make.codes["period"]
    runs[of[of >= 0], when[of >= 0]] = True
    open_ended = np.zeros_like(runs)
    free = (of >= 0) & np.isinf(made.recipes.most[make.codes["recipe"], when])
    open_ended[of[free], when[free]] = True
    f, t = np.nonzero(runs & needs[:, None])
    relaxed = ~net.whole()[t] & ~open_ended[f, t]
    found = declare(
        m,
        "family_setup",
        Keys(
            (m.names.location, m.names.family, m.names.period),
            (families.location[f], m.names.number_of_family[f], t),
        ),
        {"family": f, "period": t},
        runs.shape,
        upper=1.0,
        integer=~relaxed,
        doc="1 where any recipe of the changeover family runs in the period",
    )
    m.costs.add("setup", found, families.setup_cost[f])
    return found


def _least(
    m: pyo.ConcreteModel, made: Production, make: ArrayVar, setup: ArrayVar, at: np.ndarray
) -> None:
    b, t = make.codes["recipe"][at], make.codes["period"][at]
    keys = Keys(make.key_list.levels, [codes[at] for codes in make.key_list.codes])
    rows = Rows(m, "min_batch", keys, "m >= MinBatch o")
    rows.add(make, 1.0, at=at)
    rows.add(setup, -made.recipes.min_batch[b], at=setup.grid[b, t])
    rows.at_least(0.0)


def _family_links(
    m: pyo.ConcreteModel,
    made: Production,
    make: ArrayVar,
    family: ArrayVar,
    most: np.ndarray,
    own: np.ndarray,
) -> None:
    """Link a recipe to its family by its own setup where it has one, else by what it makes."""
    b, t = make.codes["recipe"], make.codes["period"]
    changeover = made.recipes.changeover[b]
    shared = np.where(changeover >= 0, family.grid[changeover, t], -1)
    at = np.flatnonzero(shared >= 0)
    keys = Keys(make.key_list.levels, [codes[at] for codes in make.key_list.codes])
    rows = Rows(m, "family_link", keys, "m <= Ub o, or setup <= family setup")
    alone = own[at] < 0
    rows.add(make, 1.0, at=np.where(alone, at, -1))
    rows.add(m.component("setup"), 1.0, at=own[at])
    rows.add(family, np.where(alone, -most[at], -1.0), at=shared[at])
    rows.at_most(0.0)


def _batches(m: pyo.ConcreteModel, net: Network, made: Production, make: ArrayVar) -> None:
    b, t = make.codes["recipe"], make.codes["period"]
    at = np.flatnonzero((made.recipes.multiple[b] > 0) & net.whole()[t])
    multiple = made.recipes.multiple[b[at]]
    keys = Keys(make.key_list.levels, [codes[at] for codes in make.key_list.codes])
    batches = declare(
        m,
        "batches",
        keys,
        {"recipe": b[at], "period": t[at]},
        make.grid.shape,
        upper=np.round(make.upper[at] / multiple),
        integer=True,
        doc="whole multiples made in the period",
    )
    rows = Rows(m, "batch_multiple", keys, "m = MULT n")
    rows.add(make, 1.0, at=at)
    rows.add(batches, -multiple, at=np.arange(len(at)))
    rows.equals(0.0)
