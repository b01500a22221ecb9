"""F32 cash: what every company has at the end of each period, and what it borrows."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Cash, Network
from tierstock.model.keys import Keys, Level
from tierstock.model.payments import payments
from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar, declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Carry the cash of each company forward, with credit up to its line.

    .. math::

        cash_{ft} = cash_{f,t-1} + \sum_{(d,u):\, collect(l_d,u) = t} price_{du}\, S_{du}
            - \sum_{(s,u):\, pay(l_s,u) = t} c^{buy}_{su}\, q_{su} - paid_{ft} - TP_{ft}
            - r_{ft}\, debt_{f,t-1} + debt_{ft} - debt_{f,t-1}

        cash_{f0} = opening, \qquad debt_{f0} = 0, \qquad 0 \le debt_{ft} \le line_f,
            \qquad cash_{ft} \ge 0 \text{ with a line}

        \text{cost} = \sum_{ft} r_{f,t+1}\, debt_{ft}, \qquad r_{f,T+1} = r_{fT}

    =======  ==============================  ==========================================  ======
    sign     in code                         meaning                                     unit
    =======  ==============================  ==========================================  ======
    cash     ``m.cash``                      at the end of the period                    money
    debt     ``m.debt``                      credit used at the end of the period        money
    S, q     ``m.purchase``, demand          issued, and ordered, at its places          units
    paid     ``payments.AT_ONCE``            freight, production, handling, duty ...     money
    TP       ``net.tariffs.transfer_price``  paid where goods go, earned where they      money
                                             leave
    pay      ``net.cash.paid``               period that holds the first day + the       period
                                             days of credit
    collect  ``net.cash.collected``          the same for sales                          period
    r        ``net.cash.interest``           yearly rate times days of the period / 365  share
    line     ``net.cash.line``               most that may be owed                       money
    opening  ``net.cash.opening``            cash before the first period                money
    =======  ==============================  ==========================================  ======

    A company has what happens at its places, as in Costs; places without one share an account.
    Money is nominal, without discount. Capital cost of stock and of goods on the way, penalties,
    carbon at a price and the value of scrap are no payments; nor is what was bought or sold before
    the horizon. What is due after the end does not count; so the interest on the last debt is a
    cost, charged in the last period, but no payment. Without rows in Finance there are neither
    variables nor rows.
    Source: Guillén, Badell & Puigjaner, "A holistic framework for short-term supply chain
    management integrating production and corporate financial planning", Int. J. Production
    Economics 106 (2007). Sheets: Finance, Budgets (Kind).
    """
    cash = net.cash
    if cash is None:
        return
    count, last = len(cash), len(net.periods)
    account, period = (one.ravel() for one in np.indices((count, last)))
    names = Level(cash.label)
    keys = Keys((names, m.names.period), (account, period))
    balance = declare(
        m,
        "cash",
        keys,
        {"account": account, "period": period},
        (count, last),
        lower=cash.least[account],
        doc="cash of a company at the end of the period, money",
    )
    debt = _debt(m, net, cash, names)
    rows = Rows(m, "cash_balance", keys, "cash = cash before + in - out + new debt")
    rows.add(balance, 1.0, at=np.arange(len(keys)))
    later = np.flatnonzero(period > 0)
    rows.add(balance, -1.0, at=later - 1, row=later)
    if debt is not None:
        a, t = debt.codes["account"].astype(np.int64), debt.codes["period"].astype(np.int64)
        rows.add(debt, -1.0, at=np.arange(len(a)), row=a * last + t)
        before = np.flatnonzero(t + 1 < last)
        growth = 1.0 + cash.interest[a[before], t[before] + 1]
        rows.add(debt, growth, at=before, row=(a * last + t + 1)[before])
    known = np.zeros((count, last))
    known[:, 0] = cash.opening
    for one in payments(m, net, cash):
        due = one.period < last
        where = cash.of[one.location]
        if one.variable:
            row = np.where(due, where * last + one.period, -1)
            rows.add(m.component(one.variable), one.amount, at=one.at, row=row, partial=True)
        else:
            np.subtract.at(known, (where[due], one.period[due]), one.amount[due])
    rows.equals(known.ravel())


def _debt(m: pyo.ConcreteModel, net: Network, cash: Cash, names: Level) -> ArrayVar | None:
    """Credit of the companies with a line; interest is paid a period later."""
    last = len(net.periods)
    a, t = np.nonzero(np.repeat((cash.line > 0)[:, None], last, axis=1))
    debt = declare(
        m,
        "debt",
        Keys((names, m.names.period), (a, t)),
        {"account": a, "period": t},
        (len(cash), last),
        upper=cash.line[a],
        doc="credit used at the end of the period, money",
    )
    if debt is not None:
        price = cash.interest[a, np.minimum(t + 1, last - 1)]
        m.costs.add("interest", debt, price, period=t + 1)
    return debt
