"""The sheet ``Charts``: pictures of the plan, each beside the figures it is drawn from."""

from tierstock.outputs.charts.figures import chart_figures

__all__ = ["chart_figures"]
