"""How the rows of Supply are asked: each column cell by cell, in base units and home money."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.inputs.selecting.precedence import Coverage, numbers, winners
from tierstock.inputs.tables import Table, own_unit


@dataclass(frozen=True)
class Asking:
    """Asks the rows of Supply for one column, [S, T]."""

    ground: Ground
    table: Table
    coverage: Coverage
    product: Ints
    """[S] product of each offer."""

    def quantity(self, field: str, default: float) -> Floats:
        """Units, from the unit the winning row or cell names."""
        row = self.rows(field)
        times = self.ground.measures.times(self.table, field, row, self.product[:, None])
        return numbers(row, self.table, field, default) * times

    def money(self, field: str, default: float) -> Floats:
        """Home money, from the currency of the winning row."""
        row = self._winners(field, ("currency",))
        times = self.ground.exchange.times(self.table, row)
        return numbers(row, self.table, field, default) * times

    def number(self, field: str, default: float) -> Floats:
        """The number as it stands in the winning row."""
        return numbers(self._winners(field, ()), self.table, field, default)

    def rows(self, field: str) -> Ints:
        """Row that states a quantity in every cell; -1 where none does."""
        return self._winners(field, ("unit", own_unit(field)))

    def tell(self, code: str, field: str, wrong: Flags) -> None:
        """Find something at every row that states the column in a marked cell [S, T]."""
        row = self.rows(field)
        for at in np.unique(row[wrong & (row >= 0)]).tolist():
            self.ground.findings.add(code, table=self.table, index=at, field=field)

    def _winners(self, field: str, beside: tuple[str, ...]) -> Ints:
        return winners(self.coverage, self.table, field, self.ground.findings, beside=beside)
