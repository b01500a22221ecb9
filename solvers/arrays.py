"""What goes to the solver: one matrix, costs, bounds."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int32]


def _number_of_column(column: int) -> str:
    return f"column {column}"


def _number_of_row(row: int) -> str:
    return f"row {row}"


@dataclass(frozen=True, repr=False, eq=False)
class Arrays:
    r"""A linear program with whole-number columns, n columns and m rows.

    .. math:: \min\ c^T x + c_0,\quad r^- \le A x \le r^+,\quad l \le x \le u

    Attributes:
        cost: [n] money per unit, c.
        lower, upper: [n] bounds of the columns, l and u; infinite where there is none.
        integer: [n] whole numbers only.
        starts: [m + 1] where each row begins in ``index`` and ``value``.
        index: column of each coefficient.
        value: coefficients of A, no zeros and no cell twice.
        row_lower, row_upper: [m] limits of the rows; infinite where there is none.
        offset: constant cost, c_0.
        sense: 1 to minimise, -1 to maximise.
        column_name, row_name: readable name of a column or row, made when asked for.
        place: [m or fewer] number of the place whose stock a row balances, -1 for other rows; None
            where nothing is known of places. Rows behind its end are others, too.
        product: [m or fewer] number of the product whose stock a row balances, like ``place``.
        period: [m or fewer] number of the period in which a row balances stock, like ``place``.
    """

    NAMES: ClassVar[tuple[str, ...]] = (
        *("cost", "lower", "upper", "integer", "starts", "index", "value"),
        *("row_lower", "row_upper"),
    )
    """Fields that make up the program."""

    cost: Floats
    lower: Floats
    upper: Floats
    integer: Flags
    starts: Ints
    index: Ints
    value: Floats
    row_lower: Floats
    row_upper: Floats
    offset: float = 0.0
    sense: int = 1
    column_name: Callable[[int], str] = _number_of_column
    row_name: Callable[[int], str] = _number_of_row
    place: Ints | None = None
    product: Ints | None = None
    period: Ints | None = None

    def __post_init__(self) -> None:
        n, m, nonzeros = len(self.cost), len(self.row_lower), len(self.value)
        sizes = (
            ("lower", self.lower, n),
            ("upper", self.upper, n),
            ("integer", self.integer, n),
            ("row_upper", self.row_upper, m),
            ("starts", self.starts, m + 1),
            ("index", self.index, nonzeros),
        )
        for name, array, size in sizes:
            if array.shape != (size,):
                raise ValueError(f"{name} has shape {array.shape}, expected ({size},)")
        if self.sense not in (1, -1):
            raise ValueError(f"sense is 1 or -1, got {self.sense!r}")

    def __repr__(self) -> str:
        whole = int(self.integer.sum())
        return (
            f"Arrays({self.columns} columns ({whole} whole), {self.rows} rows, "
            f"{self.nonzeros} nonzeros)"
        )

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.cost)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.row_lower)

    @property
    def nonzeros(self) -> int:
        """Number of coefficients."""
        return len(self.value)

    @property
    def whole(self) -> bool:
        """Whether any column takes whole numbers only."""
        return bool(self.integer.any())

    def row_of_entry(self) -> Ints:
        """Return the row of each coefficient; shape [nonzeros]."""
        return np.repeat(np.arange(self.rows, dtype=np.int32), np.diff(self.starts))

    def activity(self, values: Floats) -> Floats:
        """Return the left side of each row, A x; shape [m]."""
        sums = np.zeros(self.rows)
        filled = np.diff(self.starts) > 0
        if filled.any():
            terms = self.value * values[self.index]
            sums[filled] = np.add.reduceat(terms, self.starts[:-1][filled])
        return sums

    def objective(self, values: Floats) -> float:
        """Return the cost of a solution, computed from the data.

        Summed by numpy itself: the product of two vectors would wake up the threads of BLAS, which
        takes longer than the sum, and its last digits would hang on their number.
        """
        return float((self.cost * values).sum()) + self.offset

    def violation(self, values: Floats) -> float:
        """Return the largest violation of a bound or row, relative to its size where above 1.

        Infinite where a value is not a number.
        """
        if not np.isfinite(values).all():
            return np.inf
        worst = 0.0
        for amount, low, high in (
            (values, self.lower, self.upper),
            (self.activity(values), self.row_lower, self.row_upper),
        ):
            if len(amount):
                size = np.maximum(1.0, np.abs(amount))
                worst = max(worst, float((np.maximum(low - amount, amount - high) / size).max()))
        return worst

    def fixed(self, values: Floats) -> "Arrays":
        """Return the same program with its whole-number columns fixed at ``values``."""
        return replace(
            self,
            lower=np.where(self.integer, values, self.lower),
            upper=np.where(self.integer, values, self.upper),
            integer=np.zeros(self.columns, dtype=bool),
        )

    def mark(self) -> int:
        """Return a checksum that tells a program from the same one changed: CRC-32."""
        found = zlib.crc32(f"{self.offset!r} {self.sense}".encode())
        for name in self.NAMES:
            found = zlib.crc32(np.ascontiguousarray(getattr(self, name)).data, found)
        return found
