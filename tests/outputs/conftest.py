"""The plan worked out by hand, as tables."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from by_hand import decisions, facts, network
from opened_plan import Open, opener

from tierstock.outputs.expand import Flows, expand
from tierstock.outputs.tables import build_tables


@pytest.fixture
def plan() -> Flows:
    return expand(network(), decisions())


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    return build_tables(network(), decisions(), facts())


@pytest.fixture
def written(tables: dict[str, pd.DataFrame], tmp_path: Path) -> Open:
    """Write the plan and open it again."""
    return opener(tables, tmp_path)


@pytest.fixture
def pick(tables: dict[str, pd.DataFrame]) -> Callable[..., list[Any]]:
    """Values of a column of a sheet, in the rows where other columns have these values."""

    def chosen(sheet: str, column: str, **where: object) -> list[Any]:
        frame = tables[sheet]
        for name, value in where.items():
            frame = frame[frame[name.replace("_", " ")] == value]
        return list(frame[column])

    return chosen
