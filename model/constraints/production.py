"""F11 production: what is made at a location, of what, and when it is there."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.inputs.network.production import Materials
from tierstock.model.keys import Keys
from tierstock.model.variables import declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Make products by recipes: components go in at release, output is there a lead time later.

    .. math::

        \text{in } t:\ -\beta_{bp}(1 + scr_{bp})\, m_{bt}, \qquad
        \text{in } t + \ell_{bt}:\ +yld_b\, m_{bt} \text{ of the output},\
        +\beta_{bp}\, m_{bt} \text{ of a co-product}

        0 \le m_{bt} \le \min\Bigl(Max_b,\ \min_{r:\rho > 0}
            \frac{Res_{rt} + ot^{max}_{rt} - st_{br}}{\rho_{br}}\Bigr),
        \qquad \text{cost} = \sum c^{make}_b\, m_{bt}

    ======  ===============================  ====================================  ===========
    sign    in code                          meaning                               unit
    ======  ===============================  ====================================  ===========
    m       ``m.make``                       gross output units released           units
    β, scr  ``net.production.inputs``        (1 + Scrap) x Quantity of a component  units/unit
    yld, β  ``net.production.outputs``       good share, quantity of a co-product  units/unit
    ℓ       ``net.production.recipes.lead``  from release to stock                 periods
    c       ``recipes.unit_cost``            processing                            money/unit
    Max     ``recipes.most``                 by Max, hours and batches             units/period
    ======  ===============================  ====================================  ===========

    Kitting and taking apart are two recipes, alternative bills of material several recipes with
    one output, refurbishing a recipe whose component came back. A recipe without inputs makes
    its output from nothing, limited by its resources. There is no column before all components
    can be there (mathematics C.6.1). Production takes neither inbound nor outbound capacity, and
    Handling In is charged on receipts by lanes and on purchases only. What is in work is neither
    stock nor on the way: it takes no room, ties up no capital and is not In Transit. What is there
    after the horizon counts in the terminal rule.
    Source: Pochet & Wolsey, Production Planning by Mixed Integer Programming (2006), ch. 13.
    Sheets: Recipes, RecipeInputs.
    """
    made = net.production
    if made is None:
        return
    recipes, last = made.recipes, len(net.periods)
    first = np.zeros(len(recipes), dtype=np.int64)
    components = made.place(net.places.of, made.inputs)
    np.maximum.at(first, made.inputs.recipe, net.places.earliest[components])
    b, t = np.nonzero((recipes.most > 0) & (first[:, None] <= np.arange(last)))
    make = declare(
        m,
        "make",
        Keys(
            (m.names.location, m.names.recipe, m.names.period),
            (recipes.location[b], m.names.number_of_recipe[b], t),
        ),
        {"recipe": b, "period": t},
        (len(recipes), last),
        upper=recipes.most[b, t],
        doc="made by a recipe in the period of release, gross output units",
    )
    if make is None:
        return
    m.costs.add("production", make, recipes.unit_cost[b])
    ready = np.arange(last) + recipes.lead
    _post(m, net, "produced", made.outputs, ready)
    _post(m, net, "consumed", made.inputs, np.broadcast_to(np.arange(last), ready.shape))


def _post(
    m: pyo.ConcreteModel, net: Network, kind: str, materials: Materials, period: np.ndarray
) -> None:
    assert net.production is not None
    entry, t = np.nonzero(m.make.grid[materials.recipe] >= 0)
    recipe = materials.recipe[entry]
    m.movements.post(
        kind,
        m.make,
        materials.units[entry],
        place=net.production.place(net.places.of, materials)[entry],
        period=period[recipe, t],
        at=m.make.grid[recipe, t],
    )
