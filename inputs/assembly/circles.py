"""Recipes that take from each other in a circle: kits and what they fall apart into (F2)."""

import numpy as np

from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.inputs.network.production import Materials

TINY = 1e-7
"""Share of a run that counts as nothing."""


def on_circle(inputs: Materials, outputs: Materials, chosen: Flags, products: int) -> Flags:
    """Recipes whose output can come back as their own input, or that lie between two such; [B].

    Args:
        inputs: what goes into the recipes.
        outputs: what comes out.
        chosen: [B] recipes that are looked at.
        products: number of products P.
    """
    found = chosen.copy()
    while True:
        takes, gives = found[inputs.recipe], found[outputs.recipe]
        used, made = np.zeros(products, dtype=bool), np.zeros(products, dtype=bool)
        used[inputs.product[takes]], made[outputs.product[gives]] = True, True
        fed, wanted = np.zeros(len(found), dtype=bool), np.zeros(len(found), dtype=bool)
        fed[inputs.recipe[made[inputs.product]]] = True
        wanted[outputs.recipe[used[outputs.product]]] = True
        if (found == (found & fed & wanted)).all():
            return found
        found &= fed & wanted


def surplus(row: Ints, column: Ints, value: Floats, columns: int) -> Floats:
    r"""Runs of activities that give back more than they take; 0 where there are none.

    .. math::

        \max \sum_i z_i \quad z_i = \sum_j a_{ij} m_j \ge 0, \quad 0 \le m_j \le 1

    Args:
        row: [X] goods of each entry.
        column: [X] activity of each entry.
        value: [X] units that come out (+) or go in (-) per run.
        columns: number of activities.

    Returns:
        [columns] runs m of a set that makes something of nothing.

    Source: Gale, The Theory of Linear Economic Models (1960), ch. 9: no output without input.
    """
    import highspy

    from tierstock.inputs.quiet import quiet_highs

    solver = quiet_highs()
    activities, number = np.unique(column, return_inverse=True)
    number = number.reshape(-1)
    gain = np.bincount(number, value, minlength=len(activities))
    for cost in gain.tolist():
        solver.addCol(-cost, 0.0, 1.0, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
    for good in np.unique(row):
        here = row == good
        kept, at = np.unique(number[here], return_inverse=True)
        summed = np.bincount(at.reshape(-1), value[here])
        solver.addRow(0.0, highspy.kHighsInf, len(kept), kept.astype(np.int32), summed)
    solver.run()
    runs, found = np.array(solver.getSolution().col_value), np.zeros(columns)
    if len(runs) == len(gain) and float(gain @ runs) > TINY:
        found[activities] = runs
    return found


def growing(inputs: Materials, outputs: Materials, recipes: int, products: int) -> Flags:
    """Recipes on circles where something is made that is more than what it takes; [B].

    What comes from outside the circle does not count, nor do lead times: with enough of it such a
    circle can go on growing.
    """
    circle = on_circle(inputs, outputs, np.ones(recipes, dtype=bool), products)
    if not circle.any():
        return circle
    takes, gives = circle[inputs.recipe], circle[outputs.recipe]
    inside = np.zeros(products, dtype=bool)
    inside[outputs.product[gives]] = True
    takes &= inside[inputs.product]
    inside = np.zeros(products, dtype=bool)
    inside[inputs.product[takes]] = True
    gives &= inside[outputs.product]
    runs = surplus(
        np.concatenate([inputs.product[takes], outputs.product[gives]]),
        np.concatenate([inputs.recipe[takes], outputs.recipe[gives]]),
        np.concatenate([-inputs.units[takes], outputs.units[gives]]),
        recipes,
    )
    return circle if (runs > TINY).any() else np.zeros_like(circle)
