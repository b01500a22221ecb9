"""What each number of the page's data block has to be, by the path on which it lies."""

import math

import numpy as np
import pandas as pd
from traced_page import Page, Rule, Rules, alike


def _inventory(*columns: str) -> Rule:
    return lambda page, _: page.sums(*columns)


def _service_of(column: str) -> Rule:
    def found(page: Page, _: str) -> np.ndarray:
        rows = page.book["Service"]
        keys = ["Location", "Product", "Period"]
        sums = rows.groupby(keys)[column].sum()
        return _at_places(page, sums)

    return found


def _at_places(page: Page, sums: pd.Series) -> np.ndarray:
    places = page.facts["places"]
    at = [page.codes[int(one)] for one in places["location"]]
    of = [page.goods[int(one)] for one in places["product"]]
    wanted = [(a, p, t) for a, p in zip(at, of, strict=True) for t in page.ids]
    return sums.reindex(pd.MultiIndex.from_tuples(wanted)).fillna(0.0).to_numpy(float)


def _places(page: Page, _: str) -> list[float]:
    """Places of the sheet Inventory in its order."""
    rows = page.book["Inventory"].drop_duplicates(["Location", "Product"])
    name = "Location" if _.endswith("location") else "Product"
    codes = page.codes if name == "Location" else page.goods
    return [codes.index(str(one)) for one in rows[name]]


def _summary(page: Page, _: str) -> list[float]:
    rows = page.book["Summary"]["Value" if _.endswith("value") else "Baseline"]
    return [float(one) if pd.notna(one) else math.nan for one in rows]


def _aging(page: Page, path: str) -> np.ndarray:
    column = "Expiring" if path.endswith("expiring") else "Scrapped"
    grid = (page.sums(column) * page.cost()).reshape(-1, len(page.ids))
    kept = page.facts["life"]["places"]
    rest = np.delete(grid, kept, axis=0)
    assert not rest.any()
    return np.asarray(grid[kept])


def _lots(page: Page, path: str) -> list[float]:
    """Lots of the opening stock in the order of the facts: their sum by place is that of input."""
    life, opening = page.facts["life"], page.book.inputs["OpeningStock"]
    given = opening.groupby(["Location", "Product"])["Quantity"].sum()
    blocked = (
        opening.groupby(["Location", "Product"])["Blocked"].sum() if "Blocked" in opening else 0
    )
    pairs = [
        (page.codes[int(at)], page.goods[int(of)])
        for at, of in zip(life["location"], life["product"], strict=True)
    ]
    told = pd.Series(life["units"], index=pd.MultiIndex.from_tuples(pairs)).groupby(level=[0, 1])
    usable = given - blocked
    assert alike(told.sum().to_numpy(), usable.reindex(told.sum().index).to_numpy(float))
    if path.endswith("money"):
        return [u * page.traced.cost[p] for u, (_, p) in zip(life["units"], pairs, strict=True)]
    return list(life[path.rpartition(".")[2]])


def _coded(name: str, column: str, many: str) -> Rule:
    """Numbers of names: what they lead to is what the input says."""

    def found(page: Page, path: str) -> list[float]:
        facts = page.facts[name]
        rows = page.book.inputs["Locations" if name == "locations" else "Products"]
        key = "Location" if name == "locations" else "Product"
        given = rows.set_index(rows[key].astype(str))
        of = (
            given[column].astype(object).fillna("").astype(str)
            if column in given
            else pd.Series("", given.index)
        )
        names = facts[many]
        return [names.index(of[one]) if of[one] else -1 for one in facts["code"]]

    return found


def _typed(column: str) -> Rule:
    def found(page: Page, _: str) -> list[float]:
        rows = page.book.inputs["Locations"]
        given = rows.set_index(rows["Location"].astype(str))[column].astype(float)
        return [given[one] for one in page.codes]

    return found


def _tiers(page: Page, _: str) -> list[float]:
    order = ["supplier", "plant", "CDC", "RDC", "store", "ecom", "customer"]
    return [order.index(page.traced.tier[one]) for one in page.codes]


def _starts(page: Page, path: str) -> list[float]:
    if path.endswith("days"):
        return list(page.traced.days)
    first = (page.traced.first - pd.Timestamp("1970-01-01")).days
    return [first + float(one) for one in np.append(0, page.traced.days.cumsum()[:-1])]


def _promotions(page: Page, path: str) -> None:
    """Units on promotion, ready and short stand in Demand, Inventory and Service."""
    demand = page.book.inputs["Demand"]
    if "Period" not in demand:
        rest = [one for one in demand.columns if one not in page.ids]
        demand = demand.melt(rest, var_name="Period", value_name="Quantity").fillna({"Quantity": 0})
    extra = demand[demand["Type"].isin(["promotion", "促销"])]
    keys = ["Location", "Product", "Period"]
    given = extra.assign(Period=extra["Period"].astype(str)).groupby(keys)["Quantity"].sum()
    service = page.book["Service"].groupby(keys)[["Demand", "On Time"]].sum()
    stock = page.book["Inventory"].set_index(keys)
    for one in page.facts["promotions"]:
        window, product = page.ids[one["first"] : one["last"] + 1], page.goods[one["product"]]
        for at, place in enumerate(one["locations"]):
            cells = [(page.codes[place], product, t) for t in window]
            wanted = given.reindex(cells).sum()
            rows = service.reindex(cells)
            short = (rows["Demand"] - rows["On Time"]).to_numpy(float)
            short = np.where(short > 1e-6, short, 0)
            assert one["promotion"][at] == wanted
            assert math.isclose(one["usual"][at], rows["Demand"].sum() - wanted, abs_tol=1e-9)
            assert math.isclose(one["ready"][at], float(stock["Opening"][cells[0]]), abs_tol=1e-9)
            assert math.isclose(one["short"][at], short.sum(), abs_tol=1e-6)
            assert one["when"][at] == [one["first"] + t for t in np.flatnonzero(short).tolist()]


def _scope(page: Page, path: str) -> list[float]:
    column = "Location" if path.endswith("places") else "Product"
    return [page.book["Inventory"][column].nunique()]


def limit_heads(page: Page) -> pd.DataFrame:
    """Return what names each limit of CapacityUse, in its order."""
    names = ["Location", "Zone", "From", "To", "Kind", "Dimension"]
    return page.book["CapacityUse"][names].astype(object).fillna("").astype(str).drop_duplicates()


def _limit_at(page: Page, path: str) -> list[float]:
    heads = limit_heads(page)
    column = path.rpartition(".")[2].title()
    return [page.codes.index(one) if one in page.codes else -1 for one in heads[column]]


def _limit_names(page: Page, _: str) -> None:
    page.columns("CapacityUse", page.facts["limits"]["names"], limit_heads(page))


def _ends(page: Page, path: str) -> None:
    """Numbers of places and kinds are proven by the sums they lead to."""


RULES: Rules = [
    (r"scope\.(places|products)", _scope),
    (r"periods\.(start|days)", _starts),
    (r"locations\.tier", _tiers),
    (r"locations\.channel", _coded("locations", "Channel", "channels")),
    (r"locations\.region", _coded("locations", "Region", "regions")),
    (r"locations\.company", _coded("locations", "Company", "companies")),
    (r"products\.family", _coded("products", "Family", "families")),
    (r"locations\.latitude", _typed("Latitude")),
    (r"locations\.longitude", _typed("Longitude")),
    (r"summary\.(value|baseline)", _summary),
    (r"summary\.sheet\.rows", lambda page, _: [len(page.book["Summary"])]),
    (
        r"summary\.sheet\.columns\[\]\.values",
        lambda page, _: page.columns("Summary", page.facts["summary"]["sheet"], summary_rows(page)),
    ),
    (r"money_at\.stock", lambda page, _: page.grid("Inventory", "Value", "Location")),
    (r"money_at\.target", lambda page, _: page.at_locations(page.sums("Target") * page.cost())),
    (r"money_at\.capital", lambda page, _: page.capital()),
    (r"service\.(location|channel)", _ends),
    (r"service\.demand", lambda page, _: page.service("Demand")),
    (r"service\.served", lambda page, _: page.service("On Time")),
    (r"service\.lost", lambda page, _: page.service("Lost")),
    (r"service\.owed", lambda page, _: page.service("Backlog")),
    (r"costs\.(term|location)", _ends),
    (r"costs\.amount", lambda page, _: page.costs()),
    (r"flows\.(from|to|kind)", _ends),
    (r"flows\.units", lambda page, _: page.flows("Quantity")),
    (r"flows\.money", lambda page, _: page.flows("Value")),
    (r"limits\.(location|from|to)", _limit_at),
    (r"limits\.limit", lambda page, _: page.limits("Limit")),
    (r"limits\.used", lambda page, _: page.limits("Used")),
    (r"limits\.share", lambda page, _: page.limits("Utilisation")),
    (r"limits\.value", lambda page, _: page.limits("Marginal Value")),
    (r"limits\.names\.rows", lambda page, _: [len(limit_heads(page))]),
    (r"limits\.names\.columns\[\]\.values", _limit_names),
    (r"life\.(location|product|days|units|money)", _lots),
    (r"life\.places", _ends),
    (r"life\.(expiring|scrapped)", _aging),
    (r"promotions\[\]\..*", _promotions),
    (r"tables\.\w+\.(rows|of)", _ends),
    (r"tables\.\w+\.columns\[\]\.values", lambda page, path: page.table(path)),
    (r"places\.(location|product)", _places),
    (r"places\.cost", lambda page, _: page.cost()[:: len(page.ids)]),
    (r"places\.stock", _inventory("Closing")),
    (r"places\.target", _inventory("Target")),
    (r"places\.missing", _inventory("Shortfall")),
    (r"places\.in", _inventory("Received", "Purchased", "Produced", "Returned")),
    (r"places\.out", _inventory("Shipped", "Consumed")),
    (r"places\.transit", _inventory("In Transit")),
    (r"places\.demand", _service_of("Demand")),
    (r"places\.served", _service_of("On Time")),
]
"""Path of a number -> what the sheets say of it."""


def summary_rows(page: Page) -> pd.DataFrame:
    """Return Summary as the page shows it: no scenarios, and the sign of percent as a unit."""
    rows = page.book["Summary"].drop(columns=["Scenario"])
    return rows.assign(Unit=rows["Unit"].astype(object).fillna("%"))
