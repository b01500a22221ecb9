"""Demand is issued on time or late, lost, or owed; nothing else can happen to it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from by_hand import decisions, frame, network

from tierstock.outputs.expand import expand
from tierstock.outputs.service import service

Pick = Callable[..., list[Any]]


def balanced(rows: pd.DataFrame) -> None:
    came = rows["Demand"] + rows["Owed Before"]
    went = rows["Issued"] + rows["Lost"] + rows["Backlog"]
    np.testing.assert_allclose(came, went, atol=1e-9)


def test_demand_and_debt_equal_issued_lost_and_backlog(tables: dict[str, pd.DataFrame]) -> None:
    balanced(tables["Service"])


def test_late_deliveries_are_issued_but_not_on_time(pick: Pick) -> None:
    south = {"Location": "R2", "Product": "A"}
    assert pick("Service", "Issued", **south) == [15, 30, 25]
    assert pick("Service", "On Time", **south) == [13, 20, 18]
    assert pick("Service", "Owed Before", **south) == [2, 17, 7]
    assert pick("Service", "Fill Rate", **south) == pytest.approx([13 / 30, 1, 0.6])
    assert pick("Service", "Stock Out", **south) == ["Y", "N", "Y"]


def test_what_is_owed_and_served_in_one_period_was_on_time() -> None:
    made = decisions()
    made["owed_new"] = frame([[0] * 3, [0] * 3, [30, 20, 30]], "stream", "period")
    made["owed_served"] = frame([[0] * 3, [0] * 3, [15, 30, 25]], "stream", "period")
    rows = service(expand(network(), made), "base")
    south = rows[rows["Location"] == "R2"]
    balanced(rows)
    assert list(south["On Time"]) == [13, 13, 18]
    assert ((south["Issued"] - south["On Time"]) <= south["Owed Before"]).all()


def test_what_is_owed_and_given_up_in_one_period_was_lost() -> None:
    made = decisions()
    made["owed_new"] = frame([[0] * 3, [0] * 3, [17, 20, 12]], "stream", "period")
    made["given_up"] = frame([[0] * 3, [0] * 3, [0, 30, 0]], "stream", "period")
    made["owed_served"] = frame([[0] * 3, [0] * 3, [2, 0, 0]], "stream", "period")
    made["backlog"] = frame([[0] * 3, [0] * 3, [17, 7, 19]], "stream", "period")
    rows = service(expand(network(), made), "base")
    balanced(rows)
    assert rows[rows["Location"] == "R2"]["Lost"].tolist() == [0, 30, 0]
    assert rows[rows["Location"] == "R2"]["On Time"].tolist()[1] == 0


def test_streams_without_demand_or_debt_have_no_row() -> None:
    net = network()
    net.demand.quantity[1] = 0
    made = decisions()
    made["lost"] = frame([[0] * 3] * 3, "stream", "period")
    rows = service(expand(net, made), "base")
    assert set(rows["Product"]) == {"A"}


def test_a_row_without_demand_has_no_fill_rate() -> None:
    net = network()
    net.demand.quantity[2, 1] = 0
    made = decisions()
    made["owed_served"] = frame([[0] * 3, [0] * 3, [2, 10, 7]], "stream", "period")
    rows = service(expand(net, made), "base")
    week = rows[(rows["Location"] == "R2") & (rows["Period"] == "W2")]
    assert week["Fill Rate"].isna().all()
    assert list(week["Stock Out"]) == ["N"]
