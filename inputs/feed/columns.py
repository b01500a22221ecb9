"""The columns of a table of movements, and the words of their types, in both languages."""

from typing import NamedTuple

from tierstock.inputs.findings import Both
from tierstock.inputs.reading.headings import key, nearest
from tierstock.inputs.schema import fold

TABLE = "Movements"
"""Name of the table or view of a database that is read unless another is asked for."""


class Field(NamedTuple):
    """A column of movements."""

    name: str
    en: str
    zh: str
    aliases: tuple[str, ...] = ()
    required: bool = False

    @property
    def both(self) -> Both:
        """Its heading in both languages."""
        return Both(self.en, self.zh)


FIELDS = (
    Field("event", "Event", "事件号", ("Event ID", "Movement", "Movement ID", "流水号"), True),
    Field("time", "Time", "时间", ("Event Time", "Timestamp", "发生时间", "操作时间"), True),
    Field("location", "Location", "地点", ("Site", "Warehouse", "From", "仓库", "起点"), True),
    Field("product", "Product", "产品", ("SKU", "Item", "Material", "物料", "商品"), True),
    Field("quantity", "Quantity", "数量", ("Qty", "件数"), True),
    Field("type", "Type", "类型", ("Movement Type", "Event Type", "业务类型")),
    Field("to", "To", "终点", ("Destination", "To Location", "调入地点")),
    Field("lot", "Lot", "批次", ("Batch", "批号")),
    Field("expiry", "Expiry Date", "有效期至", ("Expiry", "Best Before", "到期日", "失效日期")),
    Field("unit", "Unit", "单位", ("UoM",)),
    Field("source", "Source", "来源", ("System", "系统")),
    Field("note", "Note", "备注", ("Remark", "说明")),
)
"""Columns of a table of movements."""

FORMER = (
    Field("location", "Location", "地点", ("Site", "Warehouse", "仓库"), True),
    Field("product", "Product", "产品", ("SKU", "Item", "Material", "物料", "商品"), True),
    Field("quantity", "Quantity", "数量", ("Qty", "件数"), True),
    Field("unit", "Unit", "单位"),
    Field("expiry", "Expiry Date", "有效期至", ("Best Before", "到期日", "失效日期")),
    Field("lot", "Lot", "批次", ("Batch", "批号")),
    Field("time", "#As Of", "#时点"),
    Field("note", "Note", "备注"),
)
"""Columns of a former snapshot."""

IN, OUT, MOVE, TRANSFER, COUNT = range(5)
KINDS = {
    IN: ("in", "入库", "receipt", "receive", "received", "收货", "采购入库"),
    OUT: ("out", "出库", "issue", "issued", "ship", "shipped", "发货", "销售出库"),
    MOVE: ("move", "变动", "adjust", "adjustment", "调整", "signed"),
    TRANSFER: ("transfer", "调拨", "移库"),
    COUNT: ("count", "盘点", "stocktake", "stock-take", "stock take", "盘存"),
}
"""Words of a type: in and out take a quantity of zero or more, move a signed one."""


def field_of(heading: str, fields: tuple[Field, ...]) -> Field | None:
    """Return the column a heading stands for; None where it is unknown."""
    wanted = key(heading)
    spelled = {key(name): one for one in fields for name in one.aliases}
    spelled |= {key(name): one for one in fields for name in (one.en, one.zh)}
    spelled |= {key(f"{one.en} {one.zh}"): one for one in fields}
    return spelled.get(wanted)


def nearest_heading(field: Field, headings: list[str]) -> str:
    """Return the heading most like a column that is missing; blank where none is."""
    for name in (field.en, field.zh, *field.aliases):
        if found := nearest(name, headings):
            return found
    return ""


def kind_of(word: str) -> int | None:
    """Return the type a word stands for, a signed move where blank; None where unknown."""
    wanted = fold(word)
    if not wanted:
        return MOVE
    return next((kind for kind, words in KINDS.items() if wanted in map(fold, words)), None)


def kind_words() -> Both:
    """Return the words a type may have, in both languages."""
    return Both(
        ", ".join(words[0] for words in KINDS.values()), "、".join(w[1] for w in KINDS.values())
    )
