"""An input made fit to be shown: codes for names, amounts times secret factors."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tierstock.inputs.findings import Findings
from tierstock.inputs.masking.codes import Codes
from tierstock.inputs.masking.geography import distances_count, turned, without
from tierstock.inputs.masking.scales import Scales, drawn, scaled
from tierstock.inputs.masking.words import Words, names_in
from tierstock.inputs.reading.door import Source
from tierstock.inputs.reading.read import read_tables
from tierstock.inputs.tables import Tables
from tierstock.inputs.writing.from_tables import tab_of, wide_periods
from tierstock.inputs.writing.tabs import Tab

KEY = {"kind": ("Kind", "类别"), "name": ("Name", "名称"), "code": ("Code", "代码")}
FACTORS = ("goods", "price", "money")
FACTOR = ("factor", "系数")


@dataclass(frozen=True)
class Masked:
    """An input fit to be shown, and what translates it back."""

    tabs: list[Tab]
    names: Mapping[str, Mapping[str, str]]
    """Code by kind and name."""
    scales: Scales
    turned: bool
    """Whether coordinates are kept, on a globe turned at random."""
    baseline: bool
    """Whether the setting that names a previous plan was left out."""

    def key(self, language: str) -> Tab:
        """Return the key: every name with its code, and the factors."""
        head: list[object] = [pair[language == "zh"] for pair in KEY.values()]
        rows: list[list[object]] = [head]
        for kind, some in self.names.items():
            rows += [[kind, name, code] for name, code in some.items()]
        for name in FACTORS:
            rows.append([FACTOR[language == "zh"], name, self.scales.of(name)])
        return Tab("key", rows)


def masked(source: Source, findings: Findings, random: Random, language: str = "") -> Masked | None:
    """Return an input with other names and other amounts, and the same plan.

    Args:
        source: anything that can be read; what its sheets say of each other is not checked, so
            that an input with such faults can be shown too.
        findings: takes cells that cannot be read.
        random: draws the factors; the same gives the same.
        language: ``en`` or ``zh`` of headings and words; blank = that of the input.

    Returns:
        None where there are errors among the findings.
    """
    tables = read_tables(source, findings, checked=False)
    if findings.errors or not tables.sheets:
        return None
    scales, codes = drawn(random), Codes(names_in(tables))
    words, far = Words(tables, codes, scales), distances_count(tables)
    tabs = []
    for name, read in tables.sheets.items():
        table = words.masked(scaled(read, scales))
        if name == "Locations":
            table = turned(table, random) if far else without(table)
        if len(table) or name != "Settings":
            tabs.append(tab_of(table, language or tables.language, wide_periods(table)))
    baseline = bool(tables.settings.previous_plan)
    return Masked(tabs, codes.given, scales, far and _placed(tables), baseline)


def _placed(tables: Tables) -> bool:
    return bool(tables.table("Locations").frame["latitude"].notna().any())
