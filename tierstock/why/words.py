"""Sentences of causes in both languages."""

from tierstock.inputs.messages import plural

TEXT: dict[str, dict[str, str]] = {
    "short": {
        "en": "{location} {product} {period}: {short} of {wanted} {unit} are short, each at "
        "{price}.",
        "zh": "{location} {product} {period}：需求 {wanted} {unit}，缺 {short}，"
        "每单位缺货损失 {price}。",
    },
    "served": {
        "en": "{location} {product} {period}: nothing is short; all {wanted} {unit} are served.",
        "zh": "{location} {product} {period}：不缺货，需求 {wanted} {unit} 全部满足。",
    },
    "dearer-plan": {
        "en": "{location} {product} {period}: {short} of {wanted} {unit} are short in this plan, "
        "but with the same trips, orders and lots all can be served, and the whole costs less. "
        "Search longer, or ask for a smaller gap.",
        "zh": "{location} {product} {period}：需求 {wanted} {unit}，本方案缺 {short}；但在车次、"
        "订单和批量不变时可全部满足，且总成本更低。请延长求解时间或减小目标差距。",
    },
    "not-wanted": {
        "en": "{location} {product} {period}: there is no demand.",
        "zh": "{location} {product} {period}：没有需求。",
    },
    "serving": {
        "en": "Serving it costs {serving} a unit, being short {price}.",
        "zh": "满足它每单位需 {serving}，而缺货每单位损失 {price}。",
    },
    "with-it": {
        "en": "With the change, serving it costs {serving} a unit; being short costs {price}.",
        "zh": "作此改动后，满足它每单位需 {serving}；缺货每单位损失 {price}。",
    },
    "goes-to": {
        "en": "What there is goes to {location} {product} instead, where a unit short costs "
        "{cost}.",
        "zh": "现有货物改供 {location} {product}，那里每缺一单位损失 {cost}。",
    },
    "place": {"en": "{sheet} row {row}", "zh": "{sheet} 第 {row} 行"},
    "no-row": {"en": "{sheet} (no row)", "zh": "{sheet}（无相应行）"},
    "raise": {
        "en": "{column} from {now} to {needed} serves it",
        "zh": "将“{column}”由 {now} 改为 {needed} 即可满足",
    },
    "set": {
        "en": "{column} of {needed} serves it",
        "zh": "“{column}”填 {needed} 即可满足",
    },
    "worth": {
        "en": "; one more unit of the limit is worth {worth}",
        "zh": "；上限每增加一个单位可节省 {worth}",
    },
    "lane": {
        "en": "lane {name} is full in {periods}",
        "zh": "线路 {name} 在 {periods} 已满",
    },
    "whole": {
        "en": "no row holds it back, but whole numbers do: it would take a further trip, lot, "
        "order or move.",
        "zh": "没有哪一行单独造成限制，而是整数约束：需再增加一个车次、批量、订单或一笔调拨。",
    },
    "least": {
        "en": "lane {name} is used only from a least shipment on ({periods})",
        "zh": "线路 {name} 须达到起运量才发运（{periods}）",
    },
    "capacity": {
        "en": "{name} {what} is full in {periods}",
        "zh": "{name} 的{what}能力在 {periods} 已满",
    },
    "fleet": {
        "en": "all trips of {name} are used in {periods}",
        "zh": "车型 {name} 的车次在 {periods} 已用完",
    },
    "fill": {
        "en": "trips of {name} have to be filled better in {periods}",
        "zh": "车型 {name} 在 {periods} 须达到最低装载率",
    },
    "supply": {
        "en": "no more of {product} can be had at {name} in {periods}",
        "zh": "{name} 在 {periods} 无法再采购 {product}",
    },
    "moq": {
        "en": "an order of {product} at {name} has a least quantity ({periods})",
        "zh": "{name} 采购 {product} 有起订量（{periods}）",
    },
    "recipe": {
        "en": "recipe {name} makes no more in {periods}",
        "zh": "配方 {name} 在 {periods} 无法再多产",
    },
    "resource": {
        "en": "{name} has no hours left in {periods}",
        "zh": "资源 {name} 在 {periods} 工时已用完",
    },
    "budget": {
        "en": "budget {name} is used up in {periods}",
        "zh": "预算 {name} 在 {periods} 已用完",
    },
    "moves": {
        "en": "no further transfer is allowed in {periods} ({name})",
        "zh": "{periods} 的调拨笔数已达上限（{name}）",
    },
    "donor": {
        "en": "{name} keeps {product} back when it sends ({periods})",
        "zh": "{name} 调出 {product} 后须保留最低库存（{periods}）",
    },
    "need": {
        "en": "transfers to {name} are for shortages only ({periods})",
        "zh": "仅缺货时才可调入 {name}（{periods}）",
    },
    "safety": {
        "en": "{name} has to keep its safety stock of {product} ({periods})",
        "zh": "{name} 必须保有 {product} 的安全库存（{periods}）",
    },
    "max": {
        "en": "{name} may not keep more of {product} ({periods})",
        "zh": "{name} 的 {product} 已达最高库存（{periods}）",
    },
    "own": {
        "en": "your own constraint {name} is at its limit",
        "zh": "自定义约束 {name} 已达界限",
    },
    "source": {
        "en": "the choice of sources holds ({name}, {periods})",
        "zh": "受货源规则限制（{name}，{periods}）",
    },
    "share": {
        "en": "the share of {name} in {product} is used up in {periods}",
        "zh": "{name} 的 {product} 配额在 {periods} 已用完",
    },
    "lead": {
        "en": "goods on lane {name} take {days} {days:day|days}; from now on they are there in "
        "{first}",
        "zh": "线路 {name} 运输需 {days} 天，最早 {first} 到货",
    },
    "supply lead": {
        "en": "{product} ordered at {name} takes {days} {days:day|days}",
        "zh": "{name} 采购 {product} 的备货期为 {days} 天",
    },
    "recipe lead": {
        "en": "recipe {name} takes {days} {days:day|days}",
        "zh": "配方 {name} 的生产周期为 {days} 天",
    },
    "transit": {
        "en": "open order {name} comes only in {first}",
        "zh": "在途单 {name} 要到 {first} 才到货",
    },
    "stock": {
        "en": "the stock of {product} at {name} is used up, and no more can come in time",
        "zh": "{name} 的 {product} 库存已用尽，且无法及时补充",
    },
    "nothing": {
        "en": "nothing of {product} comes into the network",
        "zh": "网络中没有 {product} 的来源",
    },
    "no-lane": {
        "en": "no lane leads {product} to {name}",
        "zh": "没有线路可把 {product} 运到 {name}",
    },
    "lane-goods": {
        "en": "the lane {name} does not carry {product}",
        "zh": "线路 {name} 不承运 {product}",
    },
    "lane-window": {
        "en": "the lane {name} is not active in time",
        "zh": "线路 {name} 届时未启用",
    },
    "closed": {"en": "{name} is closed", "zh": "{name} 已关闭"},
    "forbidden": {
        "en": "a rule forbids the transfer {name} of {product}",
        "zh": "规则不允许 {name} 调拨 {product}",
    },
    "source-forbidden": {
        "en": "a rule of sourcing forbids {name} for {product}",
        "zh": "货源规则不允许 {name} 供应 {product}",
    },
    "class-first": {
        "en": "class {other} comes before class {name}",
        "zh": "等级 {other} 先于等级 {name} 满足",
    },
    "class-dear": {
        "en": "class {other} costs more when it is short than class {name}",
        "zh": "等级 {other} 的缺货损失高于等级 {name}",
    },
    "too-dear": {
        "en": "serving it costs {serving} a unit, being short {price}",
        "zh": "满足它每单位需 {serving}，高于缺货损失 {price}",
    },
    "ship": {
        "en": "{number}: {units} {unit} of {product} from {origin} to {end}, {leaves} to {comes}.",
        "zh": "{number}：{product} {units} {unit}，{origin} → {end}，{leaves} 发运，{comes} 到达。",
    },
    "ship-lost": {
        "en": "{units} {unit} of demand would be lost or late, most of them at {name} in "
        "{periods}.",
        "zh": "将有 {units} {unit} 的需求缺货或延迟，主要在 {name}（{periods}）。",
    },
    "ship-fixed": {
        "en": "it is decided already",
        "zh": "该发运已经确定",
    },
    "ship-saving": {
        "en": "Left out, the plan costs {saving} more.",
        "zh": "若不执行，成本增加 {saving}。",
    },
    "ship-late": {
        "en": "What leaving it out costs could not be found in time.",
        "zh": "未能及时算出不执行的损失。",
    },
    "ship-needed": {
        "en": "Left out, no plan keeps all rules.",
        "zh": "若不执行，则没有方案能满足全部规则。",
    },
    "unknown-cell": {
        "en": "{word} is not in {where}.{hint}",
        "zh": "{where} 中没有 {word}。{hint}",
    },
    "nearest": {"en": " The nearest is {nearest}.", "zh": "最接近的是 {nearest}。"},
    "unknown-shipment": {
        "en": "There is no shipment {word} in this plan. Take a Plan No of plan.shipments.",
        "zh": "方案中没有发运 {word}。请使用 plan.shipments 中的计划号。",
    },
    "title": {"en": "Why", "zh": "原因"},
}
"""Texts by name and language."""

CAUSE = {
    "lane": "capacity",
    "least": "capacity",
    "capacity": "capacity",
    "fleet": "capacity",
    "fill": "capacity",
    "supply": "capacity",
    "moq": "capacity",
    "recipe": "capacity",
    "resource": "capacity",
    "moves": "capacity",
    "max": "capacity",
    "own": "capacity",
    "source": "capacity",
    "share": "capacity",
    "budget": "budget",
    "donor": "no stock",
    "need": "no stock",
    "safety": "no stock",
    "stock": "no stock",
    "nothing": "no stock",
    "lead": "lead time",
    "supply lead": "lead time",
    "recipe lead": "lead time",
    "transit": "lead time",
    "lane-window": "no route",
    "lane-goods": "no route",
    "no-lane": "no route",
    "closed": "no route",
    "forbidden": "no route",
    "source-forbidden": "no route",
    "class-first": "priority",
    "class-dear": "priority",
    "too-dear": "priority",
}
"""Which of the causes of the sheet Service each kind of sentence tells."""


def tell(word: str, language: str, /, **values: object) -> str:
    """Return a text in ``en`` or ``zh``, its fields filled."""
    return plural(TEXT[word][language], values).format(**values)
