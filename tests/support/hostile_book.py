"""Excel workbooks spoilt in what only they have: strings, ranges, relations, links."""

import re
from random import Random
from xml.sax.saxutils import escape

from hostile_xml import EXCEL, MAIN
from hostile_xml import one_of_cells as _cells
from hostile_zip import Parts, spoils

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NOWHERE = f'r:id="rId77" xmlns:r="{_RELATIONS}"'


@spoils("shared strings", "xml", *EXCEL)
def _(parts: Parts, rng: Random) -> Parts:
    """Counts that lie, indexes that lead nowhere, strings in odd forms."""
    count = rng.choice(
        (b"4000000000", b"18446744073709551615", b"-1", b"99999999", b"0", b"' 4000000000'")
    )
    strings = "xl/sharedStrings.xml"
    data = parts.get(strings, b"<sst></sst>")
    quote = rng.choice((b'"', b"'"))
    new = re.sub(rb'(uniqueCount|count)="\d+"', rb"\1=" + quote + count.strip(b"'") + quote, data)
    index = rng.choice((b"-1", b"99999999", b"4294967296", b"1.5", b"", b"x", b"NaN"))
    name = _cells(parts, rng)
    cells = re.sub(rb'(t="s"><v>)\d+', rb"\g<1>" + index, parts[name], count=rng.randrange(4))
    odd = rng.choice(
        (b"<si/>", b"<si><t/></si>", b"<si><r><t>a</t></r></si>", b"<si><rPh/></si>", b"<t>a</t>")
    )
    return {**parts, strings: new.replace(b"<si>", odd + b"<si>", rng.randrange(3)), name: cells}


@spoils("cells far out", "xml", *EXCEL)
def _(parts: Parts, rng: Random) -> Parts:
    name = _cells(parts, rng)
    row = rng.choice((0, 1, 9_999, 1_048_576, 1_048_577, 16_777_217, 2**32, 2**64, -1))
    column = rng.choice(("A", "Z", "ALL", "XFD", "XFE", "ZZZZ", "ZZZZZZZZZ", "", "a", "中"))
    quote = rng.choice(('"', "'"))
    place = f" r={quote}{column}{row}{quote}" if rng.random() < 0.8 else ""
    cell = rng.choice(
        (
            f"<c{place}><v>1</v></c>",
            f"<c{place} t='inlineStr'><is><t>x</t></is></c>",
            f"<c{place} t='e'><v>#N/A</v></c>",
            f"<c{place}><f>1+1</f></c>",
            f"<c{place}/>",
        )
    )
    line = (
        f"<row r={quote}{row}{quote}>{cell}</row>"
        if rng.random() < 0.8
        else f"<row>{cell * 2_500}</row>"
    )
    where = rng.choice((b"</sheetData>", b"<row"))
    data = parts[name].replace(where, line.encode() + where, 1)
    size = rng.choice((b"A1:XFD1048576", b"A1", b"B2:A1", b"", b"A1:ZZZZZ99999999", b"1:1"))
    return {**parts, name: re.sub(rb'(<dimension ref=")[^"]*', rb"\g<1>" + size, data)}


@spoils("ranges and counts beside the cells", "xml", *EXCEL)
def _(parts: Parts, rng: Random) -> Parts:
    name = _cells(parts, rng)
    area = rng.choice(
        ("A1:XFD1048576", "B2:A1", "A1:B1048576", "A1:XFD1", "A1", "", "A0:B0", "A:A", "x")
    )
    many = "".join(f'<mergeCell ref="A{n}:B{n + 1}"/>' for n in range(1, rng.choice((2, 60_000))))
    inner = (
        f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>',
        f"<mergeCells count='-1'>{many}</mergeCells>",
        f'<autoFilter ref="{area}"/>',
        f'<dataValidations count="9"><dataValidation type="list" sqref="{area}">'
        f"<formula1>{area}</formula1></dataValidation></dataValidations>",
        f'<conditionalFormatting sqref="{area}"><cfRule type="expression" dxfId="99" '
        'priority="-1"><formula>A1</formula></cfRule></conditionalFormatting>',
        f'<hyperlinks><hyperlink ref="{area}" {_NOWHERE}/></hyperlinks>',
        '<rowBreaks count="99999999"><brk id="99999999" max="16383" man="1"/></rowBreaks>',
        '<pageMargins left="NaN" right="x" top="1e400" bottom="" header="0" footer="-1"/>',
        f'<legacyDrawing {_NOWHERE}/><tableParts count="1"><tablePart {_NOWHERE}/></tableParts>',
    )
    before = rng.choice(
        (
            "",
            '<cols><col min="1" max="16384" width="1e400" hidden="1"/></cols>',
            '<cols><col min="-5" max="99999999"/></cols>',
            '<sheetFormatPr defaultRowHeight="NaN"/>',
            '<sheetViews><sheetView workbookViewId="99"/></sheetViews>',
        )
    )
    data = parts[name].replace(b"</sheetData>", f"</sheetData>{rng.choice(inner)}".encode(), 1)
    return {**parts, name: data.replace(b"<sheetData>", f"{before}<sheetData>".encode(), 1)}


@spoils("relations", "xml", *EXCEL)
def _(parts: Parts, rng: Random) -> Parts:
    """Targets outside the file, quoted in odd ways, or the same for several sheets."""
    name = rng.choice([one for one in sorted(parts) if one.endswith(".rels")])
    target = rng.choice(
        (
            "../../../../etc/passwd",
            "/etc/passwd",
            "file:///etc/passwd",
            "http://127.0.0.1:9/a.xml",
            "worksheets/sheet1.xml",
            "/xl/worksheets/sheet1.xml",
            "workbook.xml",
            "",
            "sheet%31.xml",
            "worksheets\\sheet1.xml",
            "./worksheets/../worksheets/sheet1.xml",
            "\u202e",
        )
    )
    data = parts[name].decode()
    count = rng.choice((1, 1, 0))
    quote = rng.choice("\"'") if rng.random() < 0.2 else '"'
    data = re.sub(r'Target="[^"]*"', lambda _: f'Target={quote}{target}"', data, count=count)
    if rng.random() < 0.3:
        data = data.replace("<Relationship ", '<Relationship TargetMode="External" ', 1)
    if rng.random() < 0.3:
        data = re.sub(r'Id="\w+"', 'Id="rId1"', data)
    return {**parts, name: data.encode()}


@spoils("links, DDE, objects and macros", "xml", *EXCEL)
def _(parts: Parts, rng: Random) -> Parts:
    head = f'<?xml version="1.0" encoding="UTF-8"?><externalLink {MAIN} xmlns:r="{_RELATIONS}">'
    link = rng.choice(
        (
            '<ddeLink ddeService="cmd" ddeTopic="/C touch canary"><ddeItems>'
            '<ddeItem name="a" advise="1"/></ddeItems></ddeLink>',
            '<externalBook r:id="rId1"><sheetNames/></externalBook>',
            '<oleLink r:id="rId1" progId="Package"/>',
            "<x/>",
        )
    )
    relation = f'<Relationship Id="rId1" Type="{_RELATIONS}/%s" Target="%s" TargetMode="External"/>'
    frame = f'<Relationships xmlns="{_PACKAGE}">%s</Relationships>'
    workbook = parts["xl/workbook.xml"].replace(
        b"</workbook>",
        f'<externalReferences><externalReference r:id="rId90" xmlns:r="{_RELATIONS}"/>'
        '</externalReferences><definedNames><definedName name="_xlnm.Auto_Open">cmd!A1'
        "</definedName></definedNames></workbook>".encode(),
    )
    own = relation.replace("rId1", "rId90") % ("externalLink", "externalLinks/externalLink1.xml")
    relations = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        own.replace(' TargetMode="External"', "").encode() + b"</Relationships>",
    )
    path = (
        rng.choice(("externalLinkPath", "oleObject")),
        rng.choice(("file:///etc/passwd", "http://127.0.0.1:9/")),
    )
    name = _cells(parts, rng)
    formula = escape(
        rng.choice(("cmd|'/C touch canary'!A0", "[1]Sheet1!A1", 'HYPERLINK("http://x")', "A1", ""))
    )
    formula = (
        f"<f>{formula}</f>"
        if rng.random() < 0.7
        else f"<f t='shared' si='-1' ref='A1:XFD9'>{formula}</f>"
    )
    cells = re.sub(
        rb"(<c r=\"[A-Z]+[2-9]\"[^>]*>)(<v>)",
        lambda found: found[1] + formula.encode() + found[2],
        parts[name],
        count=rng.choice((1, 3)),
    )
    return {
        **parts,
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": relations,
        name: cells,
        "xl/externalLinks/externalLink1.xml": f"{head}{link}</externalLink>".encode(),
        "xl/externalLinks/_rels/externalLink1.xml.rels": (frame % (relation % path)).encode(),
        "xl/vbaProject.bin": rng.randbytes(2_000),
        "xl/embeddings/oleObject1.bin": rng.randbytes(2_000),
        "xl/connections.xml": f"<connections {MAIN}><connection id='1'/></connections>".encode(),
    }
