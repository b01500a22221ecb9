"""One source of a map."""

from collections.abc import Mapping

from tierstock.inputs.extracts.day_formats import day_pattern
from tierstock.inputs.extracts.mapping import ColumnMap, Signs, SourceMap
from tierstock.inputs.extracts.node_reader import NodeReader
from tierstock.inputs.extracts.targets import Target, TargetColumn, find_target, nearest_target
from tierstock.inputs.extracts.words import meant
from tierstock.inputs.extracts.yaml_text import Node
from tierstock.inputs.findings import Both
from tierstock.inputs.reading.headings import key, nearest


def read_source(node: Node, codes: frozenset[str], reader: NodeReader) -> SourceMap | None:
    """Return what a source says; None where it names no files, sheet or columns.

    Args:
        node: the source.
        codes: names of the code maps.
        reader: takes what is wrong.
    """
    parts = reader.mapping("source", node)
    for word in ("file", "sheet", "columns"):
        if parts and word not in parts:
            reader.findings.add("map-missing", file=reader.file, row=node.line, value=word)
    target = _target(parts.get("sheet"), reader)
    if target is None or "columns" not in parts or "file" not in parts:
        return None
    columns = _columns(parts, target, codes, reader)
    at = next(line for word, _, line in node.pairs() if meant("source", word) == "columns")
    _needed(target, columns, at, reader)
    signs = _signs(parts["signs"], reader) if "signs" in parts else None
    patterns = reader.texts("file", parts["file"])
    where = _filter("where", parts.get("where"), reader)
    unless = _filter("except", parts.get("except"), reader)
    lines = {one: column.line for column in columns for one in column.headings}
    for word in ("where", "except"):
        lines |= parts[word].key_lines if word in parts else {}
    if signs is not None:
        lines[signs.heading] = signs.line
    return SourceMap(
        name=reader.text("name", parts.get("name")) or ", ".join(patterns),
        patterns=patterns,
        line=node.line,
        target=target,
        columns=tuple(columns),
        tab=reader.text("tab", parts.get("tab")),
        header=_row(parts.get("header"), reader),
        kind=_kind(parts.get("kind"), target, reader),
        decimal=_chosen(parts, "decimal", ("point", "comma"), reader) or "point",
        where=where,
        unless=unless,
        heading_lines=lines,
        signs=signs,
        identity=_identity(parts.get("identity"), target, columns, reader),
        duplicates=_chosen(parts, "duplicates", ("remove", "keep"), reader),
        lots=_chosen(parts, "lots", ("merge", "keep"), reader) or "merge",
    )


def _chosen(
    parts: Mapping[str, Node], word: str, among: tuple[str, ...], reader: NodeReader
) -> str:
    return reader.choice("source", word, parts[word], among) if word in parts else ""


def _target(node: Node | None, reader: NodeReader) -> Target | None:
    if node is None:
        return None
    found = find_target(node.text)
    if found is None:
        near = nearest_target(node.text)
        reader.findings.add(
            "map-unknown-sheet", file=reader.file, row=node.line, value=node.text, nearest=near
        )
    return found


def _row(node: Node | None, reader: NodeReader) -> int:
    if node is None:
        return 0
    if node.plain and node.text.isdecimal() and 0 < int(node.text) <= 1000:
        return int(node.text)
    reader.findings.add(
        "map-number", file=reader.file, row=node.line, value=node.text, key="header"
    )
    return 0


def _kind(node: Node | None, target: Target, reader: NodeReader) -> str:
    if node is None:
        return "orders" if target.name == "InTransit" else ""
    return reader.choice("source", "kind", node, ("orders", "shipments"))


def _columns(
    parts: Mapping[str, Node], target: Target, codes: frozenset[str], reader: NodeReader
) -> list[ColumnMap]:
    """Read the columns and constants; one column may be given once."""
    made: dict[str, ColumnMap] = {}
    shared = reader.text("dates", parts.get("dates"))
    if shared and day_pattern(shared) is None:
        reader.findings.add(
            "map-date-format", file=reader.file, row=parts["dates"].line, value=shared
        )
    for group in ("columns", "constants"):
        node = parts.get(group)
        if node is not None and node.keys is None:
            reader.wrong_shape(group, node, "mapping")
            continue
        for heading, value, line in node.pairs() if node is not None else ():
            column = target.find(heading)
            if column is None:
                reader.findings.add(
                    "map-unknown-column",
                    file=reader.file,
                    row=line,
                    value=heading,
                    nearest=target.nearest(heading),
                    where=Both(target.name, target.zh),
                )
            elif column.field in made:
                reader.findings.add(
                    "map-key-twice",
                    file=reader.file,
                    row=line,
                    value=heading,
                    other=made[column.field].line,
                )
            elif group == "constants":
                text = reader.text(heading, value)
                made[column.field] = ColumnMap(column, line, constant=text)
            else:
                made[column.field] = _column(column, value, line, shared, codes, reader)
    return list(made.values())


def _column(
    column: TargetColumn,
    node: Node,
    line: int,
    shared: str,
    codes: frozenset[str],
    reader: NodeReader,
) -> ColumnMap:
    if node.keys is None:
        headings = reader.texts(column.name, node)
        if not headings:
            reader.findings.add("map-missing", file=reader.file, row=line, value="from")
        return ColumnMap(column, line, headings, dates=shared)
    parts = reader.mapping("column", node)
    if "from" not in parts:
        reader.findings.add("map-missing", file=reader.file, row=line, value="from")
    named = reader.text("codes", parts.get("codes"))
    if named and named not in codes:
        reader.findings.add(
            "map-unknown-codes",
            file=reader.file,
            row=parts["codes"].line,
            value=named,
            nearest=nearest(named, codes),
        )
    dates = reader.text("dates", parts.get("dates")) or shared
    if "dates" in parts and day_pattern(dates) is None:
        reader.findings.add(
            "map-date-format", file=reader.file, row=parts["dates"].line, value=dates
        )
    values = parts.get("values")
    if values is not None and values.keys is None:
        reader.wrong_shape("values", values, "mapping")
    return ColumnMap(
        column,
        line,
        reader.texts("from", parts.get("from")),
        join=reader.text("join", parts["join"]) if "join" in parts else None,
        codes=named,
        unit=reader.text("unit", parts.get("unit")),
        factor=reader.positive("factor", parts["factor"]) if "factor" in parts else 1.0,
        dates=dates,
        values={word: value.text for word, value, _ in values.pairs()} if values else {},
    )


def _needed(target: Target, columns: list[ColumnMap], line: int, reader: NodeReader) -> None:
    """Say which columns every row of the sheet needs and the map does not give."""
    given = {one.column.field for one in columns}
    for column in target.columns:
        if column.required and column.field not in given:
            reader.findings.add(
                "map-needed",
                file=reader.file,
                row=line,
                meant=Both(column.name, column.zh),
                where=Both(target.name, target.zh),
            )


def _filter(word: str, node: Node | None, reader: NodeReader) -> dict[str, frozenset[str]]:
    if node is None:
        return {}
    if node.keys is None:
        reader.wrong_shape(word, node, "mapping")
        return {}
    return {name: frozenset(reader.texts(name, value)) for name, value, _ in node.pairs()}


def _signs(node: Node, reader: NodeReader) -> Signs | None:
    parts = reader.mapping("signs", node)
    if "column" not in parts:
        reader.findings.add("map-missing", file=reader.file, row=node.line, value="column")
        return None
    types = {
        word: frozenset(reader.texts(word, parts.get(word)))
        for word in ("in", "out", "signed", "ignore")
    }
    seen: dict[str, str] = {}
    for word, members in types.items():
        for one in sorted(members):
            if seen.setdefault(one, word) != word:
                other = parts[seen[one]].line
                reader.findings.add(
                    "map-key-twice",
                    file=reader.file,
                    row=parts[word].line,
                    value=one,
                    other=other,
                )
    return Signs(
        reader.text("column", parts["column"]),
        parts["column"].line,
        types["in"],
        types["out"],
        types["signed"],
        types["ignore"],
    )


def _identity(
    node: Node | None, target: Target, columns: list[ColumnMap], reader: NodeReader
) -> tuple[str, ...]:
    """Return the fields that name a record, as the map says."""
    fields = []
    given = {one.column.field for one in columns}
    for word in reader.texts("identity", node):
        column = target.find(word)
        if column is None or column.field not in given:
            names = [one.column.heading("en") for one in columns]
            assert node is not None
            reader.findings.add(
                "map-unknown-column",
                file=reader.file,
                row=node.line,
                value=word,
                nearest=nearest(key(word), names),
                where=Both("columns", "列"),
            )
        else:
            fields.append(column.field)
    return tuple(fields)
