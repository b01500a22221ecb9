"""Locations that open and close, drawn for a random network."""

from random import Random

from random_policies import Row, Sheets


class Sites:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    T: int
    names: list[str]
    tier: dict[str, str]
    short: Sheets
    long: Sheets
    features: set[str]

    def _sites(self) -> None:
        rng = Random(f"{self.seed}-sites")
        if rng.random() > 0.25:
            return
        places = [code for code, tier in self.tier.items() if tier not in ("supplier",)]
        chosen = rng.sample(places, min(len(places), rng.choice((1, 1, 2, 3))))
        rows = [self._site_row(code, rng) for code in sorted(chosen)]
        if len(rows) > 1 and rng.random() < 0.4:
            self.features.add("group of sites")
            for row in rows:
                row["Group"] = "these"
            rows[0]["Max In Group"] = rng.choice((1, len(rows) - 1))
        for sheets in (self.short, self.long):
            sheets["Sites"] = [dict(row) for row in rows]

    def _site_row(self, code: str, rng: Random) -> Row:
        row: Row = {"Location": code, "Fixed Cost": rng.choice((2, 10, 40))}
        if rng.random() < 0.5 and not self._site_on_the_way(code):
            self.features.add("site that may open")
            self._site_emptied(code)
        else:
            self.features.add("site that may close")
        for column, share, values in (
            ("Open Cost", 0.5, (5, 25)),
            ("Close Cost", 0.5, (3, 15)),
            ("Min Open", 0.4, (2, 3)),
            ("Must Decide By", 0.3, self.names),
        ):
            if rng.random() < share:
                row[column] = rng.choice(values)
                self.features.add(f"site {column.lower()}")
        return row

    def _site_on_the_way(self, code: str) -> bool:
        rows = self.long.get("InTransit", [])
        return any(code in (row["To"], row.get("From")) for row in rows)

    def _site_emptied(self, code: str) -> None:
        """A place that may open has no stock before; what it owes may stay."""
        for sheets in (self.short, self.long):
            sheets["Locations"] = [
                {**row, "Status": "consider"} if row["Location"] == code else row
                for row in sheets["Locations"]
            ]
            stock = sheets.get("OpeningStock", [])
            kept = [row for row in stock if row["Location"] != code or row["Quantity"] < 0]
            sheets["OpeningStock"] = kept
