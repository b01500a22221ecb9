"""What the plan says of causes: of shortages (Service.Cause) and of shipments (Reason)."""

from bisect import bisect_left, bisect_right
from itertools import accumulate

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.flows import World

CAUSES = ("no stock", "capacity", "lead time", "budget", "priority", "no route")
CAME = ("Received", "Purchased", "Produced", "Returned")
USES = {
    "demand": ("demand", "满足需求", ("Issued",)),
    "onward": ("onward shipments", "转发", ("Shipped",)),
    "production": ("production", "生产领用", ("Consumed",)),
    "waste": ("what is thrown away", "报废处置", ("Scrapped", "Disposed")),
}
"""Words in both languages and columns of Inventory."""
STOCK = ("stock at the end of the plan", "期末库存")
LATER = ("arrives after the horizon", "期后到货")
PLAIN = {"later": LATER[0], "stock": STOCK[0]}
"""What tables say that nobody has put into words yet."""
NEAR = 1e-9
"""Share by which two sums may differ and be one."""


def check_causes(world: World) -> None:
    """Check what is said of every shortage, and of every shipment."""
    _shortages(world)
    if "Reason" in world.plan.tables["Shipments"].texts:
        _reasons(world)


def _shortages(world: World) -> None:
    """A cause stands where something is short, and nowhere else; what it says has to be so."""
    plan, report = world.plan, world.report
    table = plan.tables["Service"]
    if "Cause" not in table.texts:
        return
    told, marked = table.column("Cause"), table.column("Stock Out")
    wanted, served = plan.floats("Service", "Demand"), plan.floats("Service", "On Time")
    fed = {(ship.lane[1], ship.product) for ship in plan.shipments}
    for i in plan.good["Service"]:
        key, cause = plan.key("Service", i), told[i]
        missing = wanted[i] - served[i] > 1e-6 * max(wanted[i], 1.0)
        if missing != bool(cause) or (cause and cause not in CAUSES):
            report.fail("causes", "Service", *key, f"Cause {cause or '–'}, Stock Out {marked[i]}")
        if cause == "no route":
            pair = (key[0], key[1])
            here = world.case.is_open(pair[0], plan.period(key[-1]))
            bought = sum(plan.purchases.get(pair, ()))
            if here and (pair in fed or bought > 0 or _made(world, pair) > 0):
                report.fail("causes", "Service", *key, "goods do come there")


def _made(world: World, pair: Pair) -> float:
    rows = world.plan.inventory.get(pair, [])
    made = world.plan.floats("Inventory", "Produced")
    return sum(made[i] for i in rows if i >= 0)


def _reasons(world: World) -> None:
    """What a shipment is for: what its place does with the goods, first in, first out."""
    plan, ids = world.plan, world.horizon.ids
    table = plan.tables["Shipments"]
    told, comes = table.column("Reason"), table.column("Arrive Period")
    chinese = any("：" in text or text in (STOCK[1], LATER[1]) for text in told)
    known: dict[tuple[Pair, int], str] = {}
    sums: dict[Pair, tuple[list[float], list[float], list[list[float]]]] = {}
    for i in plan.good["Shipments"]:
        key = plan.key("Shipments", i)
        pair, t = (key[1], key[3]), plan.period(comes[i]) if comes[i] else len(ids)
        if pair not in sums:
            sums[pair] = _sums(world, pair)
        if (pair, t) not in known:
            known[pair, t] = _reason(sums[pair], t, ids, int(chinese))
        if _in_words(told[i]) != known[pair, t]:
            plan.report.fail("causes", "Shipments", *key, f"{told[i]} ≠ {known[pair, t]}")


def _in_words(text: str) -> str:
    """Return a reason in words, where tables have its plain form, ``demand+onward: W1``."""
    codes, mark, run = text.partition(": ")
    if not mark or not set(codes.split("+")) <= set(USES):
        return PLAIN.get(text, text)
    return f"{' and '.join(USES[code][0] for code in codes.split('+'))}: {run}"


def _sums(world: World, pair: Pair) -> tuple[list[float], list[float], list[list[float]]]:
    """All that has come to a place by each period and been used, and each use by period."""
    plan = world.plan
    rows = plan.inventory.get(pair, [-1] * len(world.horizon))

    def of(*columns: str) -> list[float]:
        parts = [plan.floats("Inventory", column) for column in columns]
        return [sum(part[i] for part in parts) if i >= 0 else 0.0 for i in rows]

    came = of(*CAME)
    opening = of("Opening")
    came[0] += opening[0]
    uses = [of(*columns) for _, _, columns in USES.values()]
    used = [sum(one) for one in zip(*uses, strict=True)]
    return [opening[0], *accumulate(came)], list(accumulate(used)), uses


def _reason(
    sums: tuple[list[float], list[float], list[list[float]]], t: int, ids: list[str], side: int
) -> str:
    """Return the sentence of what comes to a place in a period."""
    came, used, uses = sums
    if t >= len(used):
        return LATER[side]
    start, end = came[t], came[t + 1]
    near = NEAR * max(end, 1.0)
    first = bisect_right(used, start + near)
    if first >= len(used):
        return STOCK[side]
    last = min(bisect_left(used, end - near), len(used) - 1)
    words = [
        str(texts[side])
        for texts, use in zip(USES.values(), uses, strict=True)
        if sum(use[first : last + 1]) > NEAR * max(sum(use), 1.0)
    ]
    run = str(ids[first]) if first == last else f"{ids[first]}–{ids[last]}"
    return f"{('、' if side else ' and ').join(words)}{'：' if side else ': '}{run}"
