"""Whether the settings say what to optimise, and whether there is something to count (C.4)."""

from typing import Any

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.findings import Both
from tierstock.inputs.network import Network
from tierstock.inputs.reading.headings import find_setting
from tierstock.inputs.settings import COMMAND, level_word

MAX_MIN = Both(
    "no ServiceTargets row has Fairness max-min with a group to compare.",
    "服务目标中没有可比较成员的“最大最小”公平。",
)

NO_CARBON = Both("no lane, vehicle or site states Carbon.", "线路、车型与选址均未填写碳排。")


def check_objective(network: Network, ground: Ground) -> None:
    """Levels are named where they are asked for, and each of them counts something."""
    settings, findings = network.settings, ground.findings
    levels = settings.objective_levels
    if settings.objective != "lexicographic":
        if levels:
            text = ", ".join(levels)
            findings.add("levels-unused", **_place(ground, "objective_levels"), value=text)
        return
    if not levels:
        findings.add("levels-missing", **_place(ground, "objective"))
    fair = network.service is not None and "max-min" in network.service.fairness.kind.tolist()
    for level, known, cure in (
        ("fairness", fair, MAX_MIN),
        ("carbon", network.carbon is not None, NO_CARBON),
    ):
        if level in levels and not known:
            name = Both(level, level_word(level, "zh"))
            place = _place(ground, "objective_levels")
            findings.add("level-without-data", **place, level=name, cure=cure)


def _place(ground: Ground, name: str) -> dict[str, Any]:
    """Where a setting is stated: its cell, else the option that gave it."""
    table = ground.tables.table("Settings")
    for index, stated in enumerate(table.frame["setting"]):
        setting = find_setting(stated) if stated else None
        if setting is not None and setting.name == name:
            return {"table": table, "index": index, "field": "value"}
    return {"sheet": f"{COMMAND} {name}"}
