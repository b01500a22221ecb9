"""What in a plan needs attention: alerts, slow movers, and where one has what another lacks."""

from tierstock.outputs.alerts.pairs import pairs
from tierstock.outputs.alerts.scene import Limits, Scene
from tierstock.outputs.alerts.slow import slow_movers
from tierstock.outputs.alerts.table import KINDS, alerts, kinds_of

__all__ = ["KINDS", "Limits", "Scene", "alerts", "kinds_of", "pairs", "slow_movers"]
