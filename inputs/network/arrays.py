"""Array types of the network and the dimensions of its limits."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Texts = NDArray[np.object_]
Dates = NDArray[np.datetime64]

DIMENSIONS = ("unit", "kg", "m3", "pallet")
"""The dimensions of every limit; the second axis of ``Products.measure`` and ``Vehicles.limit``."""

THROUGHPUT_KINDS = ("inbound", "outbound", "dock")
