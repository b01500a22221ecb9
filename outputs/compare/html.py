"""How a comparison shows itself in a notebook."""

from typing import TYPE_CHECKING

from tierstock.inputs.showing import Bars, bars, join, sentence, table, title
from tierstock.inputs.showing.html import BAD, GOOD
from tierstock.outputs.compare.comparison import TERM, money_of
from tierstock.outputs.compare.spoken import (
    heads_in,
    label,
    leaders,
    moves_in,
    shown,
)
from tierstock.outputs.compare.words import tell
from tierstock.outputs.localise import sheet_title, term
from tierstock.outputs.words import units

if TYPE_CHECKING:
    from tierstock.outputs.compare.comparison import Comparison

AMBER = "#B36F00"
TERMS, MOVES, PLANS = 8, 5, 3
"""Cost terms, shipments, and plans beside the base of which the differences are drawn."""


def comparison_html(found: "Comparison") -> str:
    """Return a comparison as HTML: key figures, where the costs differ, the largest moves."""
    language, heads = found.language, heads_in(found, found.language)
    files = [str(side.facts["File"]) or side.name for side in found.sides]
    told = tell("and then", language).join(
        tell("called", language, name=head, file=file)
        for head, file in zip(heads, files, strict=True)
    )
    return join(
        title(sheet_title("Compare", language), told),
        *(sentence(note, AMBER) for note in found.notes),
        _figures(found),
        *(_costs(found, name) for name in found.names[1 : 1 + PLANS]),
        _moves(found),
    )


def _figures(found: "Comparison") -> str:
    language, plans = found.language, len(found.names)
    rows = [
        [label(str(name), found, language), *(shown(str(name), one) for one in values)]
        + [leaders(best, language)]
        for (name, *values, _), best in zip(
            found.kpis.itertuples(index=False), found.leaders, strict=True
        )
    ]

    def leads(row: int, column: int) -> bool:
        return 0 < column <= plans and found.names[column - 1] in found.leaders[row]

    heads = [tell("kpi", language), *heads_in(found, language), tell("best", language)]
    return table(heads, rows, range(1, plans + 1), leads)


def _costs(found: "Comparison", name: str) -> str:
    """Draw by how much the terms of a plan differ from the base, the largest first."""
    language, column = found.language, f"{name} − {found.names[0]}"
    rows = found.costs[found.costs[column].abs() > 0]
    rows = rows.iloc[(-rows[column].abs()).argsort(kind="stable")].head(TERMS)
    if not len(rows):
        return ""
    base = tell("base", language)
    head = tell("difference", language, name=name, base=base)
    money = money_of(found.sides[0], language)
    about = tell("called", language, name=tell("costs", language), file=f"{head} ({money})")
    labels = [term(str(one), language) for one in rows[TERM]]
    series = [Bars("", rows[column].tolist(), BAD, GOOD)]
    return sentence(about) + bars(labels, series, lambda value: f"{value:+,.0f}", about)


def _moves(found: "Comparison") -> str:
    frame, language = moves_in(found, found.language), found.language
    if not len(frame):
        return sentence(tell("no move", language))
    texts = frame.shape[1] - len(found.names) - 1
    rows = [
        [*map(str, row[:texts]), *(units(float(one)) for one in row[texts:-1])]
        + [f"{float(row[-1]):+,.0f}"]
        for row in frame.head(MOVES).itertuples(index=False)
    ]
    count = f"{len(frame):,}"
    head = tell("called", language, name=tell("moves", language), file=count)
    heads = list(map(str, frame.columns))
    return sentence(head) + table(heads, rows, range(texts, frame.shape[1]))
