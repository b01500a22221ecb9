"""Readable keys over integer codes: names on demand, no tuple made before somebody looks."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyomo.core.base.set import OrderedSetOf

Codes = NDArray[np.int32]


class Level:
    """The names of one index, such as all products, with their codes.

    Args:
        names: names in canonical order; the code of a name is its position.
    """

    def __init__(self, names: Sequence[str] | NDArray[np.object_]) -> None:
        self.names: list[str] = [str(name) for name in names]
        self._codes: dict[str, int] | None = None

    def code(self, name: object) -> int:
        """Return the code of a name, or -1."""
        if self._codes is None:
            self._codes = {name: code for code, name in enumerate(self.names)}
        return self._codes.get(name, -1) if isinstance(name, str) else -1

    def __len__(self) -> int:
        return len(self.names)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Level":
        return self


class Keys(Sequence[Any]):
    """Keys such as ``("DC1", "P1", "2026-W03")``, held as one array of codes per level.

    A key is a tuple of names, or one name where there is a single level. Looking up a position
    needs no dictionary of keys: the codes are combined to one number and searched.

    Args:
        levels: the names of each level.
        codes: for each level the code of every key, all of one length.
    """

    def __init__(self, levels: Sequence[Level], codes: Sequence[NDArray[Any]]) -> None:
        self.levels = tuple(levels)
        self.codes: tuple[Codes, ...] = tuple(c.astype(np.int32, copy=False) for c in codes)
        self._sorted: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None

    def __len__(self) -> int:
        return len(self.codes[0])

    def __getitem__(self, position: Any) -> Any:
        if isinstance(position, slice):
            return [self[i] for i in range(*position.indices(len(self)))]
        names = tuple(
            level.names[codes[position]]
            for level, codes in zip(self.levels, self.codes, strict=True)
        )
        return names if len(names) > 1 else names[0]

    def __iter__(self) -> Iterator[Any]:
        columns = [
            map(level.names.__getitem__, codes.tolist())
            for level, codes in zip(self.levels, self.codes, strict=True)
        ]
        return iter(columns[0]) if len(columns) == 1 else zip(*columns, strict=True)

    def __contains__(self, key: object) -> bool:
        return self.position(key) >= 0

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Return the position of a key; ValueError where it is not among the keys."""
        found = self.position(value)
        if found < start or (stop is not None and found >= stop):
            raise ValueError(f"{value!r} is not a key")
        return found

    def at(self, which: NDArray[Any]) -> "Keys":
        """Return some of the keys, given by a mask or by their positions."""
        return Keys(self.levels, [codes[which] for codes in self.codes])

    def position(self, key: object) -> int:
        """Return the position of a key, or -1 where it is not among the keys."""
        parts = key if isinstance(key, tuple) else (key,)
        if len(parts) != len(self.levels):
            return -1
        number = 0
        for level, part in zip(self.levels, parts, strict=True):
            code = level.code(part)
            if code < 0:
                return -1
            number = number * len(level) + code
        numbers, order = self._lookup()
        at = int(np.searchsorted(numbers, number))
        return int(order[at]) if at < len(numbers) and numbers[at] == number else -1

    def _lookup(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if self._sorted is None:
            numbers = np.zeros(len(self), dtype=np.int64)
            for level, codes in zip(self.levels, self.codes, strict=True):
                numbers = numbers * len(level) + codes
            order = np.argsort(numbers, kind="stable")
            self._sorted = (numbers[order], order)
        return self._sorted

    def __deepcopy__(self, memo: dict[int, Any]) -> "Keys":
        return self


class KeySet(OrderedSetOf):
    """A Pyomo index set that looks into ``Keys`` instead of holding tuples."""

    def __init__(self, keys: Keys) -> None:
        self._levels = len(keys.levels)
        super().__init__(keys)

    @property
    def dimen(self) -> int:
        """Number of names in a key."""
        return self._levels

    def get(self, value: Any, default: Any = None) -> Any:
        """Return the key itself where it is one, else the default."""
        return value if self._ref.position(value) >= 0 else default

    def __str__(self) -> str:
        return str(self.name) if self._name is not None else f"{len(self)} keys"
