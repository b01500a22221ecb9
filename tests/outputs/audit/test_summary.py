"""Every number of Summary is recomputed: a changed, missing or invented one is noticed."""

import pandas as pd
import pytest
from random_networks import drawn
from real_plans import Written, failed, least_plan

NETWORKS = (21, 36)
"""Seeds: trips and demand owed at the end; transfers, carbon and goods that expire."""


@pytest.fixture(scope="module", params=NETWORKS)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Written:
    sheets = drawn(request.param).short
    plan = least_plan(sheets)
    assert plan is not None
    found = Written.of(sheets, plan, tmp_path_factory.mktemp("plan"))
    assert failed(found.audit()) == []
    return found


def noticed(written: Written, summary: pd.DataFrame) -> bool:
    written.put("Summary", summary)
    found = [name for name, _, _ in failed(written.audit())]
    written.put("Summary", written.tables["Summary"])
    return found == ["Totals, objective and headline figures"]


def test_every_number_of_summary_is_recomputed(written: Written) -> None:
    usual, missed = written.tables["Summary"], []
    for row, (name, value) in enumerate(zip(usual["KPI"], usual["Value"], strict=True)):
        summary = usual.copy()
        summary.loc[row, "Value"] = value * 1.001 + 1e-3 if value == value else 1.0
        if not noticed(written, summary):
            missed.append((name, value))
    assert len(usual) > 20
    assert missed == []


def test_no_figure_is_left_out_or_made_up(written: Written) -> None:
    usual = written.tables["Summary"]
    made_up = usual.iloc[[0]].assign(KPI="Cost: disposal", Value=3.0)
    assert noticed(written, pd.concat([usual, made_up], ignore_index=True))
    missed = [
        name
        for row, (name, value) in enumerate(zip(usual["KPI"], usual["Value"], strict=True))
        if value and not noticed(written, usual.drop(index=row))
    ]
    assert missed == []
