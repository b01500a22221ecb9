"""Files matched to the sources of a map and opened."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from tierstock.inputs.extracts.extract import Extract, Sheet, open_sheets, take
from tierstock.inputs.extracts.mapping import ImportMap, SourceMap
from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.headings import nearest


def open_extracts(
    asked: ImportMap, files: Sequence[Path], findings: Findings
) -> list[tuple[Extract, int]]:
    """Return the table of every file for every source it matches, with the source's number.

    Args:
        asked: the map.
        files: the extracts.
        findings: takes files no source wants, sources without a file, tabs and headings that
            are not there.
    """
    once = {path.resolve(): path for path in files}
    files = [path for real, path in once.items() if real not in asked.code_files]
    sheets = {path: open_sheets(path, findings) for path in files}
    wanted: dict[Path, int] = dict.fromkeys(files, 0)
    found: list[tuple[Extract, int]] = []
    for number, source in enumerate(asked.sources):
        matching = [path for path in files if _matches(path, source)]
        if not matching:
            near = nearest(source.patterns[0] if source.patterns else "", [p.name for p in files])
            findings.add(
                "map-no-file", file=asked.file, row=source.line, value=source.name, nearest=near
            )
        for path in matching:
            wanted[path] += 1
            sheet = _tab(asked, source, sheets[path], findings)
            if sheet is None:
                continue
            _not_twice(asked, found, number, sheet, findings)
            lines = dict(source.heading_lines)
            made = take(sheet, lines, source.header, asked.file, findings)
            if made is not None:
                found.append((made, number))
    for path, count in wanted.items():
        if not count:
            patterns = [one for source in asked.sources for one in source.patterns]
            near = nearest(path.name, patterns)
            findings.add("extract-unwanted", file=path.name, value=path.name, nearest=near)
    return found


def _not_twice(
    asked: ImportMap,
    found: Sequence[tuple[Extract, int]],
    number: int,
    sheet: Sheet,
    findings: Findings,
) -> None:
    """Say where two sources add the same numbers of one table to one sheet: all would be double.

    Where both state which rows they take, they may well share a table.
    """
    source = asked.sources[number]
    for made, other_number in found:
        other = asked.sources[other_number]
        if made.sheet is not sheet:
            continue
        shared = _added(source) & _added(other) if source.target == other.target else set()
        chosen = [bool(one.where or one.unless) for one in (source, other)]
        if shared and not all(chosen):
            findings.add(
                "map-key-twice",
                file=asked.file,
                row=source.line,
                value=f"{sheet.file}: {', '.join(sorted(shared))}",
                other=other.line,
            )


def _added(source: SourceMap) -> set[str]:
    """Return the headings of which a source adds up the numbers."""
    added = source.target.added
    return {name for one in source.columns if one.column.field in added for name in one.headings}


def _matches(path: Path, source: SourceMap) -> bool:
    name = path.name.casefold()
    return any(fnmatchcase(name, pattern.casefold()) for pattern in source.patterns)


def _tab(
    asked: ImportMap, source: SourceMap, sheets: Sequence[Sheet], findings: Findings
) -> Sheet | None:
    """Return the tab a source means; the only one where it names none."""
    filled = [one for one in sheets if one.grid]
    if sheets and not filled:
        findings.add("empty-file", file=sheets[0].file)
        return None
    if not source.tab and len(filled) > 1:
        names = ", ".join(one.tab for one in filled)
        findings.add(
            "map-which-tab",
            file=asked.file,
            row=source.line,
            value=filled[0].file,
            known=names,
        )
        return None
    chosen = [one for one in filled if not source.tab or one.tab == source.tab or not one.tab]
    if sheets and not chosen:
        near = nearest(source.tab, [one.tab for one in sheets])
        findings.add("map-no-tab", file=asked.file, row=source.line, value=source.tab, nearest=near)
    return chosen[0] if chosen else None
