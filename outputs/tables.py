"""All result tables of a plan."""

from collections.abc import Callable, Mapping

import pandas as pd

from tierstock.inputs.network import Network
from tierstock.outputs.cash import cash_sheet
from tierstock.outputs.costs import costs
from tierstock.outputs.expand import Flows, expand
from tierstock.outputs.facts import RunFacts
from tierstock.outputs.inventory import inventory
from tierstock.outputs.issues import issues
from tierstock.outputs.kpi import Figures
from tierstock.outputs.production import production
from tierstock.outputs.purchases import purchases
from tierstock.outputs.run_info import run_info
from tierstock.outputs.service import service
from tierstock.outputs.shipments import shipments
from tierstock.outputs.sites import site_results
from tierstock.outputs.substitutions import substitutions
from tierstock.outputs.summary import summary
from tierstock.outputs.target_results import target_results
from tierstock.outputs.use import capacity_use, vehicle_use

OPTIONAL: dict[str, Callable[[Flows, str], pd.DataFrame | None]] = {
    "Production": production,
    "TargetResults": target_results,
    "Substitutions": substitutions,
    "Cash": cash_sheet,
    "SiteResults": site_results,
}
"""Sheets that only some plans have, and what makes them; None where the plan has none."""


def build_tables(
    net: Network,
    decisions: Mapping[str, pd.DataFrame],
    facts: RunFacts,
    findings: pd.DataFrame | None = None,
    scenario: str = "base",
    baseline: Figures | None = None,
) -> dict[str, pd.DataFrame]:
    """Return the result tables: sheet name -> DataFrame.

    Args:
        net: the network that was planned.
        decisions: variable name -> frame with its integer code columns and ``value``.
        facts: how the plan was made and how good it is.
        findings: warnings and infos of the input, columns of ``InputError.findings``.
        scenario: text of the column Scenario.
        baseline: what Summary holds the plan against; None for nothing.

    Returns:
        Summary, Costs, Shipments, Inventory, Service, Purchases, CapacityUse, VehicleUse,
        DataIssues and RunInfo, and those of ``OPTIONAL`` that the plan has, with English headings,
        in the order of the contract and sorted by their keys (codes and periods in the order of
        the network). Columns that this version
        cannot fill are left out. Numbers are exact but for noise below 1e-9, which is 0. The
        sheet Audit is added by whoever audits the plan.
    """
    plan = expand(net, decisions)
    tables = {
        "Costs": costs(plan, scenario),
        "Shipments": shipments(plan, scenario),
        "Inventory": inventory(plan, scenario),
        "Service": service(plan, scenario),
        "Purchases": purchases(plan, scenario),
        "CapacityUse": capacity_use(plan, scenario),
        "VehicleUse": vehicle_use(plan, scenario),
        "DataIssues": issues(findings),
        "RunInfo": run_info(facts),
    }
    for name, make in OPTIONAL.items():
        extra = make(plan, scenario)
        if extra is not None:
            tables[name] = extra
    return {"Summary": summary(Figures(plan, facts, tables), scenario, baseline), **tables}
