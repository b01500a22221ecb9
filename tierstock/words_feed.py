"""What ``feed`` says."""

TEXT: dict[str, dict[str, str]] = {
    "fed": {
        "en": "Rows of stock at {at}: {rows:,}, in {path}. Movements read: {read:,}, counted: "
        "{counted:,}, repeated: {repeated:,}, later: {after:,}, before the former snapshot: "
        "{before:,}.",
        "zh": "{at} 的库存共 {rows:,} 行：{path}。读取变动 {read:,} 条，计入 {counted:,} 条，"
        "重复 {repeated:,} 条，晚于时点 {after:,} 条，早于先前快照 {before:,} 条。",
    },
    "fed-replaced": {
        "en": "Rows of OpeningStock that stood in the workbook and are replaced: {count:,}.",
        "zh": "工作簿中原有的期初库存已被替换：{count:,} 行。",
    },
    "moment-years": {
        "en": '"{text}": write a moment from {first} to {last}.',
        "zh": "“{text}”：请写 {first} 年至 {last} 年之间的时刻。",
    },
    "bad-moment": {
        "en": '"{text}": write a day or moment with its zone, such as 2026-02-01T00:00+08:00, or '
        "name the zone with --zone.",
        "zh": "“{text}”：请写带时区的日期或时刻，如 2026-02-01T00:00+08:00；或用 --zone 指明时区。",
    },
    "bad-zone": {
        "en": 'Zone "{zone}" cannot be used for "{text}". Write a name such as Asia/Shanghai or '
        "an offset such as +08:00; at a change of clocks state the offset.",
        "zh": "时区“{zone}”不能用于“{text}”。请写名称（如 Asia/Shanghai）或偏移（如 +08:00）；"
        "逢时钟调整请写偏移。",
    },
}
