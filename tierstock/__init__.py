"""Plan stock across a supply network: what to ship, make and hold, where and when.

>>> import tierstock as ts
>>> net = ts.read(ts.sample("starter"))
>>> m = ts.build(net)
>>> plan = ts.solve(m, gap=0, progress=False)
>>> plan.quality
'proven'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tierstock.audited import AuditError
    from tierstock.inputs import InputError, Network, read
    from tierstock.inputs.samples import sample
    from tierstock.model import Strength
    from tierstock.model import build_model as build
    from tierstock.plan import Plan
    from tierstock.rules_table import rules
    from tierstock.side_by_side import compare
    from tierstock.size_forecast import Forecast, forecast
    from tierstock.solvers import SolveError
    from tierstock.solving import collect, solve

__version__ = "0.1.0"

_HOME = {
    "AuditError": ("tierstock.audited", "AuditError"),
    "Forecast": ("tierstock.size_forecast", "Forecast"),
    "InputError": ("tierstock.inputs", "InputError"),
    "Network": ("tierstock.inputs", "Network"),
    "Plan": ("tierstock.plan", "Plan"),
    "SolveError": ("tierstock.solvers", "SolveError"),
    "Strength": ("tierstock.model", "Strength"),
    "build": ("tierstock.model", "build_model"),
    "collect": ("tierstock.solving", "collect"),
    "compare": ("tierstock.side_by_side", "compare"),
    "forecast": ("tierstock.size_forecast", "forecast"),
    "read": ("tierstock.inputs", "read"),
    "rules": ("tierstock.rules_table", "rules"),
    "sample": ("tierstock.inputs.samples", "sample"),
    "solve": ("tierstock.solving", "solve"),
}

__all__ = [
    "AuditError",
    "Forecast",
    "InputError",
    "Network",
    "Plan",
    "SolveError",
    "Strength",
    "__version__",
    "build",
    "collect",
    "compare",
    "forecast",
    "read",
    "rules",
    "sample",
    "solve",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that importing tierstock is instant."""
    if name not in _HOME:
        raise AttributeError(f"tierstock has no {name!r}")
    module, attribute = _HOME[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return __all__
