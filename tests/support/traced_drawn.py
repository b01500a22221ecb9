"""The numbers that a browser shows on the page: headline figures, tables behind drawings, tables.

What a card shows is read from the browser and held against sums of the sheets, or against the
data block, whose numbers are traced themselves. A card without a rule is not traced.
"""

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from traced_page import Page
from traced_texts import NUMBER, printed

READ = """() => {
  document.querySelectorAll('main details').forEach((one) => { one.open = true; });
  return new Promise((done) => setTimeout(() => done([...document.querySelectorAll('.card')].map(
    (card) => ({ id: card.id, text: card.innerText, note: card.querySelector('.note').innerText,
      heads: [...card.querySelectorAll('thead th')].map((one) => one.innerText),
      rows: [...card.querySelectorAll('tbody tr')].map((row) =>
        [...row.children].map((cell) => cell.innerText)) }))), 400));
}"""
"""Reads all cards, the tables behind their drawings open."""
TIERS = ("supplier", "plant", "CDC", "RDC", "store", "ecom", "customer")
RUNGS = (0, 30, 60, 90, 180, 365, math.inf)
Card = dict[str, Any]


class Drawn:
    """A page in a browser beside the facts it was drawn from."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.facts, self.language = page, page.facts, language
        self.ids, self.kpis, self.before = page.ids, page.teller.kpis, page.teller.before
        self.count = 0

    def faults(self, cards: list[Card]) -> list[str]:
        """Return the cards with a number that is not what it has to be."""
        found = []
        for card in cards:
            rule = RULES.get(card["id"])
            if rule is None:
                found.append(f"{card['id']}: nobody traces it")
                continue
            found += [f"{card['id']}: {wrong}" for wrong in rule(self, card)]
        return found

    def cells(self, told: list[str], wanted: list[float]) -> list[str]:
        """Compare printed cells with numbers; a dash or a blank stands for none."""
        self.count += len(told)
        if len(told) != len(wanted):
            return [f"{told} for {wanted}"]
        pairs = zip(told, wanted, strict=True)
        return [f"{one} for {two}" for one, two in pairs if not printed(one, float(two))]

    def grid(self, card: Card, wanted: list[list[float]], keys: int = 1) -> list[str]:
        """Compare the rows of a table, behind the columns that name them."""
        if len(card["rows"]) != len(wanted):
            return [f"{len(card['rows'])} rows for {len(wanted)}"]
        pairs = zip(card["rows"], wanted, strict=True)
        return [wrong for row, right in pairs for wrong in self.cells(row[keys:], right)]


def _headlines(drawn: Drawn, card: Card) -> list[str]:
    kpis, before, wanted = drawn.kpis, drawn.before or {}, []
    notes = {
        "Total cost": [],
        "Fill rate (units)": [kpis["Lost units"], kpis["Owed at the end"]],
        "Capital tied up (end)": [kpis["Capital tied up (opening)"]],
        "End cover": [kpis["Opening cover"]],
        "Gap in money": [kpis["Gap to best possible"]],
    }
    for name, beside in notes.items():
        wanted.append(kpis[name])
        today = before.get(name, math.nan)
        if name != "Gap in money" and math.isfinite(today) and today != 0:
            apart = kpis[name] - today
            wanted.append(apart * 100 if name.startswith("Fill") else apart / abs(today))
            wanted.append(today)
        wanted += beside
    text = re.sub(r"(?<=\d)\s*%", "%", card["text"])
    known = [one for one in wanted if math.isfinite(one)]
    return drawn.cells(NUMBER.findall(text), known)


def _stock(drawn: Drawn, card: Card) -> list[str]:
    stock, traced = drawn.page.book["Inventory"], drawn.page.traced
    tier = stock["Location"].astype(str).map(traced.tier)
    sums = stock.assign(tier=tier).groupby(["tier", "Period"])["Value"].sum().unstack()[drawn.ids]
    shown = [
        sums.loc[one].tolist() for one in TIERS if one in sums.index and (sums.loc[one] > 0).any()
    ]
    target = traced.by_period(traced.v * drawn.page.book.numbers("Inventory", "Target"))
    columns = shown + ([target.tolist()] if (target > 0).any() else [])
    return drawn.grid(card, [[one[t] for one in columns] for t in range(len(drawn.ids))])


def _capital(drawn: Drawn, card: Card) -> list[str]:
    use = drawn.page.book["CapacityUse"]
    caps = use[use["Kind"] == "capital"] if len(use) else use
    if not len(caps):
        return drawn.grid(card, [[one] for one in drawn.page.traced.capital])
    names = ["Location", "Zone", "From", "To"]
    first = caps[names].astype(object).fillna("").astype(str).drop_duplicates().iloc[0]
    mine = caps[(caps[names].astype(object).fillna("").astype(str) == first).all(axis=1)].set_index(
        "Period"
    )
    rows = mine.reindex(drawn.ids)[["Used", "Limit"]].astype(float)
    return drawn.grid(card, rows.to_numpy().tolist()) + drawn.cells(
        NUMBER.findall(_without(drawn, card["note"])),
        [int((rows["Used"] > rows["Limit"] * (1 + 1e-6)).sum())] if "▲" in card["note"] else [],
    )


def _without(drawn: Drawn, text: str) -> str:
    """Return a text without the names of periods and places."""
    for name in sorted([*drawn.ids, *drawn.page.codes], key=len, reverse=True):
        text = text.replace(name, "")
    return text


def _service(drawn: Drawn, card: Card) -> list[str]:
    rows = drawn.page.book["Service"].groupby(["Location", "Period"])[["Demand", "On Time"]].sum()
    wrong = []
    for name, *cells in card["rows"]:
        mine = rows.loc[name].reindex(drawn.ids)
        share = (mine["On Time"] / mine["Demand"].where(mine["Demand"] > 0)).tolist()
        wrong += drawn.cells(cells, [float((mine["Demand"] - mine["On Time"]).sum()), *share])
    wanted = rows["Demand"].groupby("Location").sum()
    return wrong + ([] if len(card["rows"]) == (wanted > 0).sum() else ["rows are missing"])


def _balance(drawn: Drawn, card: Card) -> list[str]:
    page, facts = drawn.page, drawn.facts["locations"]
    of = ("region", "regions") if facts["regions"] else ("company", "companies")
    of = of if facts[of[1]] else ("tier", "")
    names = facts[of[1]] if of[1] else facts["tiers"][drawn.language]
    stock = page.book["Inventory"]
    ends = stock[stock["Period"] == drawn.ids[-1]]
    at = [facts[of[0]][page.codes.index(str(one))] for one in ends["Location"]]
    cost = ends["Product"].astype(str).map(page.traced.cost).to_numpy(float)
    parts = pd.DataFrame({"product": ends["Product"].astype(str), "group": at})
    parts["stock"], parts["target"] = ends["Closing"] * cost, ends["Target"] * cost
    parts["above"] = (parts["stock"] - parts["target"]).clip(lower=0)
    parts["below"] = ends["Shortfall"] * cost
    sums = parts.groupby(["product", "group"])[["stock", "target", "above", "below"]].sum()
    wrong, count = [], int(((sums["stock"] > 0) | (sums["target"] > 0)).sum())
    for product, group, *cells in card["rows"]:
        number = names.index(group) if group in names else -1
        wrong += drawn.cells(cells, sums.loc[(product, number)].tolist())
    return wrong + ([] if count == len(card["rows"]) else [f"{count} rows are wanted"])


def _cost(drawn: Drawn, card: Card) -> list[str]:
    terms, total = drawn.page.traced.terms(), drawn.kpis["Total cost"]
    today = drawn.page.teller.today
    if today is None:
        shown = sorted((money for money in terms.values() if money), reverse=True)
        return drawn.grid(card, [[one] for one in [*shown, total]])
    before = today.terms()
    steps = [terms.get(one, 0.0) - before.get(one, 0.0) for one in {**terms, **before}]
    steps = sorted((one for one in steps if abs(one) >= 0.5), reverse=True)
    return drawn.grid(card, [[one] for one in [sum(before.values()), *steps, total]])


def _limits(drawn: Drawn, card: Card) -> list[str]:
    use = drawn.page.book["CapacityUse"]
    use = use[~use["Kind"].isin(["capital", "cash"])]
    names = ["Location", "Zone", "From", "To", "Kind", "Dimension"]
    known = use.assign(**{one: use[one].astype(object).fillna("").astype(str) for one in names})
    known = known[known["Utilisation"].notna()]
    peaks = known.loc[known.groupby(names)["Utilisation"].idxmax()]
    wanted = peaks[["Used", "Limit", "Utilisation"]].astype(float).to_numpy().tolist()
    periods, wrong = peaks["Period"].tolist(), []
    for _, *cells, period in card["rows"]:
        fits = [
            at
            for at, right in enumerate(wanted)
            if periods[at] == period and not drawn.cells(cells, right)
        ]
        if not fits:
            wrong.append(f"{cells} in {period}")
            continue
        del wanted[fits[0]], periods[fits[0]]
    return wrong + ([f"{len(wanted)} limits are missing"] if wanted else [])


def _flows(drawn: Drawn, card: Card) -> list[str]:
    rows = drawn.page.book["Shipments"]
    sums = rows.groupby(["From", "To", "Kind"])["Value"].sum()
    kinds = drawn.facts["flows"]["kinds"]
    wrong = []
    for name, kind, money in card["rows"]:
        one, two = name.split(" → ")
        word = kinds["en"][kinds[drawn.language].index(kind)]
        wrong += drawn.cells([money], [float(sums[one, two, word])])
    return wrong


def _life(drawn: Drawn, card: Card) -> list[str]:
    """Money by rung of remaining life and product, then what expires in each period."""
    life, goods = drawn.facts["life"], drawn.page.goods
    days = np.where(np.isnan(life["days"]), math.inf, life["days"])
    rung = np.where(days < 0, -1, np.searchsorted(RUNGS[1:], days, side="left"))
    frame = pd.DataFrame({"rung": rung, "of": [goods[int(one)] for one in life["product"]]})
    sums = frame.assign(money=life["money"]).groupby(["rung", "of"])["money"].sum().unstack()
    sums = sums.fillna(0.0)
    products = [one for one in card["heads"][1:-1] if one in goods]
    rest = sums.drop(columns=products).sum(axis=1)
    columns = [sums[one] for one in products] + (
        [rest] if len(card["heads"]) > len(products) + 2 else []
    )
    wanted = [[*(one[at] for one in columns), sums.loc[at].sum()] for at in sums.index]
    page = drawn.page
    ends = [
        (page.sums(one) * page.cost()).reshape(-1, len(drawn.ids)).sum(axis=0)
        for one in ("Expiring", "Scrapped")
    ]
    wrong = drawn.grid({**card, "rows": card["rows"][: len(wanted)]}, wanted)
    left = [t for t in range(len(drawn.ids)) if ends[0][t] >= 0.05 or ends[0][t] > 0]
    for t, row in zip(left, card["rows"][len(wanted) :], strict=False):
        told = NUMBER.findall(_without(drawn, row[0]))
        wrong += drawn.cells([*told, row[-1]], [ends[1][t], ends[0][t]])
    return wrong


def _promotions(drawn: Drawn, card: Card) -> list[str]:
    """Every number is one of the facts of a promotion, or its share of usual demand."""
    known, units = [], drawn.facts["products"]["name"]
    for one in drawn.facts["promotions"]:
        sums = [float(np.sum(one[name])) for name in ("promotion", "usual", "ready", "short")]
        when = {t for part in one["when"] for t in part}
        days = sum(drawn.page.traced.days[t] for t in when)
        known += [*sums, sums[0] + sums[1], days, len(one["locations"])]
        known += [sums[0] / sums[1]] if sums[1] > 0 else []
    text = _without(drawn, card["text"])
    for name in sorted([*units, *drawn.page.goods], key=len, reverse=True):
        text = text.replace(name, "")
    told = NUMBER.findall(re.sub(r"(?<=\d)\s*%", "%", text))
    drawn.count += len(told)
    return [one for one in told if not any(printed(one.lstrip("+"), value) for value in known)]


def _sheet(drawn: Drawn, sheet: Any, card: Card) -> list[str]:
    """Cells of a table of the page, row by row, from the columns of the data block."""
    wrong, language = [], drawn.language
    for at, row in enumerate(card["rows"]):
        for column, told in zip(sheet["columns"], row, strict=True):
            value = column["values"][at]
            if column["kind"] == "text":
                texts = column["words"].get(language, column["words"]["en"])
                same = told == texts[int(value)].replace("\n", " ") or told == texts[int(value)]
            elif column["kind"] == "date":
                day = (
                    pd.NaT
                    if math.isnan(value)
                    else pd.Timestamp("1970-01-01") + pd.Timedelta(days=value)
                )
                zh = language == "zh"
                form = (
                    f"{day.year}年{day.month}月{day.day}日"
                    if zh
                    else f"{day:%b} {day.day}, {day.year}"
                )
                same = told == ("" if math.isnan(value) else form)
            else:
                percent = "%" if "%" in told else ""
                points = "点" in told or "point" in told
                text = told.split()[0] + ("" if "%" in told.split()[0] else percent) if told else ""
                same = printed(text, value * 100 if points else value)
            drawn.count += column["kind"] != "text"
            if not same:
                wrong.append(f"{column['name']} {told!r} for {value}")
    return wrong


def _table(name: str) -> Callable[[Drawn, Card], list[str]]:
    return lambda drawn, card: _sheet(drawn, drawn.facts["tables"][name], card)


def _tables(drawn: Drawn, card: Card) -> list[str]:
    """The table in view is the one with these columns."""
    sheets = [*drawn.facts["tables"].values(), drawn.facts["summary"]["sheet"]]
    heads = [re.sub(r" [▲▼]$", "", one) for one in card["heads"]]
    for sheet in sheets:
        if [one["head"][drawn.language] for one in sheet["columns"]] == heads:
            return _sheet(drawn, sheet, card)
    return ["no table has these columns"]


RULES: dict[str, Callable[[Drawn, Card], list[str]]] = {
    "headlines": _headlines,
    "alerts": _table("Alerts"),
    "actions": _table("Actions"),
    "flows": _flows,
    "stock": _stock,
    "capital": _capital,
    "service": _service,
    "balance": _balance,
    "cost": _cost,
    "limits": _limits,
    "promotions": _promotions,
    "life": _life,
    "tables": _tables,
}
"""Card -> what is wrong with what it shows."""
