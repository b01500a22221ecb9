"""What the audit found: one line per check, the worst deviation and where it is."""

from collections.abc import Callable
from dataclasses import dataclass

NAMES = {
    "keys": ("Rows complete, known and single", "行完整、可识别且不重复"),
    "numbers": ("Numbers finite, none negative, no formula", "数字有限、非负、无公式"),
    "balance": ("Stock identity of every row", "每行库存恒等式"),
    "chain": ("Closing stock is the next opening stock", "期末库存等于下期期初"),
    "opening": ("Opening stock without blocked stock", "期初库存不含冻结量"),
    "received": ("Receipts follow shipments and lead times", "收货符合发运与提前期"),
    "purchased": ("Purchases arrive after their lead time", "采购按备货期到货"),
    "shipped": ("Stock shipped matches the shipments", "库存发出等于发运计划"),
    "issued": ("Stock issued matches the service", "库存出库等于服务结果"),
    "moves": (
        "Production, returns and scrap follow their rules",
        "生产、退货与报废符合规则",
    ),
    "recipes": ("Recipes run where, when and as they may", "配方在允许的地点、期间和批量内运行"),
    "lines": ("Setups, hours and overtime of resources", "产线的换线、工时与加班"),
    "life": (
        "Nothing is used beyond its life, only what has expired is scrapped",
        "不使用过期品，只报废已过期品",
    ),
    "demand": ("Demand equals the input", "需求等于输入"),
    "service": ("Demand + owed = issued + lost + backlog", "需求+欠交=满足+失销+欠交余额"),
    "promise": ("Lost, waiting and must rules of the classes", "等级的失销、等待与必须规则"),
    "priorities": ("No class is short where a lower one is served", "低等级有货时高等级不缺"),
    "service targets": (
        "Service targets and fairness, and their figures",
        "服务目标与公平及其数字",
    ),
    "lanes": (
        "Lanes exist, open, in their window, on departure days",
        "线路存在、开放、在有效期且在发运日",
    ),
    "transfers": ("Transfers are permitted", "调拨已获允许"),
    "transfer terms": (
        "Donor cover, cooldown, shortage and moves of transfers",
        "调拨的保留量、禁回调期、缺货条件与笔数",
    ),
    "sourcing": ("Sources as the rules of sourcing say", "货源符合寻源规则"),
    "fixed plan": ("What is fixed or frozen stands", "既定与冻结的计划未变"),
    "places": (
        "Closed places issue nothing, places without stock are empty",
        "关闭地点不出库、不存货地点无库存",
    ),
    "sites": (
        "Closed locations rest, opening rules hold",
        "关闭地点无活动、开设规则成立",
    ),
    "lane limits": ("Minimum and maximum shipment of lanes", "线路起运量与上限"),
    "supply": ("Supply within its limits", "供应在上下限之内"),
    "lots": ("Least orders and whole lots", "起订量与整倍数"),
    "quotas": ("Quotas of supply", "供应配额"),
    "capacity": ("Storage, receipts and shipments within capacity", "仓储与收发不超能力"),
    "use": ("Capacity figures are right", "能力数字正确"),
    "trips": ("Trips whole, loads fit, fleet and fill kept", "车次为整、装得下、车队与装载率"),
    "fewest": ("No trip that costs money is spare", "无多余的付费车次"),
    "substitutes": ("Substitutes allowed, in ratio and rank", "替代合规、换算与次序正确"),
    "budgets": ("Budgets are kept", "预算成立"),
    "cash": (
        "Cash of companies carried forward, credit within its line",
        "公司资金逐期衔接、借款不超授信",
    ),
    "user rows": ("The planner's own constraints hold", "自定义约束成立"),
    "targets": ("Hard stock targets hold", "硬性库存目标成立"),
    "target figures": ("Target figures of the stock are right", "库存目标数字正确"),
    "costs": ("Every cost line recomputed", "逐行重算成本"),
    "terminal": ("Terminal rules and their cost", "期末规则及其费用"),
    "amounts": ("Money on the rows of the plan", "计划各行金额"),
    "total": ("Totals, objective and headline figures", "合计、目标值与主要指标"),
    "causes": ("Causes of shortages and of shipments", "缺货与发运的原因"),
    "hash": ("The input is the one that was planned", "输入与计划所用一致"),
    "stamp": ("The results are those that were audited", "结果与审计时一致"),
}
"""Checks in the order of the report: words in English and Chinese."""


@dataclass(frozen=True)
class Check:
    """The result of one check: the worst deviation, and where that is."""

    name: str
    passed: bool
    worst: float
    where: str


@dataclass(frozen=True)
class AuditResult:
    """The result of an audit: ``passed`` only where every check passed.

    ``stamped``: whether the results carry both hashes of an earlier audit; a draft does not.
    """

    passed: bool
    checks: tuple[Check, ...]
    input_hash: str
    plan_hash: str
    stamped: bool = False


class Report:
    """Collects deviations; a check passes until one is larger than the tolerance."""

    def __init__(self, tolerance: float) -> None:
        """Start with every check passed."""
        self.tolerance = tolerance
        self.worst = dict.fromkeys(NAMES, 0.0)
        self.failures = dict.fromkeys(NAMES, 0)
        self.where = dict.fromkeys(NAMES, "")
        self.near: dict[str, tuple[str, ...]] = {}
        """Where the worst deviation within the tolerance is."""

    def fail(self, check: str, *where: object, amount: float = 1.0) -> None:
        """Record a violation of a check at a place."""
        self.failures[check] += 1
        if self.failures[check] == 1 or amount > self.worst[check]:
            self.worst[check] = amount
            self.where[check] = " · ".join(str(part) for part in where if str(part))

    def equal(
        self, check: str, found: float, wanted: float, *where: object, terms: float = 0.0
    ) -> None:
        """Check |found - wanted| <= tolerance x max(1, |terms|)."""
        gap = abs(found - wanted)
        if gap > self.tolerance and gap > self.tolerance * max(abs(wanted), terms):
            self.fail(check, *where, f"{found:.10g} ≠ {wanted:.10g}", amount=gap)
        elif gap > self.worst[check] and not self.failures[check]:
            self.worst[check], self.near[check] = gap, tuple(map(str, where))

    def at_most(
        self, check: str, found: float, limit: float, *where: object, terms: float = 0.0
    ) -> None:
        """Check found <= limit + tolerance x max(1, |terms|)."""
        gap = found - limit
        if gap > self.tolerance and gap > self.tolerance * max(abs(limit), terms):
            self.fail(check, *where, f"{found:.10g} > {limit:.10g}", amount=gap)
        elif gap > self.worst[check] and not self.failures[check]:
            self.worst[check], self.near[check] = gap, tuple(map(str, where))

    def note(self, check: str, text: str) -> None:
        """Say something where a check passed."""
        if not self.failures[check]:
            self.where[check] = text

    def locate(self, place: Callable[[str, tuple[str, ...]], str]) -> None:
        """Say where the worst deviations are that passed, by a function of check and names."""
        for check, names in self.near.items():
            if not self.failures[check]:
                self.where[check] = place(check, names)

    def checks(self, language: str) -> tuple[Check, ...]:
        """Return one line per check, named in ``en`` or ``zh``."""
        side = 1 if language == "zh" else 0
        return tuple(
            Check(words[side], not self.failures[key], self.worst[key], self._place(key, side))
            for key, words in NAMES.items()
        )

    def _place(self, key: str, side: int) -> str:
        more = self.failures[key] - 1
        if more <= 0:
            return self.where[key]
        return self.where[key] + (f"（另有{more}处）" if side else f" (and {more} more)")
