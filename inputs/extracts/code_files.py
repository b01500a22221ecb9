"""Codes of extracts and of the plan side by side, in a file beside the map."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from tierstock.inputs.extracts.extract import open_sheets, take
from tierstock.inputs.extracts.node_reader import NodeReader
from tierstock.inputs.extracts.yaml_text import Node
from tierstock.inputs.reading.headings import nearest
from tierstock.inputs.writing.plain import text_of


def read_codes(parts: Mapping[str, Node], folder: Path, reader: NodeReader) -> dict[str, str]:
    """Return what each code of an extract is called in the plan.

    Args:
        parts: file, tab, from and to of the map; ``from`` may name several headings.
        folder: where the file is, unless its path is whole.
        reader: takes what is wrong, also two meanings of one code.
    """
    findings, line = reader.findings, parts["file"].line
    old, new = reader.texts("from", parts.get("from")), reader.text("to", parts.get("to"))
    for word, given in (("from", old), ("to", new)):
        if not given:
            findings.add("map-missing", file=reader.file, row=line, value=word)
    path = folder / reader.text("file", parts["file"])
    sheets = open_sheets(path, findings)
    tab = reader.text("tab", parts.get("tab"))
    chosen = [one for one in sheets if not tab or one.tab == tab]
    if sheets and not chosen:
        near = nearest(tab, [one.tab for one in sheets])
        findings.add("map-no-tab", file=reader.file, row=line, value=tab, nearest=near)
    if not chosen or not old or not new:
        return {}
    wanted = {heading: line for heading in (*old, new)}
    made = take(chosen[0], wanted, 0, reader.file, findings)
    if made is None:
        return {}
    found: dict[str, str] = {}
    meaning = [text_of(cell).strip() for cell in made.cells(new)]
    for heading in old:
        code = [text_of(cell).strip() for cell in made.cells(heading)]
        table = pd.DataFrame({"code": code, "meaning": meaning, "row": made.rows})
        table = table[(table["code"] != "") & (table["meaning"] != "")]
        table = table.drop_duplicates(["code", "meaning"])
        twice = table[table.duplicated("code")]
        for code_, other, row in zip(twice["code"], twice["meaning"], twice["row"], strict=True):
            place = made.sheet.place(int(row), made.at(new), new)
            first = table.loc[table["code"] == code_, "meaning"].iat[0]
            findings.add("map-code-twice", **place, value=code_, first=first, other=other)
        for code_, one in zip(table["code"], table["meaning"], strict=True):
            found.setdefault(code_, one)
    return found
