"""Cells no planner should send, and the study they are put into."""

from random import Random
from typing import Any

from starter import Rows, starter

LONG = 32_768
"""One character more than Excel keeps in a cell."""

NUMBERS = (
    "NaN", "nan", "INF", "-INF", "Infinity", "-1.#IND", "1e400", "-1e400", "1e308", "5e-324",
    "1E16", "0x1F", "1_000", "1e", "--5", "+-5", "∞", "½", "Ⅷ", "٣٤", "１２．５", "1,5", "1.234,5",
    "-0", "9" * 400, "0." + "0" * 400 + "1", "9" * 5_000, "18446744073709551616",
    "1/0", "2958466", "-1", "1e9", "0", "60", "12%", "1e5%", "%", "$", "¥", "千", "1万", "1亿吨",
)  # fmt: skip
"""Texts where numbers or dates are asked for."""

TEXTS = (
    "=1+1", "=cmd|' /C calc'!A0", "+cmd|'/C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "＝1+1",
    '=HYPERLINK("http://127.0.0.1:9/x","y")', '=WEBSERVICE("http://127.0.0.1:9/")', "=DDE(1,2,3)",
    "<script>alert(1)</script>", "<!DOCTYPE a>", "]]>", "&lt;&amp;&#0;", "'; DROP TABLE Demand;--",
    "${HOME}", "$(touch canary)", "`touch canary`", "%s%n%x", "{0.__class__}", "{value!r}", "%(x)s",
    "../../../etc/passwd", "C:\\Windows\\win.ini", "file:///etc/passwd", "CON", "NUL", "\\\\h\\x",
    "__import__('os').system('touch canary')", "!!python/object/apply:os.system ['touch canary']",
    "\u202eevil", "\u200b\u200b", "\ufeffDC1", "\u0000DC1", "\u0007bell", "\u001b[31mred", "\ufffe",
    "\ud800", "\udfff\ud800", "e\u0301" * 50, "𝐃𝐂𝟏", "👩‍👩‍👧‍👦", "ﷺ" * 200, "_x0000_", "_xD800_",
    "_x000D_" * 50, "S01\n\n\nS02", " ", "\u00a0", "\u2028", "NA", "null", "None", "TRUE", "#N/A",
    "#REF!", "*", "!*", "!!!", ";;;", ",,,", "Region=", "=East", "Region=East;Tier=", "[a-z]*", "(",
    "(a+)+$", "~", "?", "P*", "1..5", "P01..P99", "W1-W9999999", "2026-W99", "99999-12-31",
    "0000-00-00", "2026-02-30", "01/02/03", "0001-01-01", "9999-12-31", "1900-02-29", "1677-01-01",
    "2262-04-12", "2026-01-05T25:61:61", "2026-01-05T00:00:00+99:00", "-5 day", "next week",
)  # fmt: skip
"""Texts where codes, choices, selectors or dates are asked for."""


def nasty(rng: Random) -> str:
    """Return one text, now and then a very long one."""
    pick = rng.random()
    if pick < 0.4:
        return rng.choice(NUMBERS)
    if pick < 0.85:
        return rng.choice(TEXTS)
    if pick < 0.9:
        return rng.choice(
            ("*", "!", ";", ",", "(", "a=", "a=b;", "a*", "'", '"', "=")
        ) * rng.choice((100, 10_000))
    if pick < 0.95:
        return rng.choice("A中9 \u200b\u0301") * rng.choice((LONG - 1, LONG, 100_000))
    return "".join(
        chr(rng.choice((rng.randrange(1, 0x250), rng.randrange(0x10FFFF)))) for _ in range(30)
    )


def study(rng: Random, language: str = "") -> dict[str, Rows]:
    """Return the smallest study with settings, stock, a limit and a target beside it."""
    book = starter(language or rng.choice(("en", "zh")))
    chinese = "地点" in book
    stock = [["DC1", "P01", 500], ["DC1", "P02", 500]]
    more: dict[str, Rows] = {
        "Settings": [["Setting", "Value"], ["bucket", "week"], ["time_limit", "60"]],
        "OpeningStock": [["Location", "Product", "Quantity"], *stock],
        "Capacity": [
            ["Location", "Kind", "Dimension", "Limit", "Per"],
            ["Region=East", "storage", "unit", 9_000, ""],
        ],
        "StockTargets": [["Location", "Product", "Safety Stock"], ["*", "*", 5]],
    }
    titles = {"Settings": "设置", "OpeningStock": "期初库存"} if chinese else {}
    return {**book, **{titles.get(name, name): rows for name, rows in more.items()}}


def spoilt(rng: Random) -> dict[str, Rows]:
    """Return the study with nasty cells, headings or names of sheets in one to four places."""
    book: dict[str, list[list[Any]]] = study(rng)
    for _ in range(rng.randint(1, 4)):
        title = rng.choice(sorted(book))
        rows = book[title]
        kind = rng.random()
        if kind < 0.75:
            row = rows[rng.randrange(1, len(rows))]
            row[rng.randrange(len(row))] = nasty(rng)
        elif kind < 0.9:
            rows[0][rng.randrange(len(rows[0]))] = nasty(rng)
        else:
            rows.append([nasty(rng) for _ in rows[0]])
    return book
