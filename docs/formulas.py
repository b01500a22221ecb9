"""Formulas of docstrings as Markdown shows them."""

import re

_SAFE = {
    "\\,": "\\thinspace ",
    "\\;": "\\thickspace ",
    "\\!": "\\negthinspace ",
    "\\ ": "~",
    "\\{": "\\lbrace ",
    "\\}": "\\rbrace ",
    "\\|": "\\Vert ",
    "\\\\": "\\cr ",
}
"""Commands of one character that Markdown would eat, and what says the same."""
LONG = 100
"""Characters of a formula from which on it keeps the lines of its docstring."""
_SIGNS = {"-": "^-", "+": "^+", "°": "^\\circ"}


def safe(formula: str) -> str:
    """Return a formula without commands that Markdown would take for escapes."""
    return re.sub(r"\\[,;! {}|\\]", lambda one: _SAFE[one[0]], formula).strip()


def typeset(formula: str) -> str:
    """Return a formula without escapes and with every word as one symbol."""
    pieces = (
        r"(\\(?:text|begin|end)\{[^}]*\}|\\[A-Za-z]+|[_^]\{(?:[^{}]|\{[^{}]*\})*\})|([A-Za-z]{2,})"
    )
    return re.sub(pieces, lambda one: one[1] or f"\\mathit{{{one[2]}}}", safe(formula))


def whole_lines(formula: str) -> list[str]:
    """Return the lines of a formula that is too long for one, broken only outside of braces."""
    lines: list[str] = []
    for line in formula.split("\n"):
        if lines and (len(formula) < LONG or lines[-1].count("{") != lines[-1].count("}")):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return [re.sub(r"\\qq?uad$", "", line.strip()) for line in lines]


def symbol(sign: str) -> str:
    """Return a sign of a table as a formula: ``σ-, x_apvt`` becomes two symbols."""
    if not re.search(r"\w", sign):
        return sign
    parts = []
    for part in sign.split(", "):
        name, _, index = part.partition("_")
        for mark, raised in _SIGNS.items():
            name = name.replace(mark, raised) if name[1:] else name
        parts.append(f"{name}_{{{index.strip('{}')}}}" if index else name)
    return f"${typeset(', '.join(parts))}$"
