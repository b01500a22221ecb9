"""Workbooks with nasty cells, written by hand, so that no writer tidies them up."""

import re
from random import Random
from xml.sax.saxutils import escape

from hostile_values import nasty, spoilt
from hostile_xml import EXCEL, MAIN
from hostile_zip import Parts, sheets, spoils

_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@spoils("nasty cells", "cell")
def _(parts: Parts, rng: Random) -> Parts:
    """Whole sheets with nasty cells, written by hand, so that no writer tidies them up."""
    if "content.xml" in parts:
        return {**parts, "content.xml": _document(rng)}
    book = list(spoilt(rng).items())
    names = re.findall(rb'<sheet [^>]*name="([^"]*)"', parts["xl/workbook.xml"])
    spoken = {title: rows for title, rows in book}
    result = dict(parts)
    for name, part in zip(names, sheets(parts), strict=False):
        rows = spoken.get(name.decode()) or rng.choice(book)[1]
        lines = "".join(
            f'<row r="{r}">{"".join(_cell(value, r, c, rng) for c, value in enumerate(row))}</row>'
            for r, row in enumerate(rows, start=1)
        )
        result[part] = f"<worksheet {MAIN}><sheetData>{lines}</sheetData></worksheet>".encode(
            "utf-8", "surrogatepass"
        )
    return result


def _text(value: object, rng: Random) -> str:
    text = escape(str(value))
    return text if rng.random() < 0.1 else _CHARACTER.sub("", text)


def _cell(value: object, row: int, column: int, rng: Random) -> str:
    place = f'r="{chr(65 + column)}{row}"'
    if not isinstance(value, str):
        return f"<c {place}><v>{value}</v></c>"
    kind = (
        rng.choice(("n", "b", "e", "str", "d", "s", "bogus")) if rng.random() < 0.2 else "inlineStr"
    )
    text = _text(value, rng)
    if kind != "inlineStr":
        return f'<c {place} t="{kind}" s="{rng.choice((0, 1, 99, -1))}"><v>{text}</v></c>'
    return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _document(rng: Random) -> bytes:
    kinds = ("float", "date", "percentage", "currency", "boolean", "time", "string", "bogus")
    tables = []
    for title, rows in spoilt(rng).items():
        lines = []
        for row in rows:
            cells = []
            for value in row:
                kind = rng.choice(kinds) if rng.random() < 0.2 else "string"
                kind = kind if isinstance(value, str) else "float"
                told = {
                    "float": "value",
                    "percentage": "value",
                    "currency": "value",
                    "date": "date-value",
                    "time": "time-value",
                    "boolean": "boolean-value",
                }.get(kind, "string-value")
                text = _text(value, rng).replace('"', "&quot;")
                cells.append(
                    f'<table:table-cell office:value-type="{kind}" office:{told}="{text}">'
                    f"<text:p>{text}</text:p></table:table-cell>"
                )
            lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
        tables.append(f'<table:table table:name="{title}">{"".join(lines)}</table:table>')
    names = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "table", "text")
    )
    body = f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    return f"<office:document-content {names}>{body}</office:document-content>".encode(
        "utf-8", "surrogatepass"
    )


@spoils("a nasty cell in its looks", "cell", *EXCEL)
def _(parts: Parts, rng: Random) -> Parts:
    """One value of a sheet as it was written becomes nasty; its style, say a date, stays."""
    name = rng.choice((*sheets(parts), "xl/sharedStrings.xml"))
    data = parts.get(name, b"").decode()
    for _ in range(rng.choice((1, 1, 3))):
        found = list(re.finditer(r"<(v|t)(?: [^>]*)?>([^<]*)</", data))
        if not found:
            break
        one = rng.choice(found)
        data = data[: one.start(2)] + _text(nasty(rng), rng) + data[one.end(2) :]
    return {**parts, name: data.encode("utf-8", "surrogatepass")} if data else parts
