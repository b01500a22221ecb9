"""Codes of locations and products: mapped, written one way, and known."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.reading.headings import key, nearest

REFERRED = ("Locations", "Products")
"""Sheets whose codes are checked."""


class Codes:
    """The codes of one sheet.

    Args:
        known: every code of the plan in the order of its first row; None where no source says.
    """

    def __init__(self, known: Iterable[str] | None) -> None:
        self.known = None if known is None else dict.fromkeys(known)
        self._by_key: dict[str, str] = {}
        self._bare: dict[str, str | None] = {}
        for code in self.known or ():
            self._learn(code)

    def _learn(self, code: str) -> None:
        """Keep a spelling; forms that two codes share stand for none of them."""
        self._by_key.setdefault(key(code), code)
        bare = key(code).lstrip("0")
        if bare:
            first = self._bare.setdefault(bare, code)
            if first != code:
                self._bare[bare] = None

    def read(self, word: str, mapped: "Meanings | None") -> str | None:
        """Return the code a word of an extract stands for; None where it is unknown.

        The map comes first; then the code itself, the same in other case, width or spacing, and
        the same but for zeros in front where only one code is like that. Where no source lists
        the codes, the first spelling of a code counts for all.
        """
        if mapped is not None:
            found = mapped.of(word)
            if found is not None:
                word = found
            elif self.known is None and word not in mapped.values:
                return None
        if self.known is None:
            self._learn(word)
            return self._by_key[key(word)]
        if word in self.known:
            return word
        return self._by_key.get(key(word)) or self._bare.get(key(word).lstrip("0"))

    def nearest(self, word: str, mapped: Mapping[str, str] | None) -> str:
        """Return the known code most like a word; blank where none is."""
        return nearest(word, [*(self.known or ()), *(mapped or ())])


class Meanings:
    """A code map, looked up by the code itself, then in other case, width or spacing."""

    def __init__(self, mapped: Mapping[str, str]) -> None:
        self.values = frozenset(mapped.values())
        self._mapped = mapped
        self._by_key = {key(one): meant for one, meant in mapped.items()}

    def of(self, word: str) -> str | None:
        """Return what a code is called in the plan; None where the map does not say."""
        found = self._mapped.get(word)
        return self._by_key.get(key(word)) if found is None else found


def resolve(
    words: pd.Series, codes: Codes, mapped: Mapping[str, str] | None
) -> tuple[pd.Series, NDArray[np.bool_]]:
    """Return the codes of a column, and which are unknown; blank stays blank.

    Args:
        words: the column as texts.
        codes: what is known.
        mapped: the code map of the column, if it has one.
    """
    places, values = pd.factorize(words)
    meanings = None if mapped is None else Meanings(mapped)
    found = [codes.read(one, meanings) if one else "" for one in values]
    unknown = np.array([one is None for one in found], dtype=np.bool_)
    meant = np.array([one or word for one, word in zip(found, values, strict=True)], dtype=object)
    if not len(values):
        return words, np.zeros(0, dtype=np.bool_)
    return pd.Series(meant[places], index=words.index, dtype=object), unknown[places]
