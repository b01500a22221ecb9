"""YAML as texts with their lines: codes keep leading zeros, ``NO`` stays a word."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tierstock.inputs.findings import Both, Findings
from tierstock.inputs.reading.native import INSTALL

MOST_BYTES = 2_000_000
"""Largest map."""
MOST_NODES = 100_000
"""Most values of a map; aliases count as often as they are used."""

_EMPTY = Both("it is empty", "文件为空")
_KEY = Both("what stands before a colon is one word or text", "冒号前应为单个词或文本")


@dataclass
class Node:
    """One value of a YAML file."""

    line: int
    """Line on which it begins, the first being 1."""
    text: str = ""
    """The text of a plain value."""
    items: list["Node"] | None = None
    """Members of a list; None where it is none."""
    keys: dict[str, "Node"] | None = None
    """Values of a mapping by key; None where it is none."""
    key_lines: dict[str, int] = field(default_factory=dict)
    """Line of each key."""

    @property
    def plain(self) -> bool:
        """Whether it is a single text."""
        return self.items is None and self.keys is None

    def pairs(self) -> Iterator[tuple[str, "Node", int]]:
        """Go through keys, values and lines of a mapping; nothing for others."""
        for key, node in (self.keys or {}).items():
            yield key, node, self.key_lines[key]

    def texts(self) -> list[str]:
        """Return the texts of a list, or the text itself as a list of one."""
        if self.items is not None:
            return [item.text for item in self.items]
        return [self.text] if self.plain and self.text else []


def read_yaml(path: Path, findings: Findings) -> Node | None:
    """Return a YAML file as texts; None where it cannot be read (a finding says why).

    Nothing in it is run: only texts, lists and mappings are made, whatever its tags say.

    Args:
        path: the file, UTF-8.
        findings: takes what is wrong with it.
    """
    try:
        import yaml
    except ImportError:
        findings.add("extra-missing", file=path.name, value="pyyaml", command=INSTALL)
        return None
    try:
        if path.stat().st_size > MOST_BYTES:
            size, most = f"{path.stat().st_size / 1e6:.0f} MB", f"{MOST_BYTES / 1e6:.0f} MB"
            findings.add("file-too-large", file=path.name, size=size, most=most)
            return None
        text = path.read_text(encoding="utf-8-sig")
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as error:
        findings.add("file-unreadable", file=path.name, detail=error.strerror or str(error))
        return None
    except UnicodeDecodeError:
        findings.add("not-text-file", file=path.name)
        return None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark is not None else None
        detail = getattr(error, "problem", None) or type(error).__name__
        findings.add("bad-yaml", file=path.name, row=row, detail=detail)
        return None
    return _Builder(path.name, findings).build(tree)


class _Builder:
    """Makes nodes; counts them, and says which keys stand there twice."""

    def __init__(self, file: str, findings: Findings) -> None:
        self.file, self.findings, self.left = file, findings, MOST_NODES

    def build(self, tree: Any) -> Node | None:
        """Return the whole tree; None where it is empty or too large."""
        if tree is None:
            self.findings.add("bad-yaml", file=self.file, detail=_EMPTY)
            return None
        made = self._node(tree, 0)
        if self.left <= 0:
            self.findings.add("bad-yaml", file=self.file, detail=f"> {MOST_NODES:,}")
            return None
        return made

    def _node(self, tree: Any, depth: int) -> Node:
        line = tree.start_mark.line + 1
        self.left -= 1
        if self.left <= 0 or depth > 20:
            self.left = 0
            return Node(line)
        if tree.id == "sequence":
            return Node(line, items=[self._node(one, depth + 1) for one in tree.value])
        if tree.id == "mapping":
            return self._mapping(tree, line, depth)
        empty = tree.tag == "tag:yaml.org,2002:null"
        return Node(line, "" if empty else str(tree.value))

    def _mapping(self, tree: Any, line: int, depth: int) -> Node:
        node = Node(line, keys={})
        assert node.keys is not None
        for key, value in tree.value:
            name, at = str(key.value), key.start_mark.line + 1
            if key.id != "scalar":
                self.findings.add("bad-yaml", file=self.file, row=at, detail=_KEY)
            elif name in node.keys:
                other = node.key_lines[name]
                self.findings.add("map-key-twice", file=self.file, row=at, value=name, other=other)
            else:
                node.keys[name], node.key_lines[name] = self._node(value, depth + 1), at
        return node
