"""One plan of a comparison: what it is called, its figures and shipments, what it was made for."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from tierstock.inputs.network import Network
from tierstock.inputs.units import MONEY_UNITS
from tierstock.outputs.compare.words import tell
from tierstock.outputs.facts import RunFacts

KEYS = ("Kind", "From", "To", "Mode", "Product", "Ship Period")
"""Columns of Shipments that name a move."""
AMOUNTS = ("Quantity", "Value")
"""Columns of Shipments that a comparison counts."""


class Incomparable(ValueError):
    """Plans that cannot be held against each other, or what is no plan; in both languages.

    Args:
        word: text of ``words.csv``.
        values: its fields; a value may be a dict of its words by language.
    """

    def __init__(self, word: str, **values: object) -> None:
        self.word, self.values = word, values
        super().__init__(self.say("en"))

    def say(self, language: str) -> str:
        """Return what is wrong and what to do."""
        told = {
            name: value[language] if isinstance(value, Mapping) else value
            for name, value in self.values.items()
        }
        return tell(self.word, language, **told)


@dataclass(frozen=True)
class Side:
    """One plan of a comparison, whatever language its results are written in."""

    name: str
    """What its column is called."""
    figures: pd.Series
    """KPI and ``Cost: term`` by English name -> value in its unit; not a number where blank."""
    moves: pd.DataFrame
    """Shipments: ``KEYS`` (kinds and the usual mode in English) and ``AMOUNTS``."""
    currency: str
    """Home currency, ``CNY``."""
    worth: float
    """Home money in one unit of money: 10,000 where it counts in 万."""
    first: str
    """First day, ISO."""
    last: str
    """Last day, ISO."""
    locations: frozenset[str] | None
    """Codes; None where the results do not tell."""
    products: frozenset[str] | None
    """Codes; None where the results do not tell."""
    facts: Mapping[str, str | float]
    """Facts by name: File, Model, Quality, Gap, Input hash."""
    language: str
    """Language of the results."""


def worth_of(money: str) -> tuple[float, str]:
    """Return home money in one unit of money, and the home currency.

    >>> worth_of("万 CNY"), worth_of("×10,000 CNY"), worth_of("EUR")
    ((10000.0, 'CNY'), (10000.0, 'CNY'), (1.0, 'EUR'))
    """
    for chinese, (worth, english) in MONEY_UNITS.items():
        for start in (f"{chinese} ", english):
            if worth != 1.0 and money.startswith(start):
                return worth, money.removeprefix(start).strip()
    return 1.0, money


def side_of(name: str, net: Network, tables: Mapping[str, pd.DataFrame], facts: RunFacts) -> Side:
    """Return the side of a plan that is at hand.

    Args:
        name: what its column is called.
        net: the network that was planned.
        tables: result tables in English, Summary and Shipments among them.
        facts: how the plan was made.
    """
    summary = tables["Summary"]
    return Side(
        name=name,
        figures=pd.Series(summary["Value"].to_numpy(float), index=summary["KPI"].astype(str)),
        moves=tables["Shipments"][[*KEYS, *AMOUNTS]],
        currency=net.settings.home_currency,
        worth=net.settings.money_worth,
        first=facts.first_day,
        last=facts.last_day,
        locations=frozenset(map(str, net.locations.code)),
        products=frozenset(map(str, net.products.code)),
        facts={
            "File": "",
            "Model": facts.name,
            "Quality": facts.quality,
            "Gap": facts.gap,
            "Input hash": facts.input_hash or net.input_hash,
        },
        language=net.settings.report_language,
    )
