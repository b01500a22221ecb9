"""What is earned where profit counts."""

from collections.abc import Iterator

from tierstock.outputs.charge import Charge, free, grid
from tierstock.outputs.expand import Flows

TERM = "revenue"


def sales_charges(plan: Flows) -> Iterator[Charge]:
    """revenue = - Price x issued, late deliveries included."""
    net, sales = plan.net, plan.net.sales
    if sales is None or not sales.counted:
        return
    place = net.demand.place
    where = net.places.location[place], net.places.product[place]
    yield grid(TERM, *where, -free(sales.price, plan.issued_streams))
