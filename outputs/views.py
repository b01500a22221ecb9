"""Sheets made of other sheets: charts, alerts, slow movers, bullwhip, the planner's grid."""

import pandas as pd

from tierstock.outputs.alerts import Scene, alerts, slow_movers
from tierstock.outputs.bullwhip import bullwhip
from tierstock.outputs.charts import chart_figures
from tierstock.outputs.plan_view import plan_view


def views(scene: Scene, language: str, scenario: str = "base") -> dict[str, pd.DataFrame]:
    """Return the sheets Charts, Alerts, SlowMovers, Bullwhip and PlanView; none that is empty.

    Args:
        scene: the plan.
        language: ``en`` or ``zh``: language of the suggestions of Alerts and the items of Charts.
        scenario: text of the column Scenario.
    """
    made = {
        "Charts": chart_figures(scene, language),
        "Alerts": alerts(scene, language, scenario),
        "SlowMovers": slow_movers(scene, scenario),
        "Bullwhip": bullwhip(scene, scenario),
        "PlanView": plan_view(scene),
    }
    return {name: frame for name, frame in made.items() if len(frame)}
