"""A network of 100 locations, 200 products and 26 periods stays usable on the page.

::

    pytest -m slow -s tests/outputs/page/test_large.py
"""

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from by_hand import facts

from tierstock.inputs.schema import LANGUAGES
from tierstock.inputs.settings import Settings
from tierstock.outputs.page import write_page

CHROMIUM = Path("/usr/bin/chromium")
L, P, T = 100, 200, 26
MOST_BYTES = 20_000_000
TIERS = ("plant", "CDC", "RDC", "store")
REGIONS = ("East", "North", "South", "West")

TIMED = """([selector, value, event]) => {
    const box = document.querySelector(selector);
    const began = performance.now();
    box.value = value;
    box.dispatchEvent(new Event(event));
    return performance.now() - began;
}"""
"""Script that gives a control another value; milliseconds until the page has followed."""


def texts(values: list[str]) -> np.ndarray:
    return np.array(values, dtype=object)


def network() -> Any:
    """What the page asks of a network: 4 plants, 4 CDC, 12 RDC and 80 stores."""
    tier = ["plant"] * 4 + ["CDC"] * 4 + ["RDC"] * 12 + ["store"] * 80
    location, product = (part.ravel() for part in np.divmod(np.arange(L * P), P))
    start = np.datetime64("2026-01-05") + 7 * np.arange(T)
    return SimpleNamespace(
        name="large",
        settings=Settings(),
        periods=_Sized(
            id=texts([f"2026-W{t + 2:02d}" for t in range(T)]), start=start, days=np.full(T, 7.0)
        ),
        locations=_Sized(
            id=None,
            code=texts([f"L{at:03d}" for at in range(L)]),
            name=texts([f"Location number {at}" for at in range(L)]),
            tier=texts(tier),
            region=texts([REGIONS[at % 4] for at in range(L)]),
            channel=texts(["retail" if one == "store" else "" for one in tier]),
            company=texts([f"Company {at % 3}" for at in range(L)]),
        ),
        products=_Sized(
            id=None,
            code=texts([f"P{at:04d}" for at in range(P)]),
            name=texts([f"Product number {at}" for at in range(P)]),
            base_unit=texts(["EA"] * P),
            family=texts([f"Family {at % 9}" for at in range(P)]),
        ),
        places=SimpleNamespace(
            location=location,
            product=product,
            of=np.arange(L * P).reshape(L, P),
            value=np.broadcast_to(np.arange(1.0, 1 + L * P)[:, None] % 97 + 5, (L * P, T)),
            blocked=np.zeros(L * P),
        ),
        shelf_life=None,
        ground=None,
    )


class _Sized(SimpleNamespace):
    def __len__(self) -> int:
        return len(self.code if self.id is None else self.id)


def tables(net: Any) -> dict[str, pd.DataFrame]:
    """Result tables with numbers as a solver leaves them: many digits, few zeros."""
    rng = np.random.default_rng(1)
    size = L * P * T
    keys = {
        "Scenario": "base",
        "Location": np.repeat(net.locations.code[net.places.location], T),
        "Product": np.repeat(net.products.code[net.places.product], T),
        "Period": np.tile(net.periods.id, L * P),
    }
    stock, wanted = rng.gamma(2, 40, size), np.round(rng.gamma(2, 20, size))
    moved = np.where(rng.random(size) < 0.4, rng.gamma(2, 50, size), 0.0)
    zero = dict.fromkeys(("Purchased", "Produced", "Returned", "Consumed", "Expiring"), 0.0)
    inventory = {
        **keys,
        **zero,
        **{"Opening": stock, "Received": moved, "Shipped": moved[::-1], "Closing": stock},
        **{"In Transit": moved, "Target": np.round(wanted * 0.7, 3), "Scrapped": 0.0},
        **{"Shortfall": np.maximum(wanted - stock, 0), "Value": stock * net.places.value.ravel()},
    }
    service = pd.DataFrame({**keys, "Class": "standard", "Channel": "retail", "Demand": wanted})
    service = service[service["Location"] >= "L020"].copy()
    lost = np.where(rng.random(len(service)) < 0.05, service["Demand"] * 0.3, 0.0)
    service["On Time"] = service["Demand"] - lost
    service["Lost"] = lost
    service["Backlog"] = 0.0
    return {
        "Inventory": pd.DataFrame(inventory),
        "Service": service.assign(**{"Fill Rate": 1 - lost / service["Demand"]}),
        **_others(net, rng, moved),
    }


def _others(net: Any, rng: np.random.Generator, moved: np.ndarray) -> dict[str, pd.DataFrame]:
    rows = np.flatnonzero(moved)
    at, goods, period = rows // T // P, rows // T % P, rows % T
    source = np.where(at < 8, 0, np.where(at < 20, 4 + at % 4, 8 + at % 12))
    kept = source != at
    at, goods, period, source = at[kept], goods[kept], period[kept], source[kept]
    day = net.periods.start[period]
    shipments = {
        **{"Scenario": "base", "Kind": np.where(at % 10 == 0, "transfer", "replenish")},
        **{"From": net.locations.code[source], "To": net.locations.code[at]},
        **{"Product": net.products.code[goods], "Product Name": net.products.name[goods]},
        **{"Ship Period": net.periods.id[period], "Ship Date": day, "Arrive Date": day + 3},
        **{"Quantity": moved[rows[kept]], "Value": moved[rows[kept]] * 20, "Freight": 1.5},
        "Status": "new",
    }
    limits = [(code, t) for code in net.locations.code for t in range(T)]
    use = {
        **{"Scenario": "base", "Location": [one for one, _ in limits], "Zone": "*"},
        **{"From": "", "To": "", "Kind": "storage", "Dimension": "m3"},
        **{"Period": [net.periods.id[t] for _, t in limits], "Limit": 100.0},
        "Used": rng.random(len(limits)) * 110,
    }
    costs = {
        **{"Scenario": "base", "Cost Bucket": np.repeat(["freight", "holding"], L)},
        **{"Location": np.tile(net.locations.code, 2), "Amount": rng.random(2 * L) * 1e6},
    }
    kpis = ("Total cost", "Fill rate (units)", "Capital tied up (end)", "Gap in money")
    summary = {
        **{"Scenario": "base", "KPI": kpis, "Value": [1e8, 0.985, 2e8, 1e5]},
        **{
            "Unit": ["CNY", "%", "CNY", "CNY"],
            "Definition": "Sum of all cost terms of the horizon",
        },
    }
    frames = {"Shipments": shipments, "Costs": costs, "CapacityUse": use, "Summary": summary}
    made = {name: pd.DataFrame(columns) for name, columns in frames.items()}
    made["CapacityUse"]["Utilisation"] = made["CapacityUse"]["Used"] / 100
    return made


@pytest.mark.slow
def test_a_large_network_stays_usable(tmp_path: Path) -> None:
    net, target = network(), tmp_path / "large.plan.html"
    made = tables(net)
    began = time.process_time()
    write_page(target, net, dict.fromkeys(LANGUAGES, made), facts(), "en")
    size = target.stat().st_size
    print(f"\n{len(made['Inventory']):,} cells, {len(made['Shipments']):,} shipments")
    print(f"page {size / 1e6:.1f} MB, written in {time.process_time() - began:.1f} s of CPU")
    assert size < MOST_BYTES

    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    with sync_api.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}).new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda fault: said.append(str(fault)))
        page.goto(target.as_uri())
        page.wait_for_selector("html[data-ready=yes]", timeout=120_000)
        ready = page.evaluate("performance.now()")
        filtered = page.evaluate(TIMED, [".controls select", "1", "change"])
        slid = page.evaluate(TIMED, ["input[type=range]", "5", "input"])
        browser.close()
    print(f"drawn {ready:,.0f} ms after opening, filter {filtered:,.0f} ms, slider {slid:,.0f} ms")
    assert said == []
