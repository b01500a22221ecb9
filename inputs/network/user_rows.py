"""The planner's own constraints (F37)."""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Flags, Floats, Ints, Texts


@dataclass(frozen=True)
class UserRows:
    """Constraints of the sheet UserRows: U names, M terms.

    A term is a coefficient times the sum of a variable over a selection.
    """

    name: Texts
    """[U] name of the constraint."""
    sense: Texts
    """[U] ``<=``, ``>=`` or ``=``."""
    value: Floats
    """[U] right-hand side."""
    penalty: Floats
    """[U] money per unit missed; infinite = must hold."""
    each: Texts
    """[U] total, each period, each location or each product: one row for each."""
    row: Ints
    """[M] constraint of the term."""
    variable: Texts
    """[M] ship, stock, issue, lost, make, vehicles, departures, open or spend."""
    coefficient: Floats
    """[M] multiplier."""
    place: Flags
    """[M, L] locations selected in From: where stock, issues, orders and production are."""
    lane: Flags
    """[M, A] lanes selected by From, To and Mode: for ship, vehicles and departures."""
    product: Flags
    """[M, P] products selected."""
    period: Flags
    """[M, T] periods selected."""

    def __len__(self) -> int:
        return len(self.name)

    def counted(self) -> Flags:
        """Lanes and periods whose departures are counted; shape [A, T]."""
        terms = self.variable == "departures"
        counted: Flags = (self.lane[terms][:, :, None] & self.period[terms][:, None, :]).any(axis=0)
        return counted
