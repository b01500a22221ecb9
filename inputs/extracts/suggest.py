"""A proposed map from the headings of extracts, to be confirmed by the planner."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tierstock.inputs.extracts.dialects import Fit, recognise, unit_in
from tierstock.inputs.extracts.extract import SEARCHED, Extract, Sheet, open_sheets, take
from tierstock.inputs.extracts.guesses import day_forms, decimal_of, directions
from tierstock.inputs.extracts.log_words import log_word
from tierstock.inputs.extracts.measures import known_unit
from tierstock.inputs.extracts.targets import Target
from tierstock.inputs.extracts.targets import target as target_of
from tierstock.inputs.extracts.words import spoken
from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.headings import heading_text
from tierstock.inputs.writing.plain import text_of

_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff_][\w\u4e00-\u9fff /.()（）-]*[\w\u4e00-\u9fff.)）]")
SURE = 0.9
"""Share from which on no better row of headings is looked for."""
_ASIDE = 46
"""Column at which remarks begin."""


@dataclass(frozen=True)
class Proposal:
    """A map as text, and what each table was taken for."""

    text: str
    tables: tuple[dict[str, object], ...]
    """file, tab, dialect (code, blank where unknown), sheet, share."""


def suggest(files: Sequence[Path], findings: Findings, language: str) -> Proposal:
    """Return a proposed map of some extracts; every guess has its share behind it.

    The map says ``confirmed: no``, and is refused until the planner has made it ``yes``.

    Args:
        files: the extracts.
        findings: takes files that cannot be read.
        language: ``en`` or ``zh`` of words and remarks.
    """
    say = _Words(language)
    lines = [f"# {say.remark('suggest-about')}", say.pair("map", "confirmed", "no")]
    lines.append(say.pair("map", "faults", "refuse"))
    lines.append(f"{say.word('map', 'sources')}:")
    tables: list[dict[str, object]] = []
    for path in files:
        sheets = open_sheets(path, findings)
        if sheets and not any(sheet.grid for sheet in sheets):
            findings.add("empty-file", file=path.name)
        for sheet in sheets:
            if sheet.grid:
                part, about = _table(sheet, say, findings)
                lines += ["", *part]
                tables.append(about)
    return Proposal("\n".join(lines) + "\n", tuple(tables))


class _Words:
    """Words of a map and its remarks in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def word(self, kind: str, name: str) -> str:
        """Return a word of a map."""
        return spoken(kind, name, self.language)

    def pair(self, kind: str, name: str, value: str, inset: int = 0) -> str:
        """Return a line with a word and one of its choices."""
        return f"{' ' * inset}{self.word(kind, name)}: {spoken('choice', value, self.language)}"

    def remark(self, name: str) -> str:
        """Return a remark."""
        return log_word(name, self.language)


def _table(sheet: Sheet, say: _Words, findings: Findings) -> tuple[list[str], dict[str, object]]:
    """Return the lines of one table, and what it was taken for."""
    at, fits = _headings(sheet)
    place = f"{sheet.file} [{sheet.tab}]" if sheet.tab else sheet.file
    headings = [heading_text(one) for one in sheet.grid[at]]
    about: dict[str, object] = {"file": sheet.file, "tab": sheet.tab, "dialect": "", "sheet": ""}
    if not fits:
        listed = ", ".join(one for one in headings if one)
        return [f"  # {place}: {say.remark('suggest-unknown')} ({listed})"], about | {"share": 0.0}
    best = fits[0]
    target = target_of(best.dialect.target)
    lines = [f"  # {place}: {best.dialect.name[say.language == 'zh']}, {_percent(best.share)}"]
    if len(fits) > 1:
        others = [f"{one.dialect.name[say.language == 'zh']} {_percent(one.share)}" for one in fits]
        lines.append(f"  # {say.remark('suggest-or')}: {', '.join(others[1:3])}")
    lines.append(f"  - {say.word('source', 'file')}: {_quoted(sheet.file)}")
    if sheet.tab:
        lines.append(f"    {say.word('source', 'tab')}: {_quoted(sheet.tab)}")
    if at:
        lines.append(f"    {say.word('source', 'header')}: {sheet.rows[at]}")
    lines.append(f"    {say.word('source', 'sheet')}: {target.heading(say.language)}")
    if best.dialect.kind:
        lines.append(say.pair("source", "kind", best.dialect.kind, 4))
    wanted = {one.heading: 1 for one in best.guesses}
    made = take(sheet, wanted, sheet.rows[at], sheet.file, Findings())
    if made is not None:
        lines += _written(made, best, say)
    lines += _columns(best, target, say)
    if best.dialect.code == "sales-orders":
        lines.append(f"    {say.word('source', 'constants')}:")
        kind = target.column("type").heading(say.language)
        lines.append(f"      {kind}: {'订单' if say.language == 'zh' else 'order'}")
    if made is not None and target.name == "Movements":
        lines += _signs(made, best, say)
    used = {one.heading for one in best.guesses}
    left = [one for one in headings if one and one not in used]
    if left:
        lines.append(f"    # {say.remark('suggest-unused')}: {', '.join(left)}")
    share = round(best.share, 2)
    return lines, about | {"dialect": best.dialect.code, "sheet": target.name, "share": share}


def _headings(sheet: Sheet) -> tuple[int, list[Fit]]:
    """Return the row that is most like the headings of a known extract."""
    best: tuple[int, list[Fit]] = (0, [])
    for number, row in enumerate(sheet.grid[:SEARCHED]):
        if sum(1 for cell in row if cell != "") < 3:
            continue
        fits = recognise([heading_text(cell) for cell in row])
        if fits and (not best[1] or fits[0].share > best[1][0].share):
            best = number, fits
        if best[1] and best[1][0].share >= SURE:
            break
    return best


def _columns(best: Fit, target: Target, say: _Words) -> list[str]:
    """Return a line per column of the target; those needed and not found are marked."""
    lines = [f"    {say.word('source', 'columns')}:"]
    for column in target.columns:
        found = [one for one in best.guesses if one.column == column.name]
        name = column.heading(say.language)
        if not found:
            if column.required:
                lines.append(_aside(f"      # {name}:", say.remark("suggest-needed")))
            continue
        names = [_quoted(one.heading) for one in found]
        value = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
        unit = unit_in(found[0].heading)
        if column.field in target.added and unit and known_unit(unit):
            inner = f"{say.word('column', 'from')}: {value}, {say.word('column', 'unit')}: {unit}"
            value = f"{{{inner}}}"
        lines.append(_aside(f"      {name}: {value}", _percent(min(one.share for one in found))))
    return lines


def _written(made: Extract, best: Fit, say: _Words) -> list[str]:
    """Return how days and decimals are written, where the cells say so."""
    target, lines = target_of(best.dialect.target), []
    forms: set[tuple[str, ...]] = set()
    example, decimal = "", ""
    for guess in best.guesses:
        column = target.find(guess.column)
        cells = list(made.cells(guess.heading))
        if column is not None and column.type == "date":
            days = day_forms(cells)
            if days is not None:
                forms.add(days.forms)
                example = days.example
        elif column is not None and column.type == "number":
            decimal = decimal or decimal_of(cells)
    shared = set.intersection(*map(set, forms)) if forms else set()
    word = say.word("source", "dates")
    if len(shared) == 1:
        lines.append(_aside(f"    {word}: {shared.pop()}", f"95 %: {example}"))
    elif forms:
        known = " / ".join(sorted(shared)) or "?"
        lines.append(f"    # {word}: {known}  {say.remark('suggest-dates')}: {example}")
    if decimal:
        lines.append(_aside(say.pair("source", "decimal", decimal, 4), "90 %"))
    return lines


def _signs(made: Extract, best: Fit, say: _Words) -> list[str]:
    """Return which types of movement bring goods and which take them."""
    by_name = {one.column: one.heading for one in best.guesses}
    if "Movement Type" not in by_name or "Quantity" not in by_name:
        return []
    types = sorted({text_of(one).strip() for one in made.cells(by_name["Movement Type"])} - {""})
    amounts = [text_of(one).strip() for one in made.cells(by_name["Quantity"])]
    negative = any(one.startswith(("-", "(")) or one.endswith("-") for one in amounts)
    found = directions(types, negative)
    lines = [f"    {say.word('source', 'signs')}:"]
    lines.append(f"      {say.word('signs', 'column')}: {_quoted(by_name['Movement Type'])}")
    for word in ("in", "out", "signed"):
        if word in found:
            listed = ", ".join(map(_quoted, found[word]))
            lines.append(_aside(f"      {say.word('signs', word)}: [{listed}]", "80 %"))
    if "?" in found:
        lines.append(f"      # {say.remark('suggest-signs')}: {', '.join(found['?'])}")
    return lines


def _aside(text: str, remark: str) -> str:
    return f"{text.ljust(_ASIDE)}  # {remark}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _quoted(text: str) -> str:
    """Return a text as YAML reads it back."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
