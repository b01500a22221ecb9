"""Workbook, CSV folder or DataFrames in, ``Network`` out.

The way of the data: ``reading`` (files to typed tables with cell addresses) -> ``assembly``
(tables to arrays, with the selectors of ``selecting``) -> ``checking`` (what needs the whole
network) -> ``network`` (the frozen result). ``schema`` states every sheet and column once;
``messages.csv`` holds the words of every finding; ``templates`` and ``samples`` are made from the
schema. ``inspection`` is the walk through all of it; ``rules`` says which row set which value.
"""

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
