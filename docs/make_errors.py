"""Writes docs/errors.md and docs/errors.zh.md from the messages.

Run ``python docs/make_errors.py`` after a change of ``inputs/messages.csv``; a test compares the
files. Cause and remedy are the sentences of the message itself: the remedy begins where it tells
the planner to do something.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from tierstock.inputs.messages import messages, phrase

NAMES = {"en": "errors.md", "zh": "errors.zh.md"}
"""File of each language."""
SEVERITIES = ("error", "warning", "info")

_WORDS = {
    "title": ("What the check says", "检查信息一览"),
    "made": (
        "Made from the messages by `python docs/make_errors.py`; do not edit by hand.",
        "由 `python docs/make_errors.py` 根据信息文本生成，请勿手工修改。",
    ),
    "about": (
        "`tierstock check network.xlsx` finds everything at once. Each finding names its cell, "
        "what is wrong and what to do; its code, the same in both languages, stands in `--json`. "
        "Many findings of one kind in one column are told together: the first cells by name, the "
        "rest as a number. Warnings that need the whole network are told once no error is left. "
        "‹Words in brackets› are filled in.",
        "`tierstock check network.xlsx` 一次找出全部问题。每条信息都指明单元格、问题和处理办法；"
        "代码在两种语言中相同，见 `--json`。同一列中的多处同类问题合并为一条：列出前几个单元格，"
        "其余计数。需要看整个网络的警告在没有错误之后给出。‹括号中的词›按实际情况填写。",
    ),
    "error": ("Errors: no plan is made", "错误：不生成计划"),
    "warning": ("Warnings: look at them, a plan is possible", "警告：请查看，仍可计划"),
    "info": ("Notes: how something was read", "提示：数据是如何读取的"),
    "code": ("Code", "代码"),
    "cause": ("What it means", "含义与原因"),
    "remedy": ("What to do", "处理办法"),
    "example": ("Example", "示例"),
    "none_error": ("Correct what the message names.", "请更正信息所指之处。"),
    "none_warning": (
        "Look at the cell; where it is meant so, leave it.",
        "请查看该单元格；如确系本意可不改。",
    ),
    "none_info": ("Nothing.", "无需处理。"),
}
_DOES = re.compile(
    r"\[?\s*(?:Add|Change|Check|Choose|Close|Copy|Correct|Delete|Enter|Fill|For one row|Format|"
    r"Give|If |Install|Keep|Leave|Look|Lower|Make|Mend|Name|Open|Paste|Plan in|Put|Raise|Remove|"
    r"Rename|Save|See|Set|Shorten|Show|State|Turn|Type|Unmerge|Use|Write|\{cure\})"
)
_EXAMPLES: Mapping[str, tuple[str, str]] = {
    "above": ("520", "520"),
    "allowed": ("store, RDC, CDC", "门店, 区域仓, 中心仓"),
    "amount": ("1200", "1200"),
    "below": ("40", "40"),
    "bucket": ("week", "周"),
    "budget": ("Capital East", "华东资金"),
    "called": ("weeks", "周"),
    "cell_of": ("Vehicles!B3", "车型!B3"),
    "channel": ("web", "电商"),
    "column": ("Quantity", "数量"),
    "columns": ("16384", "16384"),
    "company": ("Alpha", "甲公司"),
    "count": ("3", "3"),
    "cure": ("Leave it blank.", "请留空。"),
    "date": ("2026-01-05", "2026-01-05"),
    "day": ("2026-01-11", "2026-01-11"),
    "days": ("7", "7"),
    "default": ("0", "0"),
    "destination": ("supplier", "供应商"),
    "command": ("tierstock convert", "tierstock convert"),
    "component": ("P02", "P02"),
    "detail": ("unexpected end", "意外结束"),
    "example": ("${DB_PASSWORD}", "${DB_PASSWORD}"),
    "further": ("2", "2"),
    "hours": ("9", "9"),
    "keys": ("Product", "产品"),
    "move": ("S01→S02 P01", "S01→S02 P01"),
    "path": ("network.xlsx", "network.xlsx"),
    "percent": ("98%", "98%"),
    "read": ("DC1", "DC1"),
    "recipe": ("MIX", "MIX"),
    "recipes": ("MIX, SPLIT", "MIX, SPLIT"),
    "resource": ("LINE1", "LINE1"),
    "rows": ("1048576", "1048576"),
    "rule": ("cover", "可用天数"),
    "share": ("0.98", "0.98"),
    "size": ("80 MB", "80 MB"),
    "units": ("60", "60"),
    "vehicle": ("van", "厢车"),
    "wanted": ("Write one number alone.", "请只填写一个数字。"),
    "what": ("This sheet", "该工作表"),
    "which": ("the first period", "首期"),
    "zone": ("chilled", "冷藏"),
    "zones": ("ambient", "常温"),
    "end": ("2026-W14", "2026-W14"),
    "expected": ("day, week, month", "天, 周, 月"),
    "factor": ("1,000", "1,000"),
    "first": ("2026-W03", "2026-W03"),
    "group": ("East", "华东"),
    "have": ("9", "9"),
    "higher": ("gold", "金牌"),
    "kind": ("location", "地点"),
    "label": ("S01", "S01"),
    "lane": ("DC1→S01", "DC1→S01"),
    "lanes": ("S01→S02, S02→S01", "S01→S02, S02→S01"),
    "last": ("2026-W08", "2026-W08"),
    "letter": ("O", "O"),
    "level": ("service", "服务"),
    "limit": ("900", "900"),
    "location": ("DC1", "DC1"),
    "lower": ("silver", "银牌"),
    "meant": ("Lead Time", "提前期"),
    "most": ("500", "500"),
    "nearest": ("12.50", "12.50"),
    "one": ("2026-01-02", "2026-01-02"),
    "origin": ("store", "门店"),
    "other": ("C14", "C14"),
    "other_cell": ("A7", "A7"),
    "other_row": ("14", "14"),
    "over": ("300", "300"),
    "period": ("2026-W05", "2026-W05"),
    "product": ("P01", "P01"),
    "quantity": ("40", "40"),
    "row": ("17", "17"),
    "setting": ("bucket", "期间长度"),
    "source": ("SUP1", "SUP1"),
    "start": ("2026-01-05", "2026-01-05"),
    "stated": ("12", "12"),
    "total": ("1.2", "1.2"),
    "unit": ("units", "件"),
    "usual": ("12", "12"),
    "value": ("12,5O", "12,5O"),
    "where": ("Locations", "地点"),
    "word": ("East", "华东"),
}
"""What may stand in the places of a message; others are shown as ‹name›."""
_TYPICAL: Mapping[str, str] = {
    "ambiguous-date": "01/02/2026",
    "ambiguous-sheet": "运输线路",
    "bad-choice": "shopp",
    "bad-flag": "maybe",
    "code-as-number": "4711",
    "code-lost-digits": "12345678901234567",
    "date-in-code": "2026-03-01",
    "decimal-comma": "12,5",
    "negative-number": "-4",
    "not-a-date": "2026/13/01",
    "not-a-number": "tbd",
    "number-too-large": "1e+20",
    "number-too-small": "1e-10",
    "ratio-above-one": "98",
    "unit-slip": "12000",
    "unknown-reference": "S0I",
    "unknown-selector": "Tier=stroe",
}
"""What stands in the cell in the example of some codes; elsewhere a number."""


def _word(name: str, language: str) -> str:
    return _WORDS[name][language == "zh"]


def _shown(text: str) -> str:
    """Return a message as a pattern: its places as ‹name›, the optional pieces as they are."""
    text = re.sub(r"\{\w+:([^{}|]*)\|([^{}|]*)\}", r"\2", text)
    return re.sub(r"\{(\w+)\}", r"‹\1›", re.sub(r"[\[\]]", "", text)).strip()


def parts(code: str, language: str) -> tuple[str, str]:
    """Return cause and remedy of a message, as patterns; the remedy may be blank."""
    text = getattr(messages()[code], language)
    if language == "zh":
        sentences = re.findall(r"[^。]+。?\]?", text)
        begins = next((at for at, one in enumerate(sentences) if at and "请" in one), None)
    else:
        sentences = re.split(r"(?<=[.?!])(?<!e\.g\.)\s+", text)
        begins = next((at for at, one in enumerate(sentences) if at and _DOES.match(one)), None)
    gap = "" if language == "zh" else " "
    if begins is None:
        cut = max(text.rfind("，请"), text.rfind("；请")) if language == "zh" else -1
        return (
            (_shown(text[:cut] + "。"), _shown(text[cut + 1 :])) if cut > 0 else (_shown(text), "")
        )
    return _shown(gap.join(sentences[:begins])), _shown(gap.join(sentences[begins:]))


def example(code: str, language: str) -> str:
    """Return a message with something typical in its places."""
    text = messages()[code].en + messages()[code].zh
    names = set(re.findall(r"\{(\w+)[:}]", text))
    values = {
        name: _EXAMPLES[name][language == "zh"] if name in _EXAMPLES else f"‹{name}›"
        for name in names
    }
    values |= {"other": "2026-02-01"} if code == "ambiguous-date" else {}
    values |= {"value": _TYPICAL.get(code, "12")} if "value" in names else {}
    if "nearest" in names and code not in ("letter-in-number", "decimal-comma"):
        values["nearest"] = ""
    return phrase(code, language, values)


def render(language: str) -> str:
    """Return the reference of all messages in ``en`` or ``zh`` as Markdown."""
    lines = [f"# {_word('title', language)}", "", _word("made", language), ""]
    lines += [_word("about", language), ""]
    for severity in SEVERITIES:
        codes = [code for code, message in messages().items() if message.severity == severity]
        lines += [f"## {_word(severity, language)}", ""]
        heads = [_word(name, language) for name in ("code", "cause", "remedy", "example")]
        lines += ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
        for code in codes:
            cause, remedy = parts(code, language)
            remedy = remedy or _word(f"none_{severity}", language)
            said = example(code, language) if "‹" in cause + remedy else "–"
            cells = (f'<a id="{code}"></a>`{code}`', cause, remedy, said)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    for language, name in NAMES.items():
        (Path(__file__).parent / name).write_text(render(language), encoding="utf-8", newline="\n")
