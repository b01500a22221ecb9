"""Sentences a run prints: lead times rounded, the ladder in force, the end of the horizon."""

import numpy as np

from tierstock.inputs.assembly import ladder
from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.periods import lead_in_days, leads
from tierstock.inputs.findings import Both, phrase, show
from tierstock.inputs.network import Flags, Floats, Ints, Network, Periods

SHOWN = 6
"""Different roundings told one by one."""
BUCKETS = {
    "day": Both("days", "天"),
    "week": Both("weeks", "周"),
    "month": Both("months", "个月"),
    "period": Both("periods", "期"),
}


def notes(network: Network, ground: Ground, links: Links) -> tuple[str, ...]:
    """Return the sentences in the language of the run."""
    language = network.settings.language
    told = [
        *rounded_leads(ground, links, language),
        *rounded_recipes(ground, links, language),
        ladder_in_force(network, ground, language),
    ]
    if network.settings.terminal_rule == "none" and not ground.tables.has("Terminal"):
        told.append(phrase("note-no-terminal", language, {}))
    if network.settings.terminal_rule == "value":
        days = show(network.settings.terminal_days)
        told.append(phrase("note-terminal-value", language, {"days": days}))
    return (*told, *cheap_ends(network, language))


def cheap_ends(network: Network, language: str) -> list[str]:
    """The bought product whose missing unit at the end is cheapest beside its purchase.

    Where both are stated so, no plan buys for the end: stock runs out there. Products that a recipe
    makes are left out, their cost is not one price.
    """
    terminal, supply = network.terminal, network.supply
    count = len(network.products)
    penalty, price = np.full(count, -np.inf), np.full(count, np.inf)
    wanted = terminal.target[terminal.row] > 0.0
    asked = network.places.product[terminal.place[wanted]]
    np.maximum.at(penalty, asked, terminal.penalty[terminal.row[wanted]])
    offered = np.where(supply.most > 0.0, supply.unit_cost, np.inf)
    bought = network.places.product[supply.place]
    np.minimum.at(price, bought, offered.min(axis=1, initial=np.inf))
    if network.production is not None:
        price[network.production.recipes.product] = np.inf
    cheap = np.flatnonzero((penalty > 0.0) & (penalty < price) & np.isfinite(price))
    if not len(cheap):
        return []
    worst = cheap[(price[cheap] - penalty[cheap]).argmax()]
    values = {
        "product": network.products.code[worst],
        "further": len(cheap) - 1 or "",
        "penalty": show(round(float(penalty[worst]), 6)),
        "price": show(round(float(price[worst]), 6)),
    }
    return [phrase("note-terminal-cheap", language, values)]


def rounded_leads(ground: Ground, links: Links, language: str) -> list[str]:
    """Which lead times are not whole buckets, most lanes first: ``44 lanes: 2 d planned as …``."""
    settings = ground.tables.settings
    if settings.lead_time_unit == "period" or not len(links.goods):
        return []
    stated = links.goods.lead + links.extra
    whole = leads(ground.periods, stated, "day", settings.lead_time_rounding)
    rounded = _rounded(links.goods.lane, stated, whole, links.goods.valid, ground.periods)
    listed = _listed(rounded, "note-lead", ground.periods, language)
    return [phrase("note-leads", language, {"listed": listed})] if listed else []


def rounded_recipes(ground: Ground, links: Links, language: str) -> list[str]:
    """The same of recipes, most of them first."""
    if links.making is None or ground.tables.settings.lead_time_unit == "period":
        return []
    recipes = links.making.production.recipes
    number = np.arange(len(recipes))
    rounded = _rounded(number, recipes.lead_days, recipes.lead, recipes.most > 0.0, ground.periods)
    listed = _listed(rounded, "note-recipe", ground.periods, language)
    return [phrase("note-recipes", language, {"listed": listed})] if listed else []


def _rounded(owner: Ints, stated: Floats, whole: Ints, valid: Flags, periods: Periods) -> Floats:
    """Owner, days as stated, fewest and most buckets of every lead time that is not whole; [X, 4].

    Args:
        owner: [X] lane or recipe.
        stated: [X, T] lead time in days.
        whole: [X, T] buckets it is planned as.
        valid: [X, T] periods that count.
        periods: the buckets.
    """
    planned = lead_in_days(periods, whole.astype(np.float64), "period")
    off = valid & (np.abs(planned - stated) > 1e-9)
    at = np.flatnonzero(off.any(axis=1))
    first = off[at].argmax(axis=1)
    least = np.where(off[at], whole[at], np.iinfo(np.int64).max).min(axis=1)
    most = np.where(off[at], whole[at], -1).max(axis=1)
    rows = np.stack([owner[at], stated[at, first], least, most], axis=1)
    return np.asarray(np.unique(rows, axis=0), dtype=np.float64)


def _listed(rounded: Floats, code: str, periods: Periods, language: str) -> str:
    """What is rounded how, most owners first; blank where nothing is."""
    kinds, count = np.unique(rounded[:, 1:], axis=0, return_counts=True)
    order = np.argsort(-count, kind="stable")
    word = BUCKETS[bucket_word(periods)]
    told = []
    for at in order[:SHOWN]:
        low, high = show(kinds[at, 1]), show(kinds[at, 2])
        values = {
            "count": int(count[at]),
            "days": show(kinds[at, 0]),
            "buckets": low if low == high else f"{low}–{high}",
            "word": Both(word.en.removesuffix("s"), word.zh) if low == high == "1" else word,
        }
        told.append(phrase(code, language, values))
    if len(order) > SHOWN:
        rest = int(count[order[SHOWN:]].sum())
        told.append(phrase(f"{code}-more", language, {"count": rest}))
    return ("；" if language == "zh" else ", ").join(told)


def bucket_word(periods: Periods) -> str:
    """Return day, week, month, or period where the buckets differ."""
    days = periods.days
    if (days == 1).all():
        return "day"
    if (days == 7).all():
        return "week"
    return "month" if ((days >= 28) & (days <= 31)).all() else "period"


def ladder_in_force(network: Network, ground: Ground, language: str) -> str:
    """The prices of what is not done where nothing is stated."""
    default = network.settings.shortage_default_cost
    multiple = "" if isinstance(default, str) else show(float(default))
    highest = int(ground.classes.step.max())
    values = {
        "multiple": multiple,
        "highest": highest if highest > 1 else "",
        "backorder": show(ladder.BACKORDER),
        "safety": show(ladder.SAFETY),
        "terminal": show(ladder.TERMINAL),
    }
    return phrase("note-ladder", language, values)
