"""Which row of which sheet sets each value, and which rows it beat (sheet ``RulesInEffect``)."""

from tierstock.inputs.rules.effect import nearest_code, rules_in_effect

__all__ = ["nearest_code", "rules_in_effect"]
