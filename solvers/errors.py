"""What can go wrong before or in a solve, and the words that say so."""

from typing import Any

TEXT: dict[str, dict[str, str]] = {
    "not-a-number": {
        "en": "{where}: {what} is not a number ({value}). Check the data behind it.",
        "zh": "{where}：{what}不是有效数字（{value}）。请检查其数据来源。",
    },
    "out-of-range": {
        "en": "{where}: {what} {value} is outside {low} to {high}; "
        "the answer would not be exact. Use larger or smaller units, or a real limit.",
        "zh": "{where}：{what} {value} 超出 {low} 至 {high}，结果将不精确。"
        "请换用更大或更小的单位，或填写真实的上限。",
    },
    "spread": {
        "en": "{where}: its coefficients reach from {low} to {high}; "
        "the answer would not be exact. Use units of like size.",
        "zh": "{where}：系数从 {low} 到 {high}，跨度过大，结果将不精确。请使用大小相近的单位。",
    },
    "not-linear": {
        "en": "{where} is not linear. Write it as a sum of numbers times variables.",
        "zh": "{where} 不是线性的。请写成“数字乘变量”之和。",
    },
    "kind-of-rule": {
        "en": "The model holds {where}, of the kind {value}, which the solver does not know. "
        "Write it with ordinary variables and linear rows, or deactivate it.",
        "zh": "模型含有 {where}（类型 {value}），求解器无法处理。"
        "请改写为普通变量与线性约束，或将其停用。",
    },
    "kind-of-variable": {
        "en": "{where} takes its values from {value}, which the solver does not know. "
        "Use real, whole or yes/no numbers.",
        "zh": "{where} 的取值范围 {value} 求解器无法处理。请使用实数、整数或 0/1。",
    },
    "objectives": {
        "en": "The model has {count} active objectives; exactly one is needed. "
        "Deactivate the others.",
        "zh": "模型有 {count} 个启用的目标，必须恰好一个。请停用其余目标。",
    },
    "foreign-variable": {
        "en": "{where} is used in a rule but does not belong to this model. Add it to the model.",
        "zh": "{where} 被约束引用，但不属于本模型。请把它加入模型。",
    },
    "unbounded": {
        "en": "The cost falls without limit, perhaps by {where}. Give it a limit, or a cost that "
        "is not negative.",
        "zh": "成本可以无限降低，可能的原因是 {where}。请为其设定上限，或改为非负的成本。",
    },
    "solver-version": {
        "en": "HiGHS {value} is known to give wrong answers and is not used. Install another "
        "version: pip install 'highspy>=1.15'; --any-solver-version uses it all the same.",
        "zh": "已知 HiGHS {value} 会给出错误结果，因此未使用。请安装其他版本："
        "pip install 'highspy>=1.15'；--any-solver-version 可强制使用。",
    },
    "solver-start": {
        "en": "The solver could not be started: {value}",
        "zh": "求解器无法启动：{value}",
    },
    "solver-refused": {
        "en": "The solver did not accept the model: {value}",
        "zh": "求解器未接受该模型：{value}",
    },
    "option": {
        "en": "Solver option {where}: {value} is not allowed; it must be {low}.",
        "zh": "求解选项 {where}：{value} 不允许，应为 {low}。",
    },
    "no-plan": {
        "en": "There is no plan to put on the model (stopped: {value}).",
        "zh": "没有可写回模型的方案（停止原因：{value}）。",
    },
    "other-model": {
        "en": "The solution has {value} columns, the model has {count}. Solve this model first.",
        "zh": "方案有 {value} 列，而模型有 {count} 列。请先求解该模型。",
    },
    "changed-model": {
        "en": "The model was changed after the plan was made, so the plan has no prices in it. "
        "Solve it again.",
        "zh": "方案生成后模型已被改动，无法据此为该方案计价。请重新求解。",
    },
    "no-prices": {
        "en": "The prices of the plan could not be computed in {value:.0f} s. Ask for a plan of "
        "fewer periods or products.",
        "zh": "{value:.0f} 秒内未能算出该方案的价格。请减少期数或产品后再计算方案。",
    },
    "no-values": {
        "en": "No variable of the model has a value. Solve it with another solver first.",
        "zh": "模型中没有任何变量有取值。请先用其他求解器求解。",
    },
    "breaks-rules": {
        "en": "The values on the model break its rules by {value} (at most {high} is allowed). "
        "Solve it with tighter tolerances.",
        "zh": "模型上的取值违反约束达 {value}（最多允许 {high}）。请收紧容差后重新求解。",
    },
}
"""Words of every message in both languages; the same fields in each."""

PARTS: dict[str, dict[str, str]] = {
    "cost": {"en": "the cost", "zh": "成本"},
    "lower": {"en": "the lower bound", "zh": "下限"},
    "upper": {"en": "the upper bound", "zh": "上限"},
    "coefficient": {"en": "the coefficient", "zh": "系数"},
    "constant": {"en": "the constant cost", "zh": "固定成本常数"},
    "objective": {"en": "The objective", "zh": "目标"},
}
"""Words for the parts of a model that a message names in the field ``what``."""


STARVED = (
    "bad_alloc",
    "MemoryError",
    "out of memory",
    "Cannot allocate memory",
    "failed to map segment",
    "can't start new thread",
)
"""What a program or a library says that got no memory."""


def starved(words: str) -> bool:
    """Return whether something that went wrong did so for want of memory, by what it said."""
    return any(one in words for one in STARVED)


class SolveError(ValueError):
    """A model or a solver that cannot be used.

    Args:
        code: key of ``TEXT``.
        values: what the message is filled with; ``what`` is a key of ``PARTS``.
    """

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(self.say("en"))

    def say(self, language: str = "en") -> str:
        """Return place, fault and remedy on one line, in ``en`` or ``zh``."""
        filled = dict(self.values)
        for name in ("what", "where"):
            if filled.get(name) in PARTS:
                filled[name] = PARTS[filled[name]][language]
        return TEXT[self.code][language].format(**filled)
