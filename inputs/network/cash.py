"""Accounts of companies: when what is bought and sold is paid, opening cash, credit.

Sizes in the shapes are those of :mod:`tierstock.inputs.network`; F accounts, one per company.
"""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Floats, Ints, Texts


@dataclass(frozen=True)
class Cash:
    """Terms of the sheet Finance."""

    label: Texts
    """[F] company; blank for the locations without one."""
    of: Ints
    """[L] account of each location."""
    place: Ints
    """[F] first location of the account, where it stands in budgets."""
    opening: Floats
    """[F] money before the first period."""
    line: Floats
    """[F] most that may be owed; 0 without a credit line."""
    interest: Floats
    """[F, T] share of what was owed at the end of the period before that is paid in a period."""
    least: Floats
    """[F] least balance: 0 with a credit line, else minus infinity."""
    pay_days: Floats
    """[L] days from an order to its payment."""
    paid: Ints
    """[L, T] period in which an order is paid; T = after the horizon."""
    collected: Ints
    """[L, T] period in which a sale is paid; T = after the horizon."""

    def __len__(self) -> int:
        return len(self.label)
