"""Workbook, CSV folder or DataFrames in, ``Network`` out."""

from tierstock.inputs.findings import Finding, Findings, InputError
from tierstock.inputs.fingerprint import fingerprint
from tierstock.inputs.inspection import Inspection, inspect, read
from tierstock.inputs.network import Network
from tierstock.inputs.settings import Settings
from tierstock.inputs.tables import Table, Tables

__all__ = [
    "Finding",
    "Findings",
    "InputError",
    "Inspection",
    "Network",
    "Settings",
    "Table",
    "Tables",
    "fingerprint",
    "inspect",
    "read",
]
