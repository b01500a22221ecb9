"""The page as one file: words, looks, drawings and data, with nothing to be fetched."""

import base64
import csv
import hashlib
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

from tierstock.inputs.network import Network
from tierstock.inputs.schema import LANGUAGES
from tierstock.inputs.writing.place import placing
from tierstock.outputs.facts import RunFacts
from tierstock.outputs.page.data import Spoken, page_facts
from tierstock.outputs.page.packing import block

SCRIPTS = (
    "base.js",
    "view.js",
    "chart.js",
    "cards.js",
    "flows.js",
    "stock.js",
    "service.js",
    "balance.js",
    "cost.js",
    "limits.js",
    "life.js",
    "tables.js",
    "place.js",
    "main.js",
)
"""Scripts of the page, in the order in which they stand in it."""
LIBRARY = "echarts.min.js"
STYLES = ("page.css", "print.css")


def write_page(
    target: Path,
    net: Network,
    spoken: Spoken,
    facts: RunFacts,
    language: str,
) -> None:
    """Write the page of a plan; whole, or not at all.

    Args:
        target: file to write; an existing one is replaced only by a complete page.
        net: the network that was planned.
        spoken: the result tables by language, see ``page_facts``; they must have passed their
            audit.
        facts: how the plan was made.
        language: ``en`` or ``zh``, in which it opens; it can be switched there.

    Raises:
        OSError: the file cannot be written; an existing one is untouched.
    """
    text = page(net, spoken, facts, language)
    with placing(target) as draft:
        draft.write_bytes(text.encode("utf-8"))


def page(net: Network, spoken: Spoken, facts: RunFacts, language: str) -> str:
    """Return the page of a plan as HTML; see ``write_page``."""
    data = page_facts(net, spoken, facts, language)
    style = "".join(_text(name) for name in STYLES)
    scripts = (_text(LIBRARY), _program())
    title = f"{facts.name} – {page_words()['title'][language]}"
    return "".join(
        (
            "<!DOCTYPE html>\n",
            f'<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head>\n',
            '<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, scripts)}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="referrer" content="no-referrer">\n',
            f'<meta name="generator" content="tierstock {escape(facts.version)}">\n',
            f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n",
            f"<noscript>{escape(page_words()['no script'][language])}</noscript>\n",
            f'<script type="application/json" id="words">{block(_spoken())}</script>\n',
            f'<script type="application/json" id="facts">{block(data)}</script>\n',
            *(f"<script>{script}</script>\n" for script in scripts),
            "</body>\n</html>\n",
        )
    )


def _policy(style: str, scripts: tuple[str, ...]) -> str:
    """Return what the page may do: run these very scripts in these very looks, ask for nothing."""
    allowed = " ".join(_digest(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    code = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{code}'"


def _program() -> str:
    """Return the scripts of the page as one, with names that nobody outside sees."""
    return "(() => {\n'use strict';\n" + "".join(_text(name) for name in SCRIPTS) + "})();\n"


@cache
def _text(name: str) -> str:
    text = files("tierstock.outputs.page").joinpath(name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@cache
def page_words() -> dict[str, dict[str, str]]:
    """Return word of the page -> its text by language; fields stand in braces."""
    return {row["word"]: row for row in csv.DictReader(_text("words.csv").splitlines())}


def _spoken() -> dict[str, dict[str, str]]:
    """Return the words of the page by language."""
    return {one: {name: row[one] for name, row in page_words().items()} for one in LANGUAGES}
