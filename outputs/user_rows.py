"""What the planner's own constraints cost where they are priced and missed."""

from collections.abc import Iterator

from tierstock.outputs.charge import Charge, nowhere
from tierstock.outputs.expand import Flows


def user_row_charges(plan: Flows) -> Iterator[Charge]:
    """user rule = Penalty x what a priced constraint is missed by, in its period or the last."""
    rules = plan.net.user_rows
    if rules is None:
        return
    for name in ("user_over", "user_short"):
        missed = plan.made.sparse(name, "user_rule", "period")
        money = rules.penalty[missed["user_rule"]] * missed.value
        none = nowhere(missed["period"])
        yield Charge("user rule", none, none, missed["period"], money)
