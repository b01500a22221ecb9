"""Read, check and assemble an input: everything that was found, or a network."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tierstock.inputs.assemble import assemble
from tierstock.inputs.doors import Source
from tierstock.inputs.findings import Findings, InputError
from tierstock.inputs.network import Network
from tierstock.inputs.read import read_tables
from tierstock.inputs.tables import Tables


@dataclass(frozen=True)
class Inspection:
    """Everything that was read and found."""

    network: Network | None
    """The network; None where there is an error."""
    findings: Findings
    """All errors, warnings and notes, with their cells."""
    tables: Tables
    """The typed tables."""


def inspect(source: Source, settings: Mapping[str, str] | None = None) -> Inspection:
    """Read and check an input without stopping at faults.

    Args:
        source: workbook, folder of CSV files, or DataFrames by sheet name.
        settings: settings that beat those of the Settings sheet, by name in either language.
    """
    findings = Findings()
    tables = read_tables(source, findings, settings)
    network = assemble(tables, findings) if tables.sheets else None
    if network is None or findings.errors:
        return Inspection(None, findings, tables)
    where = source if isinstance(source, Mapping) else str(source)
    network = replace(network, source=where, findings=findings.frame())
    return Inspection(network, findings, tables)


def read(source: Source, *, settings: Mapping[str, str] | None = None) -> Network:
    """Return the network of an input.

    Args:
        source: workbook, folder of CSV files, or DataFrames by sheet name.
        settings: settings that beat those of the Settings sheet, by name in either language.

    Raises:
        InputError: the tables cannot be used; all findings are in it, not only the first.
    """
    seen = inspect(source, settings)
    if seen.network is None:
        raise InputError(seen.findings)
    return seen.network
