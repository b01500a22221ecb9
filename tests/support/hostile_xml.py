"""Workbooks spoilt in their XML: tags, encodings, entities, sizes, references and links."""

import re
from functools import cache
from random import Random

from hostile_zip import Parts, sheets, spoils

_TAG = re.compile(rb"<[^!?][^<>]*>")
_VALUE = re.compile(rb'="([^"]*)"')
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

EXCEL = ("xlsx", "xlsm")
NUMBERS = (
    b"-1",
    b"0",
    b"1",
    b"65536",
    b"1048577",
    b"16777217",
    b"2147483648",
    b"4000000000",
    b"18446744073709551616",
    b"-9223372036854775808",
    b"9" * 400,
    b"NaN",
    b"1e9",
    b"",
    b" ",
    b"x",
    b"A1",
    b"XFD1048576",
    b"A1:XFD1048576",
    b"ZZZZZZZZ9",
    b"A0",
    b"$A$1",
    b"1A",
    b"&#0;",
    b"&amp;",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"true",
    b"s",
    b"e",
    b"n",
    b"d",
    b"shared",
    b"array",
)


def _xml(parts: Parts, rng: Random) -> str:
    return rng.choice([name for name in sorted(parts) if name.endswith((".xml", ".rels", ".vml"))])


def one_of_cells(parts: Parts, rng: Random) -> str:
    """Return the name of a part that holds cells."""
    return rng.choice(sheets(parts))


@spoils("tags dropped, doubled, swapped or cut", "xml")
def _(parts: Parts, rng: Random) -> Parts:
    name = _xml(parts, rng)
    data = parts[name]
    for _ in range(rng.choice((1, 1, 3, 20))):
        tags = list(_TAG.finditer(data))
        if not tags:
            break
        tag, other = rng.choice(tags), rng.choice(tags)
        new = rng.choice((b"", tag[0] * 2, other[0], tag[0][:-1], b"<" + tag[0], tag[0].upper()))
        data = data[: tag.start()] + new + data[tag.end() :]
    return {**parts, name: data}


@spoils("attributes", "xml")
def _(parts: Parts, rng: Random) -> Parts:
    name = one_of_cells(parts, rng) if rng.random() < 0.5 else _xml(parts, rng)
    data = parts[name]
    for _ in range(rng.choice((1, 1, 2, 10))):
        values = list(_VALUE.finditer(data))
        if not values:
            break
        value = rng.choice(values)
        new = rng.choice((*NUMBERS, rng.choice(values)[1]))
        data = data[: value.start(1)] + new + data[value.end(1) :]
    return {**parts, name: data}


@spoils("quotes of attributes", "xml")
def _(parts: Parts, rng: Random) -> Parts:
    """Single quotes and blanks are XML too; what looks for double quotes must not be fooled."""
    name = _xml(parts, rng)
    form = rng.choice((rb"='\1'", rb" = '\1'", rb'  =  "\1"', rb"=\1"))
    return {**parts, name: _VALUE.sub(form, parts[name])}


@spoils("prefixes", "xml")
def _(parts: Parts, rng: Random) -> Parts:
    """The same XML with a prefix before every tag, as other programs write it."""
    name = one_of_cells(parts, rng)
    data = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", parts[name])
    return {**parts, name: data.replace(b"xmlns=", b"xmlns:x=")}


@cache
def _deep(tag: bytes, depth: int, closed: bool) -> bytes:
    return b"<" + tag + b">" + (b"<%b>" % tag) * depth + (b"</%b>" % tag) * (depth + 1) * closed


@spoils("deep nesting", "xml")
def _(parts: Parts, rng: Random) -> Parts:
    name = _xml(parts, rng)
    deep = _deep(
        rng.choice((b"a", b"si", b"row", b"c", b"is", b"extLst", b"sheetData", b"text:p")),
        rng.choice((200, 5_000, 200_000)),
        rng.random() < 0.7,
    )
    tags = list(_TAG.finditer(parts[name]))
    at = rng.choice(tags).end() if tags else 0
    return {**parts, name: parts[name][:at] + deep + parts[name][at:]}


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = (
    f'<!DOCTYPE a [<!ENTITY e0 "ha">{BOMB}]>',
    f'<!DOCTYPE a [<!ENTITY e9 "{"a" * 50_000}">]>',
    '<!DOCTYPE a [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a [<!ENTITY e9 SYSTEM "http://127.0.0.1:9/x">]>',
    '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
    '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
    "<!doctype a><!-- -->",
    '<!-- a --><?x y?><!DOCTYPE a [<!ATTLIST c v CDATA "9">]>',
)


@spoils("entities", "xml")
def _(parts: Parts, rng: Random) -> Parts:
    name, start = _xml(parts, rng), rng.choice(ENTITIES).encode()
    data = re.sub(rb"^\s*<\?xml.*?\?>", b"", parts[name])
    data = re.sub(rb">[^<>]+<", b">" + b"&e9;" * rng.choice((1, 1_000)) + b"<", data, count=1)
    space = rng.choice((b"", b" " * 2_000_000))
    return {**parts, name: b'<?xml version="1.0"?>' + space + start + data}


@spoils("encodings", "xml")
def _(parts: Parts, rng: Random) -> Parts:
    name = _xml(parts, rng)
    text = re.sub(r"^\s*<\?xml.*?\?>", "", parts[name].decode("utf-8"))
    told = rng.choice(
        ("utf-8", "UTF-16", "UTF-7", "iso-8859-1", "utf-32", "cp037", "gb18030", "bogus")
    )
    real = rng.choice(
        ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "cp037")
    )
    entity = rng.choice(("", "<!DOCTYPE a>"))
    return {
        **parts,
        name: f"<?xml version='1.0' encoding='{told}'?>{entity}{text}".encode(real, "replace"),
    }


@spoils("bytes no XML may hold", "xml")
def _(parts: Parts, rng: Random) -> Parts:
    name, data = _xml(parts, rng), b""
    odd = (
        b"\x00",
        b"\x01",
        b"\x0b",
        b"\x1f",
        b"\xff",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xef\xbf\xbf",
        b"&#0;",
        b"&#xD800;",
        b"&#x110000;",
        b"&bogus;",
        b"&",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"--",
        b"<?x",
        b"\xef\xbb\xbf",
        b"<!-- - -->",
        b"<![CDATA[<v>1</v>]]>",
    )
    data = parts[name]
    for _ in range(rng.choice((1, 1, 5))):
        at = rng.choice([found.start(1) for found in re.finditer(rb">([^<>]+)<", data)] or [0])
        at = at if rng.random() < 0.6 else rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice(odd) + data[at:]
    return {**parts, name: data}


@spoils("comments and instructions", "xml")
def _(parts: Parts, rng: Random) -> Parts:
    """What a parser leaves out but a search for bytes sees, and the other way round."""
    name = one_of_cells(parts, rng)
    hidden = rng.choice(
        (
            '<!--<c r="XFD1048576"><v>1</v></c>-->',
            "<?pi <row r='99999999'?>",
            "<!-- > -->",
            '<a b="&lt;c r=&quot;XFD9&quot;>"/>',
            "<a b='<'/>",
            '<a b=">"/>',
        )
    )
    tag = rng.choice(list(_TAG.finditer(parts[name])))
    return {**parts, name: parts[name][: tag.end()] + hidden.encode() + parts[name][tag.end() :]}


@spoils("many or long attributes and texts", "xml")
def _(parts: Parts, rng: Random) -> Parts:
    name, size = _xml(parts, rng), rng.choice((1_000, 100_000, 900_000))
    tag = rng.choice(list(_TAG.finditer(parts[name])) or [None])
    new = rng.choice(
        (
            lambda: b"<a " + b" ".join(b'a%d="1"' % n for n in range(size // 10)) + b"/>",
            lambda: b'<a b="' + b"a" * size + b'"/>',
            lambda: b"<" + b"a" * size + b"/>",
            lambda: b" " * size + b"<a/>" * (size // 10),
            lambda: b"a" * size,
        )
    )()
    at = tag.end() if tag else 0
    return {**parts, name: parts[name][:at] + new + parts[name][at:]}


@spoils("repeated cells and rows", "xml", "ods")
def _(parts: Parts, rng: Random) -> Parts:
    count = rng.choice(
        (b"1048576", b"16777217", b"4294967296", b"-1", b"0", b"x", b"99999999999999999999")
    )
    kind = rng.choice(
        (
            b"table:number-columns-repeated",
            b"table:number-rows-repeated",
            b"table:number-columns-spanned",
            b"table:number-rows-spanned",
            b"text:c",
        )
    )
    quote = rng.choice((b'"', b"'"))
    tag = rng.choice((b"<table:table-cell", b"<table:table-row", b"<text:s"))
    found = [one.end() for one in re.finditer(tag, parts["content.xml"])] or [100]
    at = rng.choice(found)
    new = b" " + kind + b"=" + quote + count + quote
    return {**parts, "content.xml": parts["content.xml"][:at] + new + parts["content.xml"][at:]}
