"""What ``orders`` says."""

TEXT: dict[str, dict[str, str]] = {
    "orders-written": {
        "en": "{orders:,} orders with {lines:,} lines are in {path}.",
        "zh": "{orders:,} 张订单（{lines:,} 行）已写入 {path}。",
    },
    "orders-parts": {
        "en": "{count:,} lines are not whole units. Where units cannot be parted, write 1 (or "
        "case) in Order Multiple of Lanes and Supply, and plan again.",
        "zh": "{count:,} 行不是整件。若不可拆分，请在“运输线路”和“供应能力”的订货倍数列"
        "填 1（或箱），再重新计划。",
    },
    "orders-no-plan": {
        "en": "{path} is no results workbook of tierstock plan.",
        "zh": "{path} 不是 tierstock plan 的结果工作簿。",
    },
    "orders-no-day": {
        "en": "--until {value} is no day. Write it like 2026-02-01.",
        "zh": "--until {value} 不是日期，请写成 2026-02-01。",
    },
    "orders-not-ours": {
        "en": "{path} holds something else than orders and is left alone. Name another folder.",
        "zh": "{path} 中有订单以外的内容，未作改动。请另指定文件夹。",
    },
}
