"""Numbers in the sentences of the first page and of the console, traced back to the sheets.

A sentence is recognised by its template; the rule of the template says what each field has to be.
A sentence with a number that no rule speaks of is not traced.
"""

import math
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pandas as pd
from traced_book import Book, english
from traced_kpis import Traced

from tierstock.inputs.schema import say
from tierstock.outputs.words import words
from tierstock.words import TEXT

NUMBER = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?%?")
FIELD = re.compile(r"\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}")
Fields = dict[str, Any]


def printed(text: str, value: float) -> bool:
    """Tell whether a printed number is a value up to its rounding; a dash is none."""
    found = NUMBER.search(text)
    if found is None:
        return not math.isfinite(value) and text.strip() in ("", "–")
    word = found.group().replace(",", "").replace("−", "-")
    scale = 100.0 if word.endswith("%") else 1.0
    digits = len(word.rstrip("%").partition(".")[2])
    told = float(word.rstrip("%"))
    return abs(told - value * scale) <= 0.5 * 0.1**digits * (1 + 1e-9) + 1e-9


def pattern(template: str) -> re.Pattern[str]:
    """Return what a filled template looks like."""
    made, at, seen = "", 0, set()
    for field in FIELD.finditer(template):
        made += re.escape(template[at : field.start()])
        at = field.end()
        name, one, many = field.groups()
        if one is not None:
            made += f"(?:{re.escape(one)}|{re.escape(many)})"
        elif name in seen:
            made += f"(?P={name})"
        else:
            beside = template[at : at + 1] == "{"  # a change follows its figure in brackets
            made += f"(?P<{name}>{'[^ (（]*' if beside else '.*?'})"
            seen.add(name)
    return re.compile(made + re.escape(template[at:]))


@cache
def patterns(language: str) -> dict[str, re.Pattern[str]]:
    """Return word -> pattern of every template with a rule."""
    found = {f"out {name}": row[language] for name, row in words().items()}
    found |= {f"say {name}": row[language] for name, row in TEXT.items()}
    return {name: pattern(found[name]) for name in RULES if name in found}


class Teller:
    """A traced book that is asked whether texts are right; counts the numbers it has traced."""

    def __init__(self, traced: Traced, language: str, before: Traced | None = None) -> None:
        self.traced, self.language, self.book = traced, language, traced.book
        self.kpis = traced.plain()
        self.today = before
        self.before = None if before is None else before.plain()
        self.count = 0
        info = self.book["RunInfo"]
        self.told = set(info["Value"].astype(str)) | set(self.messages())
        self.currency = str(info.loc[info["Item"].isin(["Currency", "币种"]), "Value"].iloc[0])

    @property
    def warned(self) -> int:
        """Return the number of warnings in DataIssues."""
        issues = self.book["DataIssues"]
        levels = issues["Level"].map(english("result status")) if len(issues) else pd.Series()
        return int((levels == "warning").sum())

    def messages(self) -> Iterator[str]:
        """Yield the findings that stand in DataIssues."""
        issues = self.book["DataIssues"]
        yield from issues["Message"].astype(str) if len(issues) else ()

    def trace(self, text: str) -> bool:
        """Tell whether all numbers of a text are traced and right."""
        text = text.strip().removeprefix("• ")
        if not re.search(r"\d", text) or text in self.told:
            self.count += len(NUMBER.findall(text))
            return True
        if any(text.endswith(one) for one in self.messages()):
            return True
        for name, form in patterns(self.language).items():
            found = form.fullmatch(text)
            if found is not None and self.right(found.groupdict(), RULES[name](self)):
                return True
        return self.alert(text)

    def right(self, fields: dict[str, str], wanted: Fields) -> bool:
        """Tell whether every field is what it has to be."""
        for name, text in fields.items():
            value = wanted.get(name, "")
            if isinstance(value, str):
                if text != value and (value or re.search(r"\d", text)):
                    return False
            elif not printed(text, float(value)):
                return False
        self.count += sum(not isinstance(one, str) for one in wanted.values())
        return True

    def alert(self, text: str) -> bool:
        """Tell whether a text is one of the three alerts with the most money at risk."""
        rows = self.worst()
        gap = "" if self.language == "zh" else " "
        for _, row in rows.iterrows():
            name = "alert of a limit" if row["Kind"] == "capacity" else "alert"
            wanted = self.alert_fields(row)
            for rest in ("", f"{gap}{row['Suggestion']}"):
                form = pattern(words()[name][self.language])
                if not text.endswith(rest):
                    continue
                found = form.fullmatch(text.removesuffix(rest) if rest else text)
                if found is not None and self.right(found.groupdict(), wanted):
                    return True
        return False

    def worst(self) -> pd.DataFrame:
        """Return the alerts with the most money at risk, one for each place and product."""
        rows = self.book["Alerts"]
        if not len(rows):
            return rows
        rows = rows[rows["Money At Risk"] > 0]
        rows = rows.sort_values("Money At Risk", ascending=False, kind="stable")
        return rows.drop_duplicates(["Location", "Product"]).head(3)

    def alert_fields(self, row: pd.Series) -> Fields:
        where = [str(row[c]) for c in ("Location", "Product") if pd.notna(row[c])]
        return {
            "where": ("、" if self.language == "zh" else ", ").join(where),
            "kind": say(str(row["Kind"]), self.language, "result status"),
            "period": str(row["Period"]) if pd.notna(row["Period"]) else "",
            "units": row["Quantity"],
            "money": row["Money At Risk"],
            "currency": self.currency,
        }

    def then(self, name: str) -> Fields:
        """Return the baseline's side of a figure and the change, as ``card before`` tells them."""
        now, before = self.kpis[name], (self.before or {}).get(name, math.nan)
        share = "Fill rate" in name
        return {
            "before": before,
            "change": (now - before) * 100 if share else (now - before) / abs(before or math.nan),
        }


def _cards(teller: Teller) -> Fields:
    terms = teller.traced.terms()
    name, money = max(terms.items(), key=lambda one: one[1]) if terms else ("", 0.0)
    total = teller.kpis["Total cost"]
    return {
        "term": say(name, teller.language, "cost"),
        "share": money / total if terms and total > 0 else math.nan,
    }


def _shelf(teller: Teller) -> Fields:
    keys = ["Location", "Product", "Period"]
    lost = teller.book["Service"].groupby(keys, sort=False, as_index=False)["Lost"].sum()
    both = lost.merge(teller.book["Inventory"][[*keys, "Closing"]], on=keys)
    both = both[(both["Lost"] > 1e-6) & (both["Closing"] > 1e-6)]
    worth = both[["Lost", "Closing"]].astype(float).min(axis=1)
    row = both.iloc[int(worth.to_numpy().argmax())]
    names = {name.lower(): str(row[name]) for name in keys}
    return {"count": len(both), **names, "lost": row["Lost"], "left": row["Closing"]}


def _rounded(teller: Teller) -> Fields:
    ships, traced = teller.book["Shipments"], teller.traced
    start = traced.first + pd.to_timedelta([0, *traced.days.cumsum()[:-1]], unit="D")
    begins = ships["Arrive Period"].map(dict(zip(traced.ids, start, strict=True)))
    late = (pd.to_datetime(ships["Arrive Date"]) - pd.to_datetime(begins)).dt.days
    return {"count": int((late > 0).sum()), "all": len(ships), "days": int(late.max())}


def _sentence(teller: Teller) -> Fields:
    stock, traced = teller.book["Inventory"], teller.traced
    return {
        "places": stock["Location"].nunique(),
        "products": stock["Product"].nunique(),
        "periods": len(traced.ids),
        "first": f"{traced.first:%Y-%m-%d}",
        "last": f"{traced.last:%Y-%m-%d}",
        "shipments": teller.kpis["Shipments"],
        "transfers": teller.kpis["Transfers"],
    }


def _more_alerts(teller: Teller) -> Fields:
    rows = teller.book["Alerts"].drop(teller.worst().index)
    return {"count": len(rows), "high": int((rows["Level"] == "high").sum())}


def _later(teller: Teller) -> Fields:
    """Moves and extra capacity behind the first week, and what they are worth."""
    book, traced = teller.book, teller.traced
    found = []
    for sheet, period, keys in (
        ("Shipments", "Ship Period", ["Kind", "From", "To", "Product"]),
        ("Purchases", "Order Period", ["To", "Product"]),
        ("Production", "Period", ["Location", "Product"]),
    ):
        rows = book[sheet]
        if not len(rows):
            continue
        rows = rows[rows["Status"] != "firm"] if "Status" in rows else rows
        at = rows[period].map(traced.ids.index)
        found.append((rows.assign(at=at), [*keys, "at"]))
    starts = [0.0, *traced.days.cumsum()[:-1]]
    first = min(int(rows["at"].min()) for rows, _ in found if len(rows))
    until = max(sum(start < 7 for start in starts), first + 1)
    count, money = 0, 0.0
    for rows, keys in found:
        late = rows[rows["at"] >= until]
        count += len(late.drop_duplicates(keys))
        money += traced.worth(late, late["Quantity"].to_numpy(float))
    use, costs = book["CapacityUse"], book["Costs"]
    if len(use):
        sites = use["Kind"].isin(["storage", "inbound", "outbound", "dock"]) & (use["Extra"] > 0)
        count += int((use.loc[sites, "Period"].map(traced.ids.index) >= until).sum())
        extra = costs[costs["Cost Bucket"] == "extra capacity"]
        late = extra["Period"].map(traced.ids.index) >= until
        money += float(extra.loc[late, "Amount"].sum())
    return {"count": count, "money": money, "currency": teller.currency}


def _money_of(book: Book, *terms: str) -> float:
    costs = book["Costs"]
    return float(costs.loc[costs["Cost Bucket"].isin(terms), "Amount"].sum())


def _end(teller: Teller) -> Fields:
    return {
        "left": teller.kpis["End cover"],
        "asked": teller.kpis["End cover asked"],
        "money": _money_of(teller.book, "terminal shortfall"),
        "currency": teller.currency,
    }


def _expired(teller: Teller) -> Fields:
    stock = teller.book["Inventory"]
    row = stock.iloc[int(stock["Scrapped"].astype(float).to_numpy().argmax())]
    names = {name.lower(): str(row[name]) for name in ("Product", "Location", "Period")}
    money = _money_of(teller.book, "scrap")
    return {"units": stock["Scrapped"].sum(), "money": money, "currency": teller.currency, **names}


def _over(teller: Teller) -> Fields:
    use = teller.book["CapacityUse"]
    room = (use["Limit"] + use["Extra"]).astype(float)
    rows = use[(use["Kind"] != "cash") & (use["Used"] - room > 1e-6 * room.clip(lower=1))]
    row = rows.iloc[int(rows["Utilisation"].astype(float).to_numpy().argmax())]
    ends = "→".join(str(row[c]) for c in ("From", "To") if pd.notna(row[c]))
    location = str(row["Location"]) if pd.notna(row["Location"]) else ends
    numbers = {"used": row["Used"], "limit": row["Limit"]}
    return {"count": len(rows), "location": location, "period": str(row["Period"]), **numbers}


def _unpriced(teller: Teller) -> Fields:
    rows = teller.book["Purchases"]
    free = rows[rows["Amount"] == 0]
    places = list(dict.fromkeys(free["Supplier"].astype(str)))
    between = "、" if teller.language == "zh" else ", "
    named = between.join(places[:3]) + (" …" if len(places) > 3 else "")
    return {"places": named, "units": free["Quantity"].sum()}


def _good(teller: Teller) -> Fields:
    bound = teller.book.fact("Bound", "下界")
    earns = bool({"Profit", "计划利润"} & set(teller.book["Summary"]["KPI"]))
    return {
        "money": teller.kpis["Gap in money"],
        "gap": teller.kpis["Gap in money"],
        "currency": teller.currency,
        "share": teller.kpis["Gap to best possible"],
        "bound": -bound if earns else bound,
    }


def _service(teller: Teller) -> Fields:
    kpis = teller.kpis
    return {
        "fill": kpis["Fill rate (units)"],
        "lost": kpis["Lost units"],
        "owed": kpis["Owed at the end"],
    }


def _asked(teller: Teller) -> Fields:
    return {"asked": teller.book.fact("Asked gap", "要求的差距")}


def _lead(teller: Teller) -> Fields:
    now, before = teller.kpis, teller.before or {}
    found: Fields = {"currency": teller.currency}
    for word, name in (("cost", "Total cost"), ("capital", "Capital tied up (end)")):
        found |= {word: now[name], f"{word}_before": before[name]}
        apart = (now[name] - before[name]) / abs(before[name] or math.nan)
        found[f"{word}_change"] = apart
    names = {"fill": now["Fill rate (units)"], "fill_before": before["Fill rate (units)"]}
    return found | names


def _left(teller: Teller) -> Fields:
    name = "Stock left at the end"
    return {"amount": abs(teller.kpis[name] - (teller.before or {})[name])}


RULES: dict[str, Callable[[Teller], Fields]] = {
    "out sentence": _sentence,
    "out card cost note": _cards,
    "out card fill note": _service,
    "out card capital note": lambda t: {"opening": t.kpis["Capital tied up (opening)"]},
    "out card cover note": lambda t: {"days": t.kpis["Opening cover"]},
    "out card gap note": lambda t: {"share": t.kpis["Gap to best possible"]},
    "out alerts more": _more_alerts,
    "out act more": _later,
    "out shelf": _shelf,
    "out below": lambda t: {"units": t.kpis["Safety stock missing"]},
    "out beyond": lambda t: {"count": int((t.book.numbers("CapacityUse", "Extra") > 0).sum())},
    "out rounded": _rounded,
    "out end days": _end,
    "out end": _end,
    "out expired": _expired,
    "out over": _over,
    "out unpriced": _unpriced,
    "out warnings more": lambda t: {
        "count": int(t.book["RunInfo"]["Item"].str.match("Warning|警告").sum()) - 4
    },
    "out good proven": _good,
    "out good proven profit": _good,
    "out good best": _good,
    "out good best profit": _good,
    "out stopped gap": _asked,
    "out stopped time": _asked,
    "out audit pass": lambda t: {"count": len(t.book["Audit"])},
    "out before lead": _lead,
    "out before left": _left,
    "say warnings": lambda t: {"count": t.warned},
    "say warnings-more": lambda t: {"count": t.warned - 3},
    "say service-line": _service,
    "say capital-line": lambda t: {
        "end": t.kpis["Capital tied up (end)"],
        "opening": t.kpis["Capital tied up (opening)"],
        "money": t.currency,
    },
    "say cover-line": lambda t: {
        "end": t.kpis["End cover"],
        "opening": t.kpis["Opening cover"],
    },
    "say quality-line": lambda t: {**_good(t), "money": t.currency},
    "say quality-profit": lambda t: {**_good(t), "money": t.currency},
    "say profit-line": lambda t: {
        "profit": t.kpis["Profit"],
        "revenue": t.kpis["Revenue"],
        "money": t.currency,
    },
}
"""Template -> what its fields have to be; ``out`` for those of the results, ``say`` of commands."""
