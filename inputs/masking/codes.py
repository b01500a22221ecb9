"""Codes instead of names: one per name and kind, the same wherever the name is used."""

import re
from collections.abc import Iterable, Mapping

from tierstock.inputs.schema import fold

PREFIXES = {
    "location": "L", "product": "P", "region": "R", "channel": "CH", "company": "CO",
    "class": "CL", "calendar": "CAL", "vehicle": "V", "resource": "RES", "recipe": "REC",
    "family": "F", "changeover": "X", "zone": "Z", "unit": "U", "mode": "M", "lot": "LOT",
    "order": "O", "target": "T", "budget": "B", "group": "G", "site group": "SG", "event": "E",
    "scenario": "S", "user row": "ROW", "currency": "CUR", "ABC": "A", "period": "PER",
    "other": "N",
}  # fmt: skip
"""What the codes of a kind begin with."""
SHORTEST = 3
"""Names of fewer letters may occur by chance in a code."""
_CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"
_NUMERIC = re.compile(rf"\d{{{SHORTEST},}}", re.ASCII)


class Codes:
    """Gives every name of a kind its code, in the order in which the names come.

    No code holds a name of three letters or more that was to be hidden. Where some of these
    names are numbers, codes are counted in letters.
    """

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """Give codes to the names by kind.

        Args:
            names: names of every kind, in order; further ones may come later.
        """
        listed = {kind: list(dict.fromkeys(filter(None, some))) for kind, some in names.items()}
        every = {name.casefold() for some in listed.values() for name in some}
        self._hidden = {name for name in every if len(name) >= SHORTEST}
        self._letters = any(_NUMERIC.fullmatch(name) for name in self._hidden)
        self._sizes = {kind: len(some) for kind, some in listed.items()}
        self._last: dict[str, int] = {}
        self.given: dict[str, dict[str, str]] = {}
        """Code by kind and name."""
        self._folded: dict[tuple[str, str], str] = {}
        for kind, some in listed.items():
            for name in some:
                self.code(kind, name)

    def code(self, kind: str, name: str) -> str:
        """Return the code of a name; a new one where it has none yet."""
        known = self.given.setdefault(kind, {})
        if name in known:
            return known[name]
        if name.casefold() not in self._hidden and len(name) >= SHORTEST:
            self._hidden.add(name.casefold())
        known[name] = self._next(kind)
        self._folded.setdefault((kind, fold(name)), name)
        return known[name]

    def find(self, kind: str, word: str) -> str | None:
        """Return the code of a name as a selector may write it; None where there is none."""
        known = self.given.get(kind, {})
        if word in known:
            return known[word]
        name = self._folded.get((kind, fold(word)))
        return known[name] if name is not None else None

    def _next(self, kind: str) -> str:
        while True:
            number = self._last[kind] = self._last.get(kind, 0) + 1
            code = self._written(kind, number)
            small = code.casefold()
            ends = range(SHORTEST, len(small) + 1)
            parts = {
                small[end - size : end] for size in ends for end in range(size, len(small) + 1)
            }
            if not parts & self._hidden:
                return code

    def _written(self, kind: str, number: int) -> str:
        prefix, size = PREFIXES[kind], self._sizes.get(kind, 1)
        prefix = prefix[:2] if prefix.casefold() in self._hidden else prefix
        if not self._letters:
            return f"{prefix}{number:0{len(str(size))}d}"
        marks, width = "", 1
        while len(_CONSONANTS) ** width <= max(size, number):
            width += 1
        for _ in range(width):
            number, rest = divmod(number, len(_CONSONANTS))
            marks = _CONSONANTS[rest] + marks
        return f"{prefix}-{marks}"
