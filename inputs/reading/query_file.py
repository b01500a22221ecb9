"""The file that names a database and asks one query per sheet (TOML).

::

    url = "postgresql://planner:${STOCK_PASSWORD}@host/stock"

    [parameters]
    region = "East"

    [queries]
    Locations = "select code as Location, tier as Tier from sites where region = :region"
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from tierstock.inputs.reading.door import located
from tierstock.inputs.reading.headings import find_sheet, nearest_sheet
from tierstock.inputs.reading.xml_scan import Refused

MOST_BYTES = 1_000_000
KEYS = frozenset(("url", "schema", "queries", "parameters"))
"""What may stand in the file."""

_NAME = re.compile(r"\$\{(\w+)\}")
_BOUND = re.compile(r"(?<![:\w]):(\w+)(?!:)")
_TEXTS = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_PASSWORD = re.compile(r"://[^:/@]*:([^@]+)@")


@dataclass(frozen=True)
class Queries:
    """Where the database is, and what is asked of it."""

    url: str | Path
    schema: str | None = None
    """Schema of the database in which the tables are; None = its usual one."""
    queries: dict[str, str] = field(default_factory=dict)
    """Query of each sheet; empty = tables named like the sheets."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """Values bound to the names ``:name`` of the queries."""

    def bound(self, query: str) -> list[str]:
        """Return the names a query asks values for."""
        return sorted(set(_BOUND.findall(_TEXTS.sub("''", query))))


def escaped(query: str) -> str:
    """Return a query in which colons of quoted texts and comments ask for no value."""
    return _TEXTS.sub(lambda found: found[0].replace(":", r"\:"), query)


def queries_of(path: Path | str) -> Queries:
    """Return what a query file says.

    Raises:
        Refused: it is no TOML file, or says something else than it may.
        OSError: it cannot be read.
    """
    path = Path(path)
    if path.stat().st_size > MOST_BYTES:
        raise Refused("bad-query-file", detail=f"> {MOST_BYTES / 1e6:.0f} MB")
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused("bad-query-file", detail=str(error)) from error
    unknown = sorted(set(said) - KEYS)
    if unknown or not isinstance(said.get("url"), str):
        raise Refused("bad-query-file", detail=unknown[0] if unknown else "url")
    queries, parameters = said.get("queries", {}), said.get("parameters", {})
    if not all(isinstance(one, dict) for one in (queries, parameters)):
        raise Refused("bad-query-file", detail="[queries], [parameters]")
    schema = said.get("schema")
    address = located(said["url"])
    if isinstance(address, Path):
        address = path.parent / address
    asked = Queries(address, None if schema is None else str(schema), queries, parameters)
    for sheet, query in queries.items():
        _check(asked, sheet, query)
    return asked


def _check(asked: Queries, sheet: str, query: object) -> None:
    """Refuse a query for no sheet, one that is more than one question, or lacks a value."""
    if find_sheet(sheet) is None:
        raise Refused("unknown-sheet", value=sheet, nearest=nearest_sheet(sheet))
    plain = _TEXTS.sub("''", query).strip().rstrip(";") if isinstance(query, str) else ""
    if not re.match(r"(?:select|with)\b", plain, re.IGNORECASE) or ";" in plain:
        raise Refused("query-no-select", sheet=sheet, value=sheet)
    for name in asked.bound(str(query)):
        if name not in asked.parameters:
            raise Refused("query-without-value", sheet=sheet, value=f":{name}")


def filled_address(url: str) -> str:
    """Return an address of a database with ``${NAME}`` taken from the environment.

    Raises:
        Refused: a password stands in it, where others can read it, or the environment has no
            such name.
    """
    found = _PASSWORD.search(url)
    if found is not None and not _NAME.fullmatch(found[1]):
        raise Refused("address-with-password", example="${NAME}")

    def filled(name: re.Match[str]) -> str:
        if name[1] not in os.environ:
            raise Refused("environment-missing", value=name[1])
        return quote_plus(os.environ[name[1]])

    return _NAME.sub(filled, url)
