"""Faults planted in the plan of one study, of all further families; a line for each of them."""

from collections.abc import Callable

from planted_budgets import BUDGET_FAULTS
from planted_calendars import CALENDAR_FAULTS
from planted_cash import CASH_FAULTS
from planted_fixed_plan import FIXED_PLAN_FAULTS
from planted_flows import Book
from planted_lots import LOT_FAULTS
from planted_production import PRODUCTION_FAULTS
from planted_rates import RATE_FAULTS
from planted_returns import RETURN_FAULTS
from planted_service import SERVICE_FAULTS
from planted_shelf_life import LIFE_FAULTS
from planted_sites import SITE_FAULTS
from planted_sourcing import SOURCING_FAULTS
from planted_substitutes import SUBSTITUTE_FAULTS
from planted_tariffs import TARIFF_FAULTS
from planted_transfers import TRANSFER_FAULTS
from planted_user_rows import USER_ROW_FAULTS

FAMILY_FAULTS: dict[Callable[[Book, Book], None], str] = {
    **BUDGET_FAULTS,
    **CALENDAR_FAULTS,
    **CASH_FAULTS,
    **LOT_FAULTS,
    **PRODUCTION_FAULTS,
    **RATE_FAULTS,
    **RETURN_FAULTS,
    **SERVICE_FAULTS,
    **LIFE_FAULTS,
    **SITE_FAULTS,
    **SUBSTITUTE_FAULTS,
    **FIXED_PLAN_FAULTS,
    **SOURCING_FAULTS,
    **TARIFF_FAULTS,
    **TRANSFER_FAULTS,
    **USER_ROW_FAULTS,
}
