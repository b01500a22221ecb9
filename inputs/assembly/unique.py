"""Names that must be told apart."""

import numpy as np
import pandas as pd

from tierstock.inputs.network import Ints, Texts


def told_apart(names: Texts, within: Ints | None = None) -> Texts:
    """Return the names with `` (2)``, `` (3)`` … behind those that occur again.

    The first of equal names keeps its own; no number is given that another name has already.

    Args:
        names: [X] names, in an order that does not depend on the sheet.
        within: [X] group inside which names must differ, e.g. the place; None = all together.

    >>> told_apart(np.array(["PO1", "PO1", "PO1 (2)"], dtype=object)).tolist()
    ['PO1', 'PO1 (3)', 'PO1 (2)']
    """
    group = np.zeros(len(names), dtype=np.int64) if within is None else within
    again = pd.MultiIndex.from_arrays([group, names]).duplicated()
    result = np.array(names, dtype=object)
    if not again.any():
        return result
    taken = set(zip(group.tolist(), names.tolist(), strict=True))
    turn: dict[tuple[int, str], int] = {}
    for at in np.flatnonzero(again):
        key = int(group[at]), str(names[at])
        number = turn.get(key, 1) + 1
        while (key[0], f"{key[1]} ({number})") in taken:
            number += 1
        turn[key] = number
        result[at] = f"{key[1]} ({number})"
        taken.add((key[0], result[at]))
    return result
