"""Plan in, tables and workbook out."""

from tierstock.outputs.facts import RunFacts
from tierstock.outputs.tables import build_tables
from tierstock.outputs.workbook import write_draft, write_workbook

__all__ = ["RunFacts", "build_tables", "write_draft", "write_workbook"]
