"""Every key figure of Summary, recomputed from the other sheets of a results workbook.

Standard cost and tiers come from the copies of Products and Locations. Networks with other standard
costs by place, several units or currencies, or yields that rows of several places share are not
for this.
"""

import math
from collections import defaultdict

import numpy as np
import pandas as pd
from traced_book import Book, english

NAN = math.nan
PHYSICAL = ("storage", "inbound", "outbound", "dock", "line", "lane", "fleet")
Key = tuple[str, str]


def ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole > 0 else NAN


class Traced:
    """Sums over the sheets of a book."""

    def __init__(self, book: Book, days: list[float], first: str) -> None:
        self.book, self.days = book, np.array(days)
        self.first = pd.Timestamp(first)
        self.last = self.first + pd.Timedelta(days=float(self.days.sum()) - 1)
        stock = self.stock = book["Inventory"]
        self.ids = list(dict.fromkeys(stock["Period"]))
        self.t = stock["Period"].map({one: t for t, one in enumerate(self.ids)}).to_numpy(int)
        products = book.inputs["Products"].set_index("Product")
        self.cost = {str(k): float(v) for k, v in products["Unit Value"].items()}
        places = book.inputs["Locations"].set_index("Location")
        words = english("tier")
        self.tier = {str(k): words.get(v, v) for k, v in places["Tier"].items()}
        holds = places["Holds Stock"] if "Holds Stock" in places else pd.Series(dtype=object)
        said = {str(k): v in ("Y", "是", True, 1) for k, v in holds.dropna().items()}
        self.keeps = {
            one: said.get(one, tier not in ("supplier", "customer"))
            for one, tier in self.tier.items()
        }
        self.v = stock["Product"].astype(str).map(self.cost).to_numpy(float)
        self.closing = stock["Closing"].to_numpy(float)

    def by_period(self, values: np.ndarray) -> np.ndarray:
        """Return the sums of a value of Inventory's rows by period."""
        return np.bincount(self.t, values, len(self.ids))

    def worth(self, frame: pd.DataFrame, units: pd.Series | np.ndarray) -> float:
        """Return the sum of units of a frame at standard cost."""
        return float(np.sum(frame["Product"].astype(str).map(self.cost).to_numpy(float) * units))

    @property
    def blocked(self) -> float:
        opening = self.book.inputs.get("OpeningStock", pd.DataFrame())
        if "Blocked" not in opening:
            return 0.0
        return self.worth(opening, opening["Blocked"].fillna(0).to_numpy(float))

    @property
    def orders(self) -> pd.DataFrame:
        """Open orders with their dates."""
        rows = self.book.inputs.get("InTransit", pd.DataFrame(columns=["Product", "Quantity"]))
        made = rows.assign(**{"Ship Date": rows.get("Ship Date"), "From": rows.get("From")})
        for name in ("Ship Date", "Due Date"):
            if name not in made:
                made[name] = pd.NaT
            made[name] = pd.to_datetime(made[name])
        return made

    @property
    def capital(self) -> np.ndarray:
        units = self.closing + self.book.numbers("Inventory", "In Transit")
        return self.by_period(self.v * units) + self.blocked

    @property
    def average(self) -> float:
        return float(self.by_period(self.v * self.closing).mean())

    @property
    def issues_a_day(self) -> float:
        return float((self.v * self.book.numbers("Inventory", "Issued")).sum() / self.days.sum())

    def left(self) -> float:
        """Return what is left at the end and comes later, at standard cost."""
        found = float((self.v * self.closing)[self.t == len(self.ids) - 1].sum())
        ships = self.book["Shipments"]
        if len(ships):
            late = ships[ships["Status"].ne("firm") & ships["Arrive Period"].isna()]
            found += self.worth(late, late["Quantity"].to_numpy(float) * self.yields(late))
        bought, came = self.book["Purchases"], self.book.numbers("Inventory", "Purchased")
        if len(bought):
            found += self.worth(bought, bought["Quantity"].to_numpy(float)) - (self.v * came).sum()
        made = self.book["Production"]
        if len(made):
            late = made[pd.to_datetime(made["Available Date"]) > self.last]
            recipes = self.book.inputs["Recipes"].set_index("Recipe")
            share = recipes["Yield"] if "Yield" in recipes else pd.Series(1.0, recipes.index)
            good = late["Recipe"].map(share.fillna(1.0)).to_numpy(float)
            found += self.worth(late, late["Quantity"].to_numpy(float) * good)
        orders = self.orders
        late = orders[orders["Due Date"] > self.last]
        return found + self.worth(late, late["Quantity"].to_numpy(float))

    def yields(self, ships: pd.DataFrame) -> np.ndarray:
        """Return the share of shipments that arrives."""
        lanes = self.book.inputs["Lanes"]
        if "Yield" not in lanes:
            return np.ones(len(ships))
        known = lanes.drop_duplicates(["From", "To"]).set_index(["From", "To"])["Yield"].fillna(1)
        return known.reindex(pd.MultiIndex.from_frame(ships[["From", "To"]])).to_numpy(float)

    def demand_a_day(self, part: slice) -> float:
        """Return demand per day of some periods at standard cost."""
        rows = self.book["Service"]
        rows = rows[rows["Period"].isin(self.ids[part])]
        return self.worth(rows, rows["Demand"].to_numpy(float)) / float(self.days[part].sum())

    def places(self) -> pd.DataFrame:
        """Return demand and what was issued in time by place, product and period."""
        rows = self.book["Service"]
        keys = ["Location", "Product", "Period"]
        found = rows.groupby(keys, sort=False)[["Demand", "On Time"]].sum().reset_index()
        found = found[found["Demand"] > 0]
        missing = found["Demand"] - found["On Time"]
        return found.assign(short=missing > 1e-6 * found["Demand"].clip(lower=1))

    def spell(self) -> float:
        lengths = []
        for _, rows in self.places().groupby(["Location", "Product"]):
            short = {self.ids.index(one) for one in rows.loc[rows["short"], "Period"]}
            begun = 0.0
            for t in range(len(self.ids) + 1):
                if t in short:
                    begun += self.days[t]
                elif begun:
                    lengths.append(begun)
                    begun = 0.0
        return float(np.mean(lengths)) if lengths else NAN

    def response(self) -> float:
        """Return the mean days from a signal to the period by which enough has come."""
        frame, found = self.stock, []
        start = np.append(0.0, self.days.cumsum())
        come = sum(self.book.numbers("Inventory", c) for c in ("Received", "Purchased", "Produced"))
        for _, rows in frame.assign(come=come).groupby(["Location", "Product"], sort=False):
            if not self.keeps[str(rows["Location"].iloc[0])]:
                continue
            daily, target, way, stock, came = (
                rows[c].to_numpy(float)
                for c in ("Daily Demand", "Target", "In Transit", "Closing", "come")
            )
            need = daily[:-1] * self.days[1:] + target[1:]
            gap = need - stock[:-1] - way[:-1]
            low = gap > 1e-6 * np.maximum(need, 1)
            for t in np.flatnonzero(low & ~np.append(False, low[:-1])):
                wanted, total, u = (gap[t] + way[t]) * (1 - 1e-6), 0.0, t
                while total < wanted and u < len(self.days):
                    u += 1
                    total += came[u] if u < len(self.days) else math.inf
                found.append(start[u] - start[t])
        return float(np.mean(found)) if found else NAN

    def plain(self) -> dict[str, float]:
        """Return the key figures that are one number."""
        book, service, last = self.book, self.book["Service"], len(self.ids) - 1
        stock_value = self.by_period(self.v * self.closing)
        objective, bound = book.fact("Objective", "目标值"), book.fact("Bound", "下界")
        terms = book["Costs"].groupby("Cost Bucket")["Amount"].sum()
        total = float(terms.drop("revenue", errors="ignore").sum())
        earns = "profit" in (
            book.setting("objective"),
            english("setting choice").get(book.setting("objective"), ""),
        )
        on_time, wanted = service["On Time"].sum(), service["Demand"].sum()
        rows, ends = self.places(), self.t == last
        first = np.flatnonzero(self.t == 0)
        opening = float((self.v * book.numbers("Inventory", "Opening"))[first].sum())
        cover = book["Inventory"]["Days Cover"].astype(float).to_numpy()
        kept = np.array([self.keeps[str(one)] for one in self.stock["Location"]])
        slow = ends & kept & ~(cover <= 90 + 1e-6)
        found = {
            "Total cost": total,
            "Fill rate (units)": ratio(on_time, wanted),
            "Fill rate (value)": ratio(
                self.worth(service, service["On Time"]), self.worth(service, service["Demand"])
            ),
            "On-time rate": ratio(on_time, service["Issued"].sum()),
            "Lost units": service["Lost"].sum(),
            "Owed at the end": service.loc[service["Period"] == self.ids[-1], "Backlog"].sum(),
            "Stock-out rate": ratio(rows["short"].sum(), len(rows)),
            "Stock-out spell": self.spell(),
            "Response time": self.response(),
            "Safety stock missing": (
                np.where(kept, book.numbers("Inventory", "Shortfall"), 0).sum() / (last + 1)
            ),
            "Capital tied up (opening)": opening + self.blocked + self.left_before(),
            "Capital tied up (average)": self.capital.mean(),
            "Capital tied up (peak)": self.capital.max(),
            "Capital tied up (end)": self.capital[-1],
            "Stock value (opening)": opening,
            "Stock value (average)": self.average,
            "Stock value (peak)": stock_value.max(),
            "Stock value (end)": stock_value[-1],
            "Stock left at the end": self.left(),
            "End cover": ratio(self.left(), self.demand_a_day(slice(-4, None))),
            "Opening cover": ratio(opening + self.open_orders(), self.demand_a_day(slice(0, 4))),
            "End cover asked": self.cover_asked(),
            "Inventory turnover": ratio(self.issues_a_day * 365, self.average),
            "Days on hand": ratio(self.average, self.issues_a_day),
            "Slow-mover share": ratio((self.v * self.closing)[slow].sum(), stock_value[-1]),
            "Excess value": (self.v * book.numbers("Inventory", "Excess")).sum() / (last + 1),
            "Expiry value": (self.v * book.numbers("Inventory", "Expiring")).sum() / (last + 1),
            "Expired value": (self.v * book.numbers("Inventory", "Scrapped")).sum(),
            "Gap in money": max(0.0, objective - bound) if math.isfinite(bound) else NAN,
            "Gap to best possible": abs(objective - bound) / max(abs(objective), 1e-9),
            "Best possible cost": NAN if earns else bound,
            "Best possible profit": -bound,
            "Revenue": -float(terms.get("revenue", 0.0)),
            "Profit": -float(terms.sum()),
        }
        return found | self.moved()

    def moved(self) -> dict[str, float]:
        """Return the key figures of shipments, trips, limits and cash."""
        book, ships, trips = self.book, self.book["Shipments"], self.book["VehicleUse"]
        own = ships[ships["Status"] != "firm"] if len(ships) else ships
        lateral = own[own["Kind"] == "transfer"] if len(own) else own
        known = trips[trips["Fill %"].notna()] if len(trips) else trips
        use = book["CapacityUse"]
        found = {
            "Shipments": len(own),
            "Transfers": len(lateral),
            "Transfer quantity": lateral["Quantity"].sum() if len(lateral) else 0,
            "Transfer value": lateral["Value"].sum() if len(lateral) else 0,
            "Vehicle trips": trips["Trips"].sum() if len(trips) else 0,
            "Vehicle fill": ratio((known["Trips"] * known["Fill %"]).sum(), known["Trips"].sum())
            if len(known)
            else NAN,
        }
        if len(use):
            mine = use[use["Kind"].isin(PHYSICAL) & (use["Limit"].astype(float) > 0)]
            found["Capacity peak"] = (mine["Used"] / mine["Limit"]).max() if len(mine) else NAN
        if len(book["Cash"]):
            found["Cash minimum"] = book["Cash"]["Closing Cash"].min()
        price = float(book.setting("carbon_price", "0") or 0)
        if price > 0:
            costs = book["Costs"]
            carbon = costs.loc[costs["Cost Bucket"] == "carbon", "Amount"].sum()
            found["Carbon emitted"] = carbon / price
        return {name: float(value) for name, value in found.items()}

    def left_before(self) -> float:
        """Return open orders under way at the start, at standard cost."""
        orders = self.orders
        away = orders[~(orders["Ship Date"] >= self.first)]
        return self.worth(away, away["Quantity"].to_numpy(float))

    def open_orders(self) -> float:
        """Return all open orders at standard cost, those within the network once."""
        orders = self.orders
        inside = orders[(orders["Ship Date"] >= self.first) & orders["From"].notna()]
        whole = self.worth(orders, orders["Quantity"].to_numpy(float))
        return whole - self.worth(inside, inside["Quantity"].to_numpy(float))

    def cover_asked(self) -> float:
        """Return the days that the setting or a row for everything asks, in demand as it is.

        Asked is cover of the forward demand of the places that no other one here feeds.
        """
        rule, days = self.book.setting("terminal_rule", "none"), NAN
        rows = self.book.inputs.get("Terminal", pd.DataFrame(columns=["Rule", "Days"]))
        whole = rows[rows["Rule"].isin(["cover", "可用天数"])]
        for column, every in (("Location", ("*",)), ("Level", ("network", "全网"))):
            if column in whole:
                whole = whole[whole[column].isna() | whole[column].isin(every)]
        if len(whole):
            days = float(whole["Days"].max())
        if not len(rows) and rule in ("cover", "可用天数"):
            days = float(self.book.setting("terminal_days", "14"))
        fed, ends = self.fed(), self.stock[self.t == len(self.ids) - 1]
        asked = ends[ends["Daily Demand"].astype(float) > 0]
        there = set(zip(asked["Location"].astype(str), asked["Product"].astype(str), strict=True))
        top = [
            self.keeps[at] and not any((one, of) in there for one in fed.get(at, ()))
            for at, of in ends[["Location", "Product"]].astype(str).itertuples(index=False)
        ]
        target = ends[top].groupby("Product")["Daily Demand"].sum() * days
        rows = self.book["Service"]
        last = slice(-4, None)
        wanted = rows[rows["Period"].isin(self.ids[last])].groupby("Product")["Demand"].sum()
        wanted = wanted[wanted > 0] / float(self.days[last].sum())
        worth = wanted * wanted.index.map(self.cost).to_numpy(float)
        return (
            float((target / wanted * worth).sum(skipna=False) / worth.sum())
            if worth.sum() > 0
            else NAN
        )

    def fed(self) -> dict[str, set[str]]:
        """Return for each place those that keep stock and feed it by a replenish lane."""
        lanes, found = self.book.inputs.get("Lanes", pd.DataFrame()), defaultdict(set)
        for _, lane in lanes.iterrows():
            kind = lane.get("Kind")
            for origin in filter(self.keeps.get, self.chosen(lane["From"])):
                for to in self.chosen(lane["To"], origin) - {origin}:
                    usual = pd.isna(kind) and self.tier[origin] != self.tier[to]
                    if usual or kind in ("replenish", "补货"):
                        found[to].add(origin)
        return found

    def chosen(self, selector: object, origin: str = "") -> set[str]:
        """Return the locations of a selector: codes, and columns with a value or that of From."""
        return {
            place
            for one in str(selector).split(",")
            for place in self.tier
            if all(self.fits(place, part.strip(), origin) for part in one.split(";"))
        }

    def fits(self, place: str, part: str, origin: str) -> bool:
        """Tell whether a place fits a part of a selector."""
        column, equals, value = (word.strip() for word in part.partition("="))
        if not equals:
            return column in ("*", place)
        names = {"层级": "Tier", "区域": "Region", "渠道": "Channel", "公司主体": "Company"}
        column, words = names.get(column, column), english("tier")
        cells = self.book.inputs["Locations"].set_index("Location")[column].to_dict()
        wanted = cells[origin] if value in ("same", "相同") else value
        return bool(words.get(cells[place], cells[place]) == words.get(wanted, wanted))

    def parted(self) -> dict[Key, float]:
        """Return the key figures by class or tier."""
        found: dict[Key, float] = {}
        by_class = self.book["Service"].groupby("Class")[["On Time", "Demand"]].sum()
        by_class = by_class[by_class["Demand"] > 0]
        for name, row in by_class.iterrows() if len(by_class) > 1 else ():
            found["Fill rate by class", str(name)] = row["On Time"] / row["Demand"]
        tier = self.stock["Location"].astype(str).map(self.tier).to_numpy(object)
        kept = np.array([self.keeps[str(one)] for one in self.stock["Location"]])
        daily = self.book.numbers("Inventory", "Daily Demand")
        for name in set(tier[kept]):
            here = kept & (tier == name)
            found["Forward cover", name] = ratio(
                (self.v * self.closing)[here].sum(), (self.v * daily)[here].sum()
            )
        rows = self.book["Bullwhip"]
        rows = rows[rows["Ratio"].notna()] if len(rows) else rows
        for name, mine in rows.groupby("Tier") if len(rows) else ():
            square = mine["Product"].astype(str).map(self.cost).to_numpy(float) ** 2
            found["Bullwhip ratio", str(name)] = ratio(
                (square * mine["Order Variance"]).sum(), (square * mine["Demand Variance"]).sum()
            )
        return found

    def terms(self) -> dict[str, float]:
        """Return the money of each cost term."""
        sums = self.book["Costs"].groupby("Cost Bucket")["Amount"].sum()
        return {str(name): float(money) for name, money in sums.items() if name != "revenue"}
