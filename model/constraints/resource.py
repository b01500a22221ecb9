"""F10 resource: hours of lines and machine groups, overtime, and the fixed cost of a line."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.inputs.network.production import Production
from tierstock.model.keys import Keys
from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar, declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Limit what is made by the hours of the resources.

    .. math::

        \sum_b (\rho_{br}\, m_{bt} + st_{br}\, o_{bt}) + \sum_f st_{fr}\, o_{ft}
            \le Res_{rt}\, use_{rt} + ot_{rt}, \qquad 0 \le ot_{rt} \le ot^{max}_{rt}, \qquad
        m_{bt} \le Ub_{bt}\, use_{rt}

        \text{cost} = \sum c^{ot}_{rt}\, ot_{rt} + \sum F_{rt}\, use_{rt}

    ======  =================================  =====================================  ==========
    sign    in code                            meaning                                unit
    ======  =================================  =====================================  ==========
    ot      ``m.overtime``                     overtime of the resource               h
    use     ``m.line_used``                    1 where the resource is used           0 or 1
    ρ       ``net.production.hours.per_unit``  hours per gross output unit            h/unit
    st      ``hours.setup, families.setup``    hours of a setup                       h
    Res     ``resources.hours``                normal hours of the period             h
    ot^max  ``resources.overtime``             further hours that may be had          h
    F       ``resources.fixed_cost``           cost of a period in which it is used   money
    Ub      ``m.bounds.make``                  most that can be of use                units
    ======  =================================  =====================================  ==========

    use exists only where a Fixed Cost is stated, and is 1 elsewhere. A resource belongs to its
    location; one setup of a family takes the hours of the family.
    Behind the integrality horizon (F36) use is the share of all hours that is used, overtime with
    them, so that an hour costs F / (Res + ot^max); where a recipe takes no hours of its resource
    it stays 0 or 1.
    Source: Pochet & Wolsey, Production Planning by Mixed Integer Programming (2006), ch. 12;
    Trigeiro, Thomas & McClain, Management Science 1989.
    Sheets: Resources, Recipes (Resource, Hours Per Unit, Setup Hours), RecipeResources.
    """
    made, make = net.production, m.component("make")
    if made is None or make is None or not len(made.hours):
        return
    needed = _needed(made, make)
    used = _line_used(m, net, made, needed)
    if used is not None:
        _line_links(m, made, make, used)
    _hours(m, made, make, needed)
    _shares(m, made, make)


def _needed(made: Production, make: ArrayVar) -> np.ndarray:
    """Resources and periods in which some recipe may use them; shape [R, T]."""
    found = np.zeros(made.resources.hours.shape, dtype=bool)
    entry, t = np.nonzero(make.grid[made.hours.recipe] >= 0)
    found[made.hours.resource[entry], t] = True
    return found


def _line_used(
    m: pyo.ConcreteModel, net: Network, made: Production, needed: np.ndarray
) -> ArrayVar | None:
    resources, hours = made.resources, made.hours
    rated = np.ones(len(resources), dtype=bool)
    rated[hours.resource[hours.per_unit <= 0]] = False
    r, t = np.nonzero(needed & (resources.fixed_cost > 0))
    used = declare(
        m,
        "line_used",
        m.names.of_resource(r, t),
        {"resource": r, "period": t},
        needed.shape,
        upper=1.0,
        integer=net.whole()[t] | ~rated[r],
        doc="1 where the resource is used in the period",
    )
    m.costs.add("line fixed", used, resources.fixed_cost[r, t])
    return used


def _line_links(m: pyo.ConcreteModel, made: Production, make: ArrayVar, used: ArrayVar) -> None:
    hours, at = made.hours, used.grid[made.hours.resource]
    entry, t = np.nonzero((make.grid[hours.recipe] >= 0) & (at >= 0) & used.whole[at])
    b, r = hours.recipe[entry], hours.resource[entry]
    keys = Keys(
        (m.names.location, m.names.recipe, m.names.resource, m.names.period),
        (
            made.recipes.location[b],
            m.names.number_of_recipe[b],
            m.names.number_of_resource[r],
            t,
        ),
    )
    rows = Rows(m, "line_link", keys, "m <= Ub use")
    rows.add(make, 1.0, at=make.grid[b, t])
    rows.add(used, -m.bounds.make[b, t], at=used.grid[r, t])
    rows.at_most(0.0)


def _hours(m: pyo.ConcreteModel, made: Production, make: ArrayVar, needed: np.ndarray) -> None:
    """Hours used within hours and overtime, none where a line is not in use."""
    resources, hours, families = made.resources, made.hours, made.families
    weighs = np.zeros(len(resources), dtype=bool)
    weighs[hours.resource[(hours.per_unit > 0) | (hours.setup > 0)]] = True
    weighs[families.resource] = True
    r, t = np.nonzero(needed & weighs[:, None])
    keys = m.names.of_resource(r, t)
    row_of = np.full(needed.shape, -1, dtype=np.int64)
    row_of[r, t] = np.arange(len(r))
    overtime = _overtime(m, made, row_of)
    rows = Rows(m, "resource_hours", keys, "hours used <= hours + overtime")
    _work(m, rows, made, make, row_of)
    if overtime is not None:
        rows.add(overtime, -1.0, at=overtime.grid[r, t])
    used = m.component("line_used")
    switch = np.full(len(r), -1)
    if used is not None:
        switch = used.grid[r, t]
        switch = np.where((switch >= 0) & used.whole[switch], switch, -1)
    rows.add(used, -resources.hours[r, t], at=switch)
    rows.at_most(np.where(switch >= 0, 0.0, resources.hours[r, t]))


def _work(
    m: pyo.ConcreteModel, rows: Rows, made: Production, make: ArrayVar, row_of: np.ndarray
) -> None:
    """Add the hours of runs and setups to the rows of resources and periods, ``row_of`` [R, T]."""
    hours, families = made.hours, made.families
    for variable, code, resource, weight in (
        (make, hours.recipe, hours.resource, hours.per_unit),
        (m.component("setup"), hours.recipe, hours.resource, hours.setup),
        (m.component("family_setup"), families.of_hours, families.resource, families.setup),
    ):
        if variable is not None:
            entry, period = np.nonzero(variable.grid[code] >= 0)
            rows.add(
                variable,
                weight[entry],
                at=variable.grid[code[entry], period],
                row=row_of[resource[entry], period],
                partial=True,
            )


def _shares(m: pyo.ConcreteModel, made: Production, make: ArrayVar) -> None:
    """Behind the integrality horizon a line is in use for the share of its hours that is used."""
    used = m.component("line_used")
    at = np.flatnonzero(~used.whole) if used is not None else np.zeros(0, dtype=np.int64)
    if used is None or not len(at):
        return
    r, t = used.codes["resource"][at], used.codes["period"][at]
    row_of = np.full(used.grid.shape, -1, dtype=np.int64)
    row_of[r, t] = np.arange(len(at))
    rows = Rows(m, "line_share", m.names.of_resource(r, t), "hours used <= all hours use")
    _work(m, rows, made, make, row_of)
    rows.add(used, -(made.resources.hours + made.resources.overtime)[r, t], at=at)
    rows.at_most(0.0)


def _overtime(m: pyo.ConcreteModel, made: Production, row_of: np.ndarray) -> ArrayVar | None:
    resources = made.resources
    r, t = np.nonzero((row_of >= 0) & (resources.overtime > 0))
    overtime = declare(
        m,
        "overtime",
        m.names.of_resource(r, t),
        {"resource": r, "period": t},
        row_of.shape,
        upper=resources.overtime[r, t],
        doc="overtime of the resource in the period, h",
    )
    m.costs.add("overtime", overtime, resources.overtime_cost[r, t])
    return overtime
