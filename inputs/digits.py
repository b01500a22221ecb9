"""Numbers cut to so many digits."""

import numpy as np
from numpy.typing import NDArray


def rounded(values: NDArray[np.float64], digits: int) -> NDArray[np.float64]:
    """Return numbers to so many significant digits; not a number stays it.

    >>> rounded(np.array([32.880000000000003, 0.1 + 0.2, -1234567.0]), 15).tolist()
    [32.88, 0.3, -1234567.0]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(values == 0, 1.0, np.floor(np.log10(np.abs(values))))
    power = digits - 1 - np.nan_to_num(size)
    larger, smaller = 10.0 ** np.maximum(power, 0.0), 10.0 ** np.maximum(-power, 0.0)
    return np.asarray(np.round(values * larger / smaller) * smaller / larger)
