"""Read, check and assemble an input: everything that was found, or a network."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

import pandas as pd

from tierstock.inputs.assembly.assemble import assemble
from tierstock.inputs.findings import Findings, InputError
from tierstock.inputs.knock_on import without_knock_on
from tierstock.inputs.network import Network
from tierstock.inputs.reading.door import Source, located
from tierstock.inputs.reading.folder_door import ENDINGS
from tierstock.inputs.reading.read import read_tables
from tierstock.inputs.reading.sql_door import LOG, is_sqlite
from tierstock.inputs.reading.steady import steady
from tierstock.inputs.reading.undisturbed import undisturbed
from tierstock.inputs.reading.xml_scan import Refused
from tierstock.inputs.tables import Tables
from tierstock.inputs.writing.scratch import scratch
from tierstock.inputs.writing.snapshot import is_indirect, snapshot


@dataclass(frozen=True)
class Inspection:
    """Everything that was read and found."""

    network: Network | None
    """The network; None where there is an error."""
    findings: Findings
    """All errors, warnings and notes, with their cells."""
    tables: Tables
    """The typed tables."""


@steady
@undisturbed()
def inspect(source: Source, settings: Mapping[str, str] | None = None) -> Inspection:
    """Read and check an input without stopping at faults.

    Args:
        source: path of a workbook, folder or database, address of a database, or DataFrames by
            sheet name.
        settings: settings that beat those of the Settings sheet, by name in either language.
    """
    findings = Findings()
    if isinstance(source, Mapping):
        where: str | Mapping[str, pd.DataFrame] = {
            str(name): frame.copy(deep=False) for name, frame in source.items()
        }
        digest = ""
    else:
        place = located(source)
        where = place if isinstance(place, str) else str(place.absolute())
        digest = content_hash(source)
    tables = read_tables(source, findings, settings)
    network = assemble(tables, findings) if tables.sheets else None
    findings = without_knock_on(findings)
    if network is None or findings.errors:
        return Inspection(None, findings, tables)
    told = findings.frame()
    network = replace(network, source=where, input_hash=digest, findings=told)
    return Inspection(network, findings, tables)


def read(source: Source, *, settings: Mapping[str, str] | None = None) -> Network:
    """Return the network of an input.

    Args:
        source: path of a workbook, folder or database, address of a database, or DataFrames by
            sheet name.
        settings: settings that beat those of the Settings sheet, by name in either language.

    Raises:
        InputError: the tables cannot be used; all findings are in it, not only the first.
    """
    seen = inspect(source, settings)
    if seen.network is None:
        raise InputError(seen.findings)
    return seen.network


def content_hash(source: str | PathLike[str]) -> str:
    """Return sha256 of a file, or of the tables in a folder by name; blank where unreadable.

    The audit computes the same from the input alone. What it can read through a snapshot only
    (see :func:`tierstock.inputs.writing.snapshot.is_indirect`) has the hash of the snapshot.
    """
    digest = hashlib.sha256()
    try:
        if is_indirect(source):
            with scratch() as folder:
                return content_hash(snapshot(source, folder / "input"))
        path = Path(located(source))
        if path.is_file():
            log = path.with_name(f"{path.name}{LOG}")
            if log.is_file() and is_sqlite(path):
                digest.update(log.read_bytes())
            digest.update(path.read_bytes())
            return digest.hexdigest()
        files = [file for file in path.iterdir() if file.suffix.lower() in ENDINGS]
        for file in sorted(filter(Path.is_file, files), key=lambda file: file.name):
            digest.update(file.name.encode("utf-8"))
            digest.update(file.read_bytes())
    except (OSError, Refused):
        return ""
    return digest.hexdigest()
