"""The formulation, family by family, in the order in which it is built."""

from collections.abc import Callable

import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.constraints import (
    ages,
    balance,
    budgets,
    capacity,
    carbon,
    cash,
    demand,
    fairness,
    fixed_plan,
    flow,
    gates,
    initial,
    lane_use,
    lots,
    max_stock,
    moves,
    priority,
    production,
    rates,
    resource,
    returns,
    revenue,
    safety_stock,
    service_cycle,
    service_fill,
    setups,
    shelf_life,
    shipment_count,
    sites,
    source_ranks,
    sourcing,
    stock,
    substitution,
    supply,
    tariffs,
    terminal,
    transfers,
    user_rows,
    vehicles,
)

Family = Callable[[pyo.ConcreteModel, Network], None]
"""A function that adds its variables, rows and costs to a model, or nothing."""

MOVING: tuple[Family, ...] = (
    # the network: what is open, shipped, kept, bought
    sites.add,  # before safety_stock, gates, carbon and user_rows, which ask what is open
    flow.add,
    stock.add,
    supply.add,
    # demand: served, owed, lost
    demand.add,
    # orders on their way, other products instead, goods that come back
    initial.add,
    substitution.add,
    returns.add,
    # production
    production.add,
    # decisions already taken: after all that is shipped, bought or made
    fixed_plan.add,
    # ages: last, as all movements have to be posted before they are told apart by age
    shelf_life.add,
    ages.add,  # after shelf_life: what is scrapped has an age, too
)
"""Families whose variables move goods: each posts in ``m.movements``. Own families come next."""

RULES: tuple[Family, ...] = (
    # the balance closes the ledger; then limits and targets of stock, and who is short first
    balance.add,
    priority.add,
    safety_stock.add,
    max_stock.add,
    capacity.add,
    # freight: departures, whole lots, whole trips, brackets
    lane_use.add,
    lots.add,
    rates.add_part_loads,  # before vehicles: what a part load takes needs no trip
    vehicles.add,
    rates.add,
    # production: what is set up, then the hours that takes
    setups.add,
    resource.add,
    # transfers: what the donor keeps, then the moves that are counted
    transfers.add,
    moves.add,
    # the choice of sources and locations
    sourcing.add,
    source_ranks.add,
    sites.add_groups,
    gates.add,  # after balance: it gates whatever is posted in the ledger
    # duty and carbon: of shipments, trips and open locations
    tariffs.add,
    carbon.add,  # after vehicles: trips emit
    # the end of the horizon
    terminal.add,
    # service: targets, then fairness between places
    service_fill.add,
    service_cycle.add,
    fairness.add,
    # what is earned, and what is only counted or ranked
    revenue.add,
    shipment_count.add,
    substitution.add_ranks,
    # the planner's own rows: after every variable they can select
    user_rows.add,
    # money: cash after every cost and revenue that is paid, budgets after cash, which they count
    cash.add,
    budgets.add,
)
"""Families that set rules, shares and prices on what moves."""

FAMILIES: tuple[Family, ...] = (*MOVING, *RULES)
"""All families. An order not explained above is free: it only decides how columns are counted."""
