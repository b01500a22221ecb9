"""Which row sets each value, and which rows it beat, as a table: ``tierstock rules``."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from tierstock.console import Console, aligned
from tierstock.exits import Exit, Refused
from tierstock.inputs import Network, inspect, read
from tierstock.inputs.network import Texts
from tierstock.inputs.reading.door import Source
from tierstock.inputs.rules import nearest_code, rules_in_effect
from tierstock.inputs.schema import schema
from tierstock.words import tell

SHEET = "RulesInEffect"
DRAWN = 400
"""Lines up to which a terminal gets a table that wraps long cells; longer ones are plain."""

SHOWN_CODES = 8
"""Codes named where none is like the one asked for."""


def rules(
    source: Source | Network,
    location: str | None = None,
    product: str | None = None,
    *,
    language: str = "",
) -> pd.DataFrame:
    """Return which value rules, from which sheet and row, and what it beat.

    Args:
        source: workbook, folder of CSV files, DataFrames by sheet name, or a network read from
            one of them.
        location: code of a location; None = all.
        product: code of a product; None = all.
        language: en or zh: the words of the rules; blank = the language of the results.

    Returns:
        The sheet RulesInEffect: Location, Product, Rule, Value, Sheet, Excel Row, Beat; one row
        per rule, and per value where it changes in time. ``*`` stands for all.

    Raises:
        InputError: the tables cannot be used.
        ValueError: there is no such location or product; the message names the nearest one.
    """
    net = source if isinstance(source, Network) else read(source)
    fault = unknown(net, location, product, language or net.settings.language)
    if fault:
        raise ValueError(fault)
    return rules_in_effect(net, location, product, language=language)


def unknown(net: Network, location: str | None, product: str | None, language: str) -> str:
    """Return what is wrong with the codes asked for, blank where both are known."""
    for code in (location, product):
        if code is not None and (code == "*" or "=" in code):
            return tell("one-code", language, word=code)
    if None not in (location, product) and swapped(net, str(location), str(product)):
        return tell("swapped", language, location=product, product=location)
    for kind, code in (("locations", location), ("products", product)):
        near = None if code is None else nearest_code(net, kind, code)
        if near is not None:
            sentence = "unknown-near" if near else "unknown-code"
            column = schema().sheet(kind.title()).columns[0].heading(language)
            where = schema().sheet(kind.title()).heading(language)
            near = near or _some(getattr(net, kind).code, language)
            return tell(sentence, language, column=column, word=code, where=where, nearest=near)
    return ""


def _some(codes: Texts, language: str) -> str:
    """Return a sentence on the first known codes."""
    listed = ("、" if language == "zh" else ", ").join([*codes[:SHOWN_CODES].astype(str)])
    more = "…" if len(codes) > SHOWN_CODES else ""
    return tell("known-codes", language, listed=f"{listed}{more}")


def swapped(net: Network, location: str, product: str) -> bool:
    """Return whether a product was given as the location and a location as the product."""
    places, goods = set(net.locations.code), set(net.products.code)
    return location in goods - places and product in places - goods


def place_of(words: Sequence[str], at: str | None, language: str) -> tuple[str | None, str | None]:
    """Return location and product of the command line: two words, or ``--at S01,P03``.

    Raises:
        Refused: both were given, or more than two words.
    """
    parts = list(words)
    if at is not None:
        if parts:
            raise Refused(tell("place-twice", language))
        parts = [part.strip() for part in at.replace("，", ",").split(",")]
    if len(parts) > 2:
        raise Refused(tell("place-long", language, words=" ".join(parts)))
    location, product = (part or None for part in (*parts, "", "")[:2])
    return location, product


def rules_file(
    console: Console,
    source: Path | str,
    place: tuple[str | None, str | None],
    settings: Mapping[str, str],
    language: str,
) -> Exit:
    """Tell the rules in effect of an input; the code of ``tierstock rules``."""
    from tierstock.run import spoken, tell_findings

    seen = inspect(source, spoken(settings, language))
    console.language = language or seen.findings.language
    if seen.network is None:
        facts = tell_findings(console, seen.findings)
        console.say("check-it", path=source)
        console.answer({**facts, "rows": []})
        return Exit.BAD_INPUT
    fault = unknown(seen.network, *place, console.language)
    if fault:
        raise Refused(fault)
    frame = rules_in_effect(seen.network, *place, language=console.language)
    _tell(console, seen.network, place, frame)
    rows = frame.astype(object).where(frame.notna(), None)
    console.answer({"rows": rows.to_dict(orient="records") if console.machine else []})
    return Exit.DONE


def _tell(
    console: Console, net: Network, place: tuple[str | None, str | None], frame: pd.DataFrame
) -> None:
    location, product = place
    names = [] if location is None else [_named(location, net.locations.code, net.locations.name)]
    if product is not None:
        names.append(_named(product, net.products.code, net.products.name))
    if names:
        console.line(" · ".join(names), style="bold")
    if not len(frame):
        console.say("no-rules")
        return
    shown = frame if None in place else _same(frame)
    known = [schema().sheet(SHEET).column(str(name)) for name in shown]
    heads = [column.heading(console.language) for column in known]
    texts = shown.astype(object).where(shown.notna(), "").astype(str)
    cells = [heads, *texts.itertuples(index=False, name=None)]
    right = [at for at, name in enumerate(shown) if name == "Excel Row"]
    if console.stream.isatty() and len(cells) <= DRAWN:
        _draw(console, cells, right)
    else:
        for line in aligned(cells, right):
            console.line(line)
    console.say("rules-end", count=len(frame))


def _named(code: str, codes: Texts, names: Texts) -> str:
    """Return a code with its name behind it, where it has another one."""
    name = str(names[list(codes).index(code)])
    return code if name == code else f"{code} {name}"


def _same(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table of one place without its columns; all lines are about it."""
    return frame.drop(columns=["Location", "Product"])


def _draw(console: Console, cells: Sequence[Sequence[str]], right: Sequence[int]) -> None:
    """Draw a table on a terminal: headings in bold, long cells on several lines."""
    from rich.console import Console as Rich
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for at, name in enumerate(cells[0]):
        table.add_column(name, justify="right" if at in right else "left", overflow="fold")
    for row in cells[1:]:
        table.add_row(*row)
    Rich(file=console.stream, highlight=False, markup=False).print(table)
