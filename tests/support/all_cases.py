"""All hand-solved networks of the families, by name."""

from cases_bounds import CASES as BOUNDS
from cases_budgets import CASES as BUDGETS
from cases_calendars import CASES as CALENDARS
from cases_cash import CASES as CASH
from cases_fixed_plan import CASES as FIXED_PLAN
from cases_horizon import CASES as HORIZON
from cases_lots import CASES as LOTS
from cases_objectives import CASES as OBJECTIVES
from cases_production import CASES as PRODUCTION
from cases_rates import CASES as RATES
from cases_returns import CASES as RETURNS
from cases_service import CASES as SERVICE
from cases_shelf_life import CASES as SHELF_LIFE
from cases_sites import CASES as SITES
from cases_sourcing import CASES as SOURCING
from cases_strength import CASES as STRENGTH
from cases_substitution import CASES as SUBSTITUTION
from cases_tariffs import CASES as TARIFFS
from cases_transfers import CASES as TRANSFERS
from cases_user_rows import CASES as USER_ROWS
from corners import CORNERS
from families import CASES as USUAL
from families import Case

ALL: dict[str, Case] = {
    **USUAL,
    **CORNERS,
    **SHELF_LIFE,
    **HORIZON,
    **LOTS,
    **PRODUCTION,
    **BUDGETS,
    **FIXED_PLAN,
    **CALENDARS,
    **CASH,
    **RATES,
    **RETURNS,
    **SERVICE,
    **OBJECTIVES,
    **SITES,
    **SOURCING,
    **TARIFFS,
    **TRANSFERS,
    **SUBSTITUTION,
    **USER_ROWS,
    **STRENGTH,
    **BOUNDS,
}
