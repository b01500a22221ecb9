"""Payment terms, opening cash and credit of companies, drawn for a random network."""

from random import Random

from random_policies import Row, Sheets


class Cash:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    T: int
    kind: str
    names: list[str]
    short: Sheets
    long: Sheets
    features: set[str]

    def _cash(self) -> None:
        rng = Random(f"{self.seed}-cash")
        if rng.random() > 0.25:
            return
        self.features.add("cash")
        owner = self._owners(rng)
        for kind in ("pay", "collect"):
            if rng.random() < 0.7:
                self._cash_terms(rng, kind, owner)
        kept = "transfer price" not in self.features or self._all_limited()
        companies = sorted(set(owner.values()))
        for company in companies:
            if company or len(companies) == 1:
                self._cash_account(rng, company or "*", kept)
        if "Finance" not in self.short:
            self._cash_row({"Party": "*", "Kind": "pay"}, {"Party": "nobody", "Kind": "pay"})
        if kept and rng.random() < 0.6:
            self._cash_budget(rng, owner)

    def _owners(self, rng: Random) -> dict[str, str]:
        """Company of every place; drawn here where no other step has."""
        rows = self.long["Locations"]
        if not any(row.get("Company") for row in rows) and rng.random() < 0.6:
            owner = {row["Location"]: rng.choice(("North", "South")) for row in rows}
            for sheets in (self.short, self.long):
                sheets["Locations"] = [
                    {**row, "Company": owner[row["Location"]]} for row in sheets["Locations"]
                ]
            return owner
        return {row["Location"]: row.get("Company") or "" for row in rows}

    def _all_limited(self) -> bool:
        """Whether nothing can be had without limit."""
        rows = self.long.get("Supply", [])
        named = {row["Location"] for row in rows}
        free = {r["Location"] for r in self.long["Locations"] if r["Tier"] == "supplier"} - named
        return not free and not self.long.get("Recipes") and all(row.get("Max") for row in rows)

    def _cash_row(self, short: Row, *long: Row) -> None:
        self.short.setdefault("Finance", []).append(short)
        self.long.setdefault("Finance", []).extend(long)

    def _cash_terms(self, rng: Random, kind: str, owner: dict[str, str]) -> None:
        """Days of everybody, of a company, or of one place among them."""
        longest = (0, 1, 2) if self.kind == "day" else (0, 5, 7, 10, 20)
        days = {place: 0 for place in owner}
        companies = sorted(set(owner.values()) - {""})
        place = rng.choice(sorted(owner))
        for party, chosen in (
            ("*", set(owner)),
            (rng.choice(companies) if companies else "", None),
            (place, {place}),
        ):
            if party and rng.random() < 0.5:
                mine = chosen or {code for code in owner if owner[code] == party}
                days |= dict.fromkeys(mine, rng.choice(longest))
                self._cash_row({"Party": party, "Kind": kind, "Days": days[min(mine)]})
                whose = {"*": "all", place: "place"}.get(party, "company")
                self.features.add(f"{kind} by {whose}")
        rows = [{"Party": code, "Kind": kind, "Days": late} for code, late in days.items()]
        self.long.setdefault("Finance", []).extend(rows)

    def _cash_account(self, rng: Random, company: str, kept: bool) -> None:
        worth = max(row["Unit Value"] for row in self.long["Products"])
        wanted = sum(row.get("Quantity") or 0.0 for row in self.long.get("Demand", []))
        size = worth * wanted
        if rng.random() < 0.8:
            row = {"Party": company, "Kind": "opening cash"}
            row["Amount"] = round(size * rng.choice((0.3, 1.0, 3.0)), 2)
            self._cash_row(row, row)
        if kept and rng.random() < 0.6:
            self.features.add("credit line")
            row = {"Party": company, "Kind": "credit line"}
            row["Amount"] = round(size * rng.choice((0.2, 0.6, 2.0)), 2)
            rate = rng.choice((0, 0.2, 36.5))
            self._cash_row({**row, "Interest": f"{100 * rate:g}%"}, {**row, "Interest": rate})

    def _cash_budget(self, rng: Random, owner: dict[str, str]) -> None:
        self.features.add("cash budget")
        worth = max(row["Unit Value"] for row in self.long["Products"])
        row: Row = {"Budget": "C", "Kind": "cash", "Limit": worth * rng.choice((0, 3, 20))}
        if rng.random() < 0.5:
            row["Each"] = "each company"
        if rng.random() < 0.5:
            row["Averaging"] = rng.choice(("average", "end"))
        if rng.random() < 0.7:
            row |= {"Hardness": "soft", "Penalty": rng.choice((0.05, 2))}
        if rng.random() < 0.3:
            row["Period"] = ",".join(rng.sample(self.names, rng.randint(1, len(self.names))))
        short, long = None, None
        companies = sorted(set(owner.values()) - {""})
        if companies and rng.random() < 0.5:
            company = rng.choice(companies)
            short = f"Company={company}"
            long = ",".join(sorted(code for code in owner if owner[code] == company))
        for sheets, text in ((self.short, short), (self.long, long)):
            sheets.setdefault("Budgets", []).append({**row, "Location": text})
