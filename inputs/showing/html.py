"""Pieces of HTML for notebooks: tables and bars. Colours of text and page are the notebook's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from tierstock.inputs.templates.template_style import width

PRIMARY, BEFORE, GOOD, BAD = "#1F5FBF", "#9AA5B1", "#1B8A5A", "#C8372D"
FONT = "font:13px Segoe UI,-apple-system,Microsoft YaHei,PingFang SC,Noto Sans CJK SC,sans-serif"
QUIET = "opacity:.7"
LINE = "border-bottom:1px solid rgba(128,128,128,.3)"
LETTER, ROW, ROOM = 6.9, 15, 240
"""Pixels of a letter, of a row of bars, and of the longest bar."""
LONGEST = 40
"""Letters of a label beside a bar."""


def text(value: object) -> str:
    """Return a text that shows as it is, whatever marks are in it."""
    return escape(str(value), quote=True)


def title(name: str, note: str = "") -> str:
    """Return the first line of a view, with a quiet note behind it; both as texts."""
    own = f"<b>{text(name)}</b> " if name else ""
    behind = f"<span style='{QUIET}'>{text(note)}</span>" if note else ""
    return f"<p style='margin:0 0 6px'>{own}{behind}</p>"


def sentence(words: str, colour: str = "") -> str:
    """Return a sentence as a paragraph."""
    paint = f";color:{colour}" if colour else ""
    return f"<p style='margin:6px 0{paint}'>{text(words)}</p>"


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[int],
    bold: Callable[[int, int], bool] = lambda row, column: False,
) -> str:
    """Return a table of texts.

    Args:
        heads: headings; none for a table without.
        rows: cells.
        right: columns of numbers, which stand right.
        bold: says of a row and a column whether the cell stands out.
    """

    def cell(tag: str, value: str, column: int, strong: bool = False) -> str:
        side = "right" if column in right else "left"
        weight = ";font-weight:bold" if strong or tag == "th" else ";font-weight:normal"
        look = f"text-align:{side};padding:2px 10px 2px 0;white-space:nowrap;{LINE}{weight}"
        return f"<{tag} style='{look}'>{text(value)}</{tag}>"

    top = "".join(cell("th", head, at) for at, head in enumerate(heads))
    body = "".join(
        f"<tr>{''.join(cell('td', one, k, bold(at, k)) for k, one in enumerate(row))}</tr>"
        for at, row in enumerate(rows)
    )
    look = f"border-collapse:collapse;font-variant-numeric:tabular-nums;{FONT}"
    return f"<table style='{look}'>{f'<tr>{top}</tr>' if top else ''}{body}</table>"


@dataclass(frozen=True)
class Bars:
    """One series of bars."""

    name: str
    """What the series is; blank where there is one only."""
    values: Sequence[float]
    colour: str
    below: str = ""
    """Colour of values below 0; that of the others where blank."""


def bars(
    labels: Sequence[str], series: Sequence[Bars], form: Callable[[float], str], about: str
) -> str:
    """Return bars as inline SVG, each with its label on the left and its value on the right.

    Args:
        labels: one per group of bars.
        series: bars of each group, one below the other.
        form: writes a value.
        about: what the picture shows, for those who cannot see it.
    """
    labels = [one if len(one) <= LONGEST else f"{one[: LONGEST - 1]}…" for one in labels]
    held = [float(value) for one in series for value in one.values]
    low, high = min([0.0, *held]), max([0.0, *held])
    scale = ROOM / ((high - low) or 1.0)
    left = LETTER * max(map(width, [*labels, ""])) + 12
    zero, right = left - low * scale, left + ROOM + 10
    numbers = max([width(form(value)) for value in held] or [0])
    whole = right + LETTER * numbers + 6
    top = ROW + 7 if any(one.name for one in series) else 4
    parts = legend({one.name: one.colour for one in series}, left) if top > 4 else []
    step = ROW * len(series) + 5
    for at, label in enumerate(labels):
        y = top + at * step
        parts.append(_word(label, left - 8, y + step / 2 + 1, "end"))
        for row, one in enumerate(series):
            value = float(one.values[at])
            colour = one.below if one.below and value < 0 else one.colour
            start, size = zero + min(value, 0.0) * scale, abs(value) * scale
            down = y + row * ROW
            parts.append(
                f"<rect x='{start:.1f}' y='{down:.1f}' width='{max(size, 0.5):.1f}' "
                f"height='{ROW - 3}' fill='{colour}'/>"
            )
            parts.append(_word(form(value), whole - 4, down + ROW - 5, "end"))
    tall = top + len(labels) * step
    line = f"<line x1='{zero:.1f}' x2='{zero:.1f}' y1='{top - 2}' y2='{tall}' stroke='{BEFORE}'/>"
    return picture(whole, tall, [*parts, line], about)


def picture(wide: float, tall: float, parts: Sequence[str], about: str) -> str:
    """Return an inline SVG of these parts."""
    return (
        f"<svg role='img' width='{wide:.0f}' height='{tall:.0f}' "
        f"style='display:block;max-width:100%;margin:8px 0;{FONT};font-size:12px'>"
        f"<title>{text(about)}</title>{''.join(parts)}</svg>"
    )


def _word(words: str, x: float, y: float, anchor: str = "start") -> str:
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' fill='currentColor'>"
        f"{text(words)}</text>"
    )


def legend(names: Mapping[str, str], left: float) -> list[str]:
    """Return names with their colours as parts of a picture, side by side at its top."""
    parts, x = [], left
    for name, colour in names.items():
        parts.append(f"<rect x='{x:.1f}' y='2' width='10' height='10' fill='{colour}'/>")
        parts.append(_word(name, x + 15, 11))
        x += 15 + LETTER * width(name) + 18
    return parts


def join(*parts: str) -> str:
    """Return pieces of HTML as one view."""
    return f"<div style='{FONT}'>{''.join(parts)}</div>"
