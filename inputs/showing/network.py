"""How a network shows itself: its size by tier, and a map or, without coordinates, its tiers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.schema import say
from tierstock.inputs.showing.html import BEFORE, join, legend, picture, table, text, title

if TYPE_CHECKING:
    from tierstock.inputs.network import Network

TIERS = {
    "supplier": "#4C6A92",
    "plant": "#2E8B8B",
    "CDC": "#1F5FBF",
    "RDC": "#5AA0E6",
    "store": "#F0A04B",
    "ecom": "#B279C9",
    "customer": "#9AA5B1",
}
"""Tiers in the order goods go, with their colours."""
LATERAL = "#7A4FBF"
WIDE, TALL, EDGE = 560.0, 260.0, 16.0
HEAD, STEP = 20.0, 34.0
MOST_PLACES, MOST_LANES = 400, 800
"""Places and lanes that a picture shows; of more, every so many."""
LATITUDE = 60.0
"""Degrees beyond which a flat map stops shrinking the degrees of longitude."""
SAID = {
    "size": (
        "locations: {locations:,}, products: {products:,}, lanes: {lanes:,}, periods: {periods:,} "
        "({first} to {last})",
        "{locations:,} 个地点，{products:,} 个产品，{lanes:,} 条线路，{periods:,} 个期间"
        "（{first} 至 {last}）",
    ),
    "tier": ("Tier", "层级"),
    "places": ("Locations", "地点数"),
    "out": ("Lanes out", "发出线路"),
    "in": ("Lanes in", "到达线路"),
    "demand": ("Demand", "需求量"),
    "map": ("Map of the locations and lanes", "地点与线路地图"),
    "tiers": ("Locations by tier and the lanes between them", "各层级的地点及其线路"),
    "some": ("The picture shows a part of the network.", "图中只显示网络的一部分。"),
    "transfer": ("Transfer lanes are violet.", "紫色为调拨线路。"),
}

Points = NDArray[np.float64]


def network_html(net: "Network") -> str:
    """Return a network as HTML for a notebook: size, counts by tier, an inline picture.

    The picture is a map where every location has coordinates, else the tiers from left to right.
    Names and codes are shown as texts whatever is in them; there is no script.
    """
    language = net.settings.report_language
    size = _tell(
        "size",
        language,
        locations=len(net.locations),
        products=len(net.products),
        lanes=len(net.lanes),
        periods=len(net.periods),
        first=str(net.periods.start[0])[:10],
        last=str(net.periods.end[-1])[:10],
    )
    return join(title(net.name, size), _by_tier(net, language), _picture(net, language))


def _tell(word: str, language: str, **values: object) -> str:
    return SAID[word][language == "zh"].format(**values)


def _by_tier(net: "Network", language: str) -> str:
    tiers = net.locations.tier
    wanted = np.zeros(len(net.locations))
    place = net.places.location[net.demand.place]
    np.add.at(wanted, place, net.demand.quantity.sum(axis=1))
    rows = []
    for tier in TIERS:
        here = tiers == tier
        if here.any():
            ends = (net.lanes.origin, net.lanes.destination)
            counts = [int(here[end].sum()) for end in ends]
            need = float(wanted[here].sum())
            told = f"{need:,.0f}" if need else ""
            name = say(tier, language, "tier")
            rows.append([name, f"{here.sum():,}", f"{counts[0]:,}", f"{counts[1]:,}", told])
    heads = [_tell(word, language) for word in ("tier", "places", "out", "in", "demand")]
    return table(heads, rows, range(1, 5))


def _picture(net: "Network", language: str) -> str:
    """Return the map, or the tiers from left to right."""
    if not len(net.locations):
        return ""
    sites = None if net.ground is None else net.ground.sites
    known = sites is not None and bool(np.isfinite(sites.latitude * sites.longitude).all())
    if sites is not None and known:
        word, points, tall = "map", *_on_map(sites.latitude, sites.longitude)
        there = {tier: say(tier, language, "tier") for tier in TIERS}
        used = set(net.locations.tier)
        heads = legend({there[tier]: TIERS[tier] for tier in TIERS if tier in used}, 2)
    else:
        word, points, tall = "tiers", *_in_tiers(net)
        heads = list(_heads(net, points, language))
    shown = _every(len(net.locations), MOST_PLACES)
    parts = [*_lanes(net, points, shown), *_places(net, points, shown), *heads]
    notes = []
    if (net.lanes.kind == "transfer").any():
        notes.append(_tell("transfer", language))
    if not shown.all() or len(net.lanes) > MOST_LANES:
        notes.append(_tell("some", language))
    below = f"<p style='margin:0;opacity:.7'>{text(' '.join(notes))}</p>" if notes else ""
    return picture(WIDE, tall, parts, _tell(word, language)) + below


def _every(count: int, most: int) -> NDArray[np.bool_]:
    """Return which of so many are shown, spread evenly."""
    chosen = np.zeros(count, dtype=np.bool_)
    chosen[np.linspace(0, count - 1, min(count, most)).astype(np.int64)] = True
    return chosen


def _on_map(latitude: Points, longitude: Points) -> tuple[Points, float]:
    """Return where the places are in the picture, and how tall it is."""
    shrink = np.cos(np.radians(np.clip(latitude.mean(), -LATITUDE, LATITUDE)))
    x, y = longitude * shrink, -latitude
    wide, tall = float(np.ptp(x)), float(np.ptp(y))
    scale = min((WIDE - 2 * EDGE) / (wide or 1.0), (1.4 * TALL - 2 * EDGE) / (tall or 1.0))
    across = (WIDE - wide * scale) / 2
    top = HEAD + EDGE
    points = np.column_stack([across + (x - x.min()) * scale, top + (y - y.min()) * scale])
    return points, top + tall * scale + EDGE


def _in_tiers(net: "Network") -> tuple[Points, float]:
    """Return places of a tier below each other, tiers from left to right; how tall that is."""
    counts = {tier: int((net.locations.tier == tier).sum()) for tier in TIERS}
    tiers = [tier for tier, count in counts.items() if count]
    points = np.zeros((len(net.locations), 2))
    tall = min(TALL, HEAD + EDGE + STEP * max(counts.values()))
    step = (WIDE - 8 * EDGE) / max(len(tiers) - 1, 1)
    for at, tier in enumerate(tiers):
        here = np.flatnonzero(net.locations.tier == tier)
        gap = (tall - HEAD - EDGE) / len(here)
        points[here, 0] = 4 * EDGE + at * step if len(tiers) > 1 else WIDE / 2
        points[here, 1] = HEAD + gap * (0.5 + np.arange(len(here)))
    return points, tall


def _heads(net: "Network", points: Points, language: str) -> Iterator[str]:
    """Write the names of the tiers over their columns."""
    for tier in TIERS:
        here = np.flatnonzero(net.locations.tier == tier)
        if len(here):
            name = f"{say(tier, language, 'tier')} {len(here):,}"
            yield (
                f"<text x='{points[here[0], 0]:.1f}' y='13' text-anchor='middle' "
                f"fill='currentColor'>{text(name)}</text>"
            )


def _lanes(net: "Network", points: Points, shown: NDArray[np.bool_]) -> Iterator[str]:
    """Draw the lanes between places that are shown; those within a column as bows."""
    ends = np.column_stack([net.lanes.origin, net.lanes.destination])
    lateral = net.lanes.kind == "transfer"
    drawn = np.flatnonzero(shown[ends].all(axis=1))
    drawn = drawn[_every(len(drawn), MOST_LANES)] if len(drawn) else drawn
    strength = 0.55 if len(drawn) < 100 else 0.25
    for (origin, to), across in zip(ends[drawn].tolist(), lateral[drawn].tolist(), strict=True):
        (x1, y1), (x2, y2) = points[origin].tolist(), points[to].tolist()
        bow = 30.0 if x1 == x2 else 0.0
        colour = LATERAL if across else BEFORE
        yield (
            f"<path d='M{x1:.1f} {y1:.1f}Q{(x1 + x2) / 2 + bow:.1f} {(y1 + y2) / 2:.1f} "
            f"{x2:.1f} {y2:.1f}' fill='none' stroke='{colour}' stroke-opacity='{strength}'/>"
        )


def _places(net: "Network", points: Points, shown: NDArray[np.bool_]) -> Iterator[str]:
    """Draw the places, with their names where one points at them."""
    size = 5.0 if shown.sum() < 60 else 3.0
    for at in np.flatnonzero(shown).tolist():
        code, name = str(net.locations.code[at]), str(net.locations.name[at])
        told = code if name in ("", code) else f"{code} · {name}"
        x, y = points[at].tolist()
        yield (
            f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{size}' "
            f"fill='{TIERS.get(str(net.locations.tier[at]), BEFORE)}'><title>{text(told)}</title>"
            "</circle>"
        )
