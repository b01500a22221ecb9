"""Pieces of a map turned into values, each fault with its line."""

from collections.abc import Sequence

from tierstock.inputs.extracts.words import like, meant
from tierstock.inputs.extracts.yaml_text import Node
from tierstock.inputs.findings import Both, Findings
from tierstock.inputs.reading.cell_numbers import read_digits

_SHAPES = {
    "list": Both("a list (lines that begin with -)", "列表（每行以 - 开头）"),
    "mapping": Both("lines of the form word: value", "“键: 值”形式的行"),
    "text": Both("one text", "单个文本"),
}


class NodeReader:
    """Reads values of one map."""

    def __init__(self, file: str, findings: Findings) -> None:
        self.file, self.findings = file, findings

    def wrong_shape(self, word: str, node: Node, shape: str) -> None:
        """Say that something else than a list, mapping or text stands there."""
        self.findings.add(
            "map-shape", file=self.file, row=node.line, value=word, shape=_SHAPES[shape]
        )

    def mapping(self, kind: str, node: Node) -> dict[str, Node]:
        """Return the values of a mapping by their English words; say which words are unknown."""
        if node.keys is None:
            self.wrong_shape(kind, node, "mapping")
            return {}
        found: dict[str, Node] = {}
        for word, value, line in node.pairs():
            name = meant(kind, word)
            if not name:
                near = like(kind, word)
                self.findings.add(
                    "map-unknown-key", file=self.file, row=line, value=word, nearest=near
                )
            elif name in found:
                other = found[name].line
                self.findings.add(
                    "map-key-twice", file=self.file, row=line, value=word, other=other
                )
            else:
                found[name] = value
        return found

    def text(self, word: str, node: Node | None) -> str:
        """Return a text; blank where none is given."""
        if node is None:
            return ""
        if not node.plain:
            self.wrong_shape(word, node, "text")
        return node.text

    def choice(self, kind: str, word: str, node: Node, among: Sequence[str]) -> str:
        """Return one of the allowed words; blank, and told, where another stands there."""
        found = meant("choice", node.text) if node.plain else ""
        if found in among:
            return found
        near = like("choice", node.text, among) if node.plain else ", ".join(among)
        self.findings.add(
            "map-choice", file=self.file, row=node.line, value=node.text, key=word, nearest=near
        )
        return ""

    def positive(self, word: str, node: Node) -> float:
        """Return a number above zero; 1 where something else stands there, which is told."""
        number = read_digits(node.text) if node.plain else None
        if number is None or not 1e-6 <= number <= 1e6:
            self.findings.add(
                "map-number", file=self.file, row=node.line, value=node.text, key=word
            )
            return 1.0
        return number

    def texts(self, word: str, node: Node | None) -> tuple[str, ...]:
        """Return a text or a list of texts."""
        if node is None:
            return ()
        if node.keys is not None or any(not one.plain for one in node.items or ()):
            self.wrong_shape(word, node, "list")
            return ()
        return tuple(node.texts())
