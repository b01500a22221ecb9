"""The numbers of the page's data block, traced back to the sheets of the workbook.

Every number lies on a path (``costs.amount``); each path has a rule here, and one without is not
traced.
"""

import base64
import json
import math
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from traced_book import KINDS
from traced_kpis import Traced
from traced_texts import Teller

Rule = Callable[["Page", str], "np.ndarray | list[float] | None"]
"""What the numbers on a path have to be; None where the rule itself has compared them."""
Rules = list[tuple[str, Rule]]
SCALES = (1, 10, 100, 1000)
"""Parts of one that a packed column keeps: the most that fit into 32 bits with its numbers."""
DIGITS = 1e-11


def facts_of(page: Path) -> Any:
    """Return the data block of a page."""
    text = page.read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="facts">(.*?)</script>', text, re.S)
    assert found is not None
    return opened(json.loads(found.group(1)))


def opened(value: Any) -> Any:
    """Return facts with their packed columns as arrays."""
    if isinstance(value, dict):
        if set(value) == {"s", "z"}:
            data = zlib.decompress(base64.b64decode(value["z"]))
            if value["s"] == 0:
                return np.frombuffer(data, "<f8").copy()
            whole = np.frombuffer(data, "<i4").astype(float)
            return np.where(whole == -(2**31), np.nan, whole / value["s"])
        return {name: opened(one) for name, one in value.items()}
    if isinstance(value, list):
        return [opened(one) for one in value]
    return value


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every path with what lies there; lists of numbers as one."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for one in value:
            yield from leaves(one, f"{path}[]")
    else:
        yield path, value


def numbers(value: Any) -> np.ndarray:
    """Return the numbers of a leaf; none for texts and flags."""
    if isinstance(value, np.ndarray):
        return value.ravel()
    if isinstance(value, bool | str) or value is None:
        return np.zeros(0)
    if isinstance(value, list):
        parts = [np.full(1, np.nan) if one is None else numbers(one) for one in value]
        return np.concatenate([np.zeros(0), *parts])
    return np.array([float(value)])


class Page:
    """The facts of a page beside the book they have to come from."""

    def __init__(self, facts: Any, teller: Teller) -> None:
        self.facts, self.teller = facts, teller
        self.traced: Traced = teller.traced
        self.book = teller.book
        self.codes = [str(one) for one in facts["locations"]["code"]]
        self.goods = [str(one) for one in facts["products"]["code"]]
        self.ids = facts["periods"]["id"]

    def faults(self, rules: "Rules") -> tuple[list[str], int]:
        """Return paths whose numbers are not what the sheets say, and how many were traced."""
        found, count = [], 0
        there: dict[str, list[np.ndarray]] = {}
        for path, value in leaves(self.facts):
            there.setdefault(path, []).append(numbers(value))
        for path, parts in there.items():
            told = np.concatenate(parts)
            if not len(told):
                continue
            rule = next((rule for form, rule in rules if re.fullmatch(form, path)), None)
            if rule is None:
                found.append(f"{path}: nobody traces it")
                continue
            try:
                wanted = rule(self, path)
            except AssertionError as fault:
                found.append(f"{path}: {fault or 'a sum is not that of the sheet'}")
                continue
            if wanted is not None:
                if not alike(told, np.asarray(wanted, dtype=float).ravel()):
                    found.append(f"{path}: {told[:8]} for {np.asarray(wanted).ravel()[:8]}")
            count += len(told)
        return found, count

    def grid(self, sheet: str, column: str, *keys: str) -> np.ndarray:
        """Return sums of a column of a sheet: places or locations of the facts by period."""
        rows = self.book[sheet]
        sums = rows.groupby([*keys, "Period"])[column].sum()
        names = {"Location": self.codes, "Product": self.goods}
        places = self.facts["places"]
        at = [self.codes[int(one)] for one in places["location"]]
        of = [self.goods[int(one)] for one in places["product"]]
        if keys == ("Location",):
            wanted = pd.MultiIndex.from_product([names["Location"], self.ids])
        else:
            pairs = zip(at, of, strict=True)
            wanted = pd.MultiIndex.from_tuples([(a, p, t) for a, p in pairs for t in self.ids])
        return sums.reindex(wanted).fillna(0.0).to_numpy(float)

    def cost(self) -> np.ndarray:
        """Return the standard cost of the places of the facts, for every period."""
        of = [self.goods[int(one)] for one in self.facts["places"]["product"]]
        return np.repeat(np.array([self.traced.cost[one] for one in of]), len(self.ids))

    def at_locations(self, values: np.ndarray) -> np.ndarray:
        """Return sums over the products of each location, by period."""
        total = np.zeros((len(self.codes), len(self.ids)))
        grid = values.reshape(-1, len(self.ids))
        for row, place in enumerate(self.facts["places"]["location"]):
            total[int(place)] += grid[row]
        return total

    def capital(self) -> np.ndarray:
        units = self.grid("Inventory", "Closing", "Location", "Product")
        units = units + self.grid("Inventory", "In Transit", "Location", "Product")
        total = self.at_locations(units * self.cost())
        opening = self.book.inputs.get("OpeningStock", pd.DataFrame())
        for _, row in opening.iterrows() if "Blocked" in opening else ():
            blocked = float(row["Blocked"]) if pd.notna(row["Blocked"]) else 0.0
            at = self.codes.index(str(row["Location"]))
            total[at] += blocked * self.traced.cost[str(row["Product"])]
        return total

    def sums(self, *columns: str) -> np.ndarray:
        keys = ("Location", "Product")
        return sum((self.grid("Inventory", one, *keys) for one in columns), np.zeros(1))

    def costs(self) -> np.ndarray:
        facts, rows = self.facts["costs"], self.book["Costs"]
        known = (
            rows.assign(Location=rows["Location"].astype(object).fillna(""))
            .groupby(["Cost Bucket", "Location"])["Amount"]
            .sum()
        )
        at = [self.codes[one] if one >= 0 else "" for one in facts["location"]]
        term = [facts["terms"][one] for one in facts["term"]]
        found = known.reindex(pd.MultiIndex.from_arrays([term, at])).to_numpy(float)
        whole = known[known != 0]
        assert len(whole) == len(found)
        return found

    def service(self, column: str) -> np.ndarray:
        facts, rows = self.facts["service"], self.book["Service"]
        keys = ["Location", "Channel", "Period"]
        sums = (
            rows.assign(Channel=rows["Channel"].astype(object).fillna(""))
            .groupby(keys)[column]
            .sum()
        )
        channels = self.facts["locations"]["channels"]
        pairs = zip(facts["location"], facts["channel"], strict=True)
        wanted = [
            (self.codes[at], channels[of] if of >= 0 else "", t)
            for at, of in pairs
            for t in self.ids
        ]
        assert math.isclose(sums.sum(), sums.reindex(wanted).sum(), abs_tol=1e-9)
        return sums.reindex(wanted).fillna(0.0).to_numpy(float)

    def flows(self, column: str) -> np.ndarray:
        facts, rows = self.facts["flows"], self.book["Shipments"]
        keys = ["From", "To", "Kind", "Ship Period"]
        sums = rows.groupby(keys)[column].sum()
        kinds = facts["kinds"]["en"]
        parts = zip(facts["from"], facts["to"], facts["kind"], strict=True)
        wanted = [
            (self.codes[one], self.codes[two], kinds[kind], t)
            for one, two, kind in parts
            for t in self.ids
        ]
        assert abs(sums.sum() - sums.reindex(wanted).sum()) <= 1e-6 * max(1, abs(sums.sum()))
        return sums.reindex(wanted).fillna(0.0).to_numpy(float)

    def limits(self, column: str) -> np.ndarray:
        rows = self.book["CapacityUse"]
        names = ["Location", "Zone", "From", "To", "Kind", "Dimension"]
        known = rows.assign(
            **{one: rows[one].astype(object).fillna("").astype(str) for one in names}
        )
        heads = list(dict.fromkeys(known[names].itertuples(index=False, name=None)))
        values = known.set_index([*names, "Period"])[column].astype(float)
        wanted = [(*head, t) for head in heads for t in self.ids]
        return values.reindex(pd.MultiIndex.from_tuples(wanted)).to_numpy(float)

    def table(self, path: str) -> None:
        """Compare a table of the page with the rows of its sheet, the most important first."""
        name = path.split(".")[1]
        facts, rows = self.facts["tables"][name], self.book[name]
        if name == "Shipments":
            rows = rows[rows["Status"] != "firm"]
            worth = "Saving" if "Saving" in rows and rows["Saving"].notna().any() else "Value"
            rows = rows.sort_values(worth, ascending=False, kind="stable")
        if name == "Service":
            missing = rows["Lost"] + rows["Backlog"]
            rows = rows.assign(missing=missing)[missing > 0]
            rows = rows.sort_values("missing", ascending=False, kind="stable")
        assert facts["of"] == len(rows) and facts["rows"] == min(len(rows), 5000)
        self.columns(name, facts, rows.head(5000))

    def columns(self, sheet: str, facts: Any, rows: pd.DataFrame) -> None:
        """Compare a table of the page with the rows of its sheet; equal ones may change places."""
        told: dict[str, Any] = {}
        for column in facts["columns"]:
            name, values = column["name"], column["values"]
            if column["kind"] == "text":
                language = "en" if (sheet, name) in KINDS else self.teller.language
                texts = column["words"].get(language, column["words"]["en"])
                told[name] = [texts[int(one)] for one in values]
            elif column["kind"] == "date":
                told[name] = pd.Timestamp("1970-01-01") + pd.to_timedelta(values, unit="D")
            else:
                told[name] = values
        kinds = {column["name"]: column["kind"] for column in facts["columns"]}
        keys = [name for name, kind in kinds.items() if kind in ("text", "date")]
        numbers = [name for name in kinds if name not in keys]
        shown, wanted = pd.DataFrame(told), rows[list(told)].copy()
        for name in keys:
            date = kinds[name] == "date"
            wanted[name] = (
                pd.to_datetime(wanted[name]) if date else wanted[name].astype(object).fillna("")
            )
        sides = [
            one.sort_values([*keys, *numbers], kind="stable").reset_index(drop=True)
            for one in (shown, wanted)
        ]
        for name in keys:
            one, other = (side[name].astype(str).tolist() for side in sides)
            wrong = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
            assert not wrong, f"{name}: {wrong[:3]}"
        for name in numbers:
            one, other = (pd.to_numeric(side[name]).to_numpy(float) for side in sides)
            assert alike(one, other), f"{name}: {one[:5]} for {other[:5]}"


def alike(told: np.ndarray, wanted: np.ndarray) -> bool:
    """Tell whether numbers are the same up to what packing and printing may take."""
    if told.shape != wanted.shape or (np.isnan(told) != np.isnan(wanted)).any():
        return False
    known = ~np.isnan(told)
    most = np.abs(told[known]).max(initial=0.0)
    scale = max((one for one in SCALES if most * one < 2**31 - 1), default=1)
    room = 0.51 / scale + DIGITS * np.abs(wanted[known])
    return bool((np.abs(told[known] - wanted[known]) <= room).all())
