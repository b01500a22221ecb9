"""A map read from its file; what is wrong in it is told with its line and the nearest word."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tierstock.inputs.extracts.code_files import read_codes
from tierstock.inputs.extracts.map_source import read_source
from tierstock.inputs.extracts.mapping import FAULTS, CodeMap, ImportMap, SourceMap
from tierstock.inputs.extracts.node_reader import NodeReader
from tierstock.inputs.extracts.words import meant
from tierstock.inputs.extracts.yaml_text import Node, read_yaml
from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.headings import is_chinese


def read_map(path: Path, findings: Findings) -> ImportMap | None:
    """Return what a map says; None where it cannot be used (findings say why).

    Args:
        path: the map; files of codes it names are looked for beside it.
        findings: takes everything wrong with it, each with its line.
    """
    before = len(findings.errors)
    root = read_yaml(path, findings)
    if root is None:
        return None
    reader = NodeReader(path.name, findings)
    parts = reader.mapping("map", root)
    language = _language(root, parts.get("language"), reader)
    findings.language = language or findings.language
    if "sources" not in parts:
        findings.add("map-missing", file=path.name, row=root.line, value="sources")
    codes = _codes(parts.get("codes"), path.parent, reader)
    sources = _sources(parts.get("sources"), codes, reader)
    confirmed = parts.get("confirmed")
    if (
        confirmed is not None
        and reader.choice("map", "confirmed", confirmed, ("yes", "no")) == "no"
    ):
        findings.add("map-unconfirmed", file=path.name, row=confirmed.line)
    zero = "opening" in parts and reader.choice("map", "opening", parts["opening"], ("zero",))
    made = ImportMap(
        file=path.name,
        sources=tuple(sources),
        codes=codes,
        units=_units(parts.get("units"), reader),
        faults=_faults(parts.get("faults"), reader),
        code_files=_code_files(parts.get("codes"), path.parent),
        language=language,
        opening_zero=bool(zero),
    )
    return made if len(findings.errors) == before else None


def _language(root: Node, stated: Node | None, reader: NodeReader) -> str:
    """Return the language a map states, else Chinese where its words are; blank otherwise."""
    if stated is not None:
        return reader.choice("map", "language", stated, ("en", "zh"))
    words = [word for word, _, _ in root.pairs()]
    return "zh" if words and all(map(is_chinese, words)) else ""


def _sources(node: Node | None, codes: Iterable[str], reader: NodeReader) -> list[SourceMap]:
    if node is None:
        return []
    if node.items is None:
        reader.wrong_shape("sources", node, "list")
        return []
    made = [read_source(item, frozenset(codes), reader) for item in node.items]
    return [one for one in made if one is not None]


def _codes(node: Node | None, folder: Path, reader: NodeReader) -> dict[str, CodeMap]:
    """Read the maps of codes: typed in the map, in a file beside it, or both."""
    found: dict[str, CodeMap] = {}
    if node is None:
        return found
    if node.keys is None:
        reader.wrong_shape("codes", node, "mapping")
        return found
    for name, one, _ in node.pairs():
        parts = reader.mapping("codes", one)
        pairs = read_codes(parts, folder, reader) if "file" in parts else {}
        typed = parts.get("map")
        if typed is not None and typed.keys is None:
            reader.wrong_shape("map", typed, "mapping")
        for key, value, _ in typed.pairs() if typed is not None else ():
            pairs[key] = value.text
        found[name] = CodeMap(name, pairs)
    return found


def _code_files(node: Node | None, folder: Path) -> frozenset[Path]:
    """Return the files of codes a map names."""
    found = set()
    for _, one, _ in node.pairs() if node is not None else ():
        for word, value, _ in one.pairs():
            if meant("codes", word) == "file" and "\0" not in value.text:
                found.add((folder / value.text).resolve())
    return frozenset(found)


def _units(node: Node | None, reader: NodeReader) -> dict[str, float]:
    if node is None:
        return {}
    if node.keys is None:
        reader.wrong_shape("units", node, "mapping")
        return {}
    return {word: reader.positive(word, value) for word, value, _ in node.pairs()}


def _faults(node: Node | None, reader: NodeReader) -> Mapping[str, str]:
    """Return what is done with each kind of fault; one word alone holds for all that allow it."""
    chosen = {kind: default for kind, (_, default, _) in FAULTS.items()}
    if node is None:
        return chosen
    if node.plain:
        word = reader.choice("map", "faults", node, ("refuse", "set aside"))
        for kind, (_, default, allowed) in FAULTS.items():
            if word in allowed and (default == "refuse" or word == "refuse"):
                chosen[kind] = word
        return chosen
    for kind, value in reader.mapping("faults", node).items():
        chosen[kind] = reader.choice("faults", kind, value, FAULTS[kind][2]) or chosen[kind]
    return chosen
