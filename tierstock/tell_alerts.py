"""What most needs attention in a plan, on the console and for machines."""

from typing import Any

from tierstock.console import Console
from tierstock.outputs.alerts import kinds_of
from tierstock.outputs.worries import alert_line, records, worst
from tierstock.plan import Plan
from tierstock.words import tell


def tell_alerts(console: Console, plan: Plan) -> None:
    """Write the alerts with the most money at risk."""
    language = console.language
    shown = worst(plan.alerts)
    if shown.empty:
        return
    currency = plan.network.settings.money_word(language)
    console.line()
    console.line(tell("risks", language), style="bold")
    for row in records(shown):
        console.line(f"  {alert_line(row, currency, language)}")


def counted(plan: Plan) -> dict[str, Any]:
    """Return the number of alerts by kind; none where there is no plan."""
    return {} if plan.quality == "none" else kinds_of(plan.alerts)
