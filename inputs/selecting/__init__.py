"""Selectors, groups and the precedence of policy rows."""
