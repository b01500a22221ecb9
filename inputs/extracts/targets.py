"""What a source can be turned into: the sheets of the workbook, and two for reconciling only."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tierstock.inputs.reading.headings import find_column, find_sheet, is_chinese, key, nearest
from tierstock.inputs.schema import schema

EARLIER, MOVEMENTS = "EarlierStock", "Movements"
"""Sources that are not written: the stock before the movements, and the movements."""

ADDED: Mapping[str, tuple[str, ...]] = {
    "OpeningStock": ("quantity", "blocked"),
    "InTransit": ("quantity",),
    "Demand": ("quantity",),
    "History": ("sales",),
    EARLIER: ("quantity",),
    MOVEMENTS: ("quantity",),
}
"""Measures that are converted to base units, added up and balanced, by target."""

_OWN = {
    EARLIER: ("上期库存", "Earlier Stock", "Previous Stock", "期初结存", "上期结存"),
    MOVEMENTS: ("出入库流水", "Movement", "Stock Movements", "库存流水", "物料凭证"),
}


@dataclass(frozen=True)
class TargetColumn:
    """A column a source may fill."""

    field: str
    """Name inside the program."""
    name: str
    zh: str
    type: str
    """text, number, integer, flag, date or choice; a selector is text here."""
    required: bool = False
    refers_to: str = ""
    """Sheet whose codes stand here."""
    choices: tuple[str, ...] = ()
    open_choices: bool = False
    """Whether further words of one's own are allowed."""
    work: bool = False
    """Whether it only helps the import and is not written."""
    unit: str = ""
    """Unit of a number, in English words."""

    def heading(self, language: str) -> str:
        """Return its heading in ``en`` or ``zh``."""
        return self.zh if language == "zh" else self.name


_WORK = (
    TargetColumn("document", "Document", "单据号", "text", work=True),
    TargetColumn("line", "Line", "行号", "text", work=True),
    TargetColumn("bin", "Bin", "货位", "text", work=True),
    TargetColumn("movement", "Movement Type", "移动类型", "text", work=True),
    TargetColumn("moved", "Posting Date", "过账日期", "date", work=True),
    TargetColumn("received", "Received", "已收数量", "number", work=True, unit="unit"),
)
"""Columns that every target takes besides its own."""

_ALIASES = {
    "document": ("Document No", "Voucher", "单号", "凭证号", "出入库单号"),
    "line": ("Line No", "Position", "行项目"),
    "bin": ("Storage Bin", "库位", "储位"),
    "movement": ("Type", "Transaction Type", "单据类型", "业务类型"),
    "moved": ("Date", "日期", "Transaction Date"),
    "received": ("Received Quantity", "Quantity Received", "已入库数量", "已交数量"),
}


@dataclass(frozen=True)
class Target:
    """A sheet of the workbook, or stock and movements to reconcile with."""

    name: str
    zh: str
    columns: tuple[TargetColumn, ...]
    key: tuple[str, ...]
    """Fields that name a row."""

    @property
    def written(self) -> bool:
        """Whether the workbook has such a sheet."""
        return self.name not in _OWN

    @property
    def added(self) -> tuple[str, ...]:
        """Fields of the measures that are added up."""
        return ADDED.get(self.name, ())

    def column(self, field: str) -> TargetColumn:
        """Return a column by its field."""
        return next(one for one in self.columns if one.field == field)

    def heading(self, language: str) -> str:
        """Return its name in ``en`` or ``zh``."""
        return self.zh if language == "zh" else self.name

    def find(self, heading: str) -> TargetColumn | None:
        """Return the column a heading stands for, in either language or by an alias."""
        sheet = _sheet_behind(self.name)
        wanted = key(heading)
        exact = [one for one in self.columns if wanted in (key(one.name), key(one.zh))]
        if exact:
            return exact[0]
        match = find_column(sheet, heading)
        if match is not None:
            return next((one for one in self.columns if one.field == match.column.field), None)
        return next(
            (
                one
                for one in self.columns
                if one.work and wanted in map(key, _ALIASES.get(one.field, ()))
            ),
            None,
        )

    def nearest(self, heading: str) -> str:
        """Return the heading most like a wrong one, in its language; blank where none is."""
        names = [name for one in self.columns for name in (one.name, one.zh)]
        found = nearest(heading, names)
        column = self.find(found) if found else None
        return column.heading("zh" if is_chinese(heading) else "en") if column else ""


def _sheet_behind(name: str) -> str:
    return "OpeningStock" if name in _OWN else name


@cache
def target(name: str) -> Target:
    """Return a target by its English name.

    Raises:
        KeyError: there is none.
    """
    sheet = schema().sheet(_sheet_behind(name))
    keyed = {sheet.column(one).field for one in sheet.key}
    own = tuple(
        TargetColumn(
            one.field,
            one.name,
            one.zh,
            "text" if one.type == "selector" else one.type,
            one.required,
            one.refers_to if name in ADDED or one.type == "text" else "",
            one.choices,
            one.open_choices,
            unit=one.unit,
        )
        for one in sheet.columns
    )
    taken = {key(word) for one in own for word in (one.name, one.zh)}
    work = tuple(one for one in _WORK if not {key(one.name), key(one.zh)} & taken)
    zh = _OWN[name][0] if name in _OWN else sheet.zh
    return Target(name, zh, own + work, tuple(one.field for one in own if one.field in keyed))


def find_target(title: str) -> Target | None:
    """Return the target a name stands for, in either language; None where it is unknown."""
    for name, words in _OWN.items():
        if key(title) in map(key, (name, *words)):
            return target(name)
    match = find_sheet(title)
    if match is None or match.copy or match.sheet.name == "Settings":
        return None
    return target(match.sheet.name)


def nearest_target(title: str) -> str:
    """Return the target most like a wrong name, in its language; blank where none is."""
    names = [word for name, words in _OWN.items() for word in (name, words[0])]
    names += [name for sheet in schema().inputs for name in (sheet.name, sheet.zh)]
    return nearest(title, names)
