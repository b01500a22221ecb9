"""Terms of transfers, drawn for a random network that has transfer lanes."""

from random import Random
from typing import Any

from random_policies import Row, Sheets

ENDS = (("S1", "S2"), ("S2", "S1"))


class Transfers:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    kind: str
    names: list[str]
    short: Sheets
    long: Sheets
    features: set[str]

    def _transfer_terms(self) -> None:
        rng = Random(f"{self.seed}-transfers")
        lanes = [row for row in self.long["Lanes"] if (row["From"], row["To"]) in ENDS]
        if not lanes or rng.random() > 0.8:
            return
        slow = lanes[0]["Lead Time"] >= (1 if self.kind == "day" else 10)
        base = self._terms_of_moves(rng, slow) | self._terms_of_places(rng)
        rows = self.short.setdefault("TransferRules", [{"From": "*", "To": "*"}])
        rows[0] |= base
        special: Row = {}
        if rng.random() < 0.4:
            self.features.add("transfer terms of a product or period")
            special = {"Product": lanes[-1]["Product"]}
            if rng.random() < 0.5:
                special = {"Period": rng.choice(self.names)}
            special |= self._terms_of_places(rng)
            if rng.random() < 0.5:
                special["Max Moves"] = rng.randint(1, 2)
            rows.append({"From": "*", "To": "*", **special})
        self._explicit(base, special, {row["Product"] for row in lanes})

    def _explicit(self, base: Row, special: Row, products: set[str]) -> None:
        """The same row for row; only limits on moves keep their stars."""
        found: list[Row] = []
        for row in (base, special):
            if "Max Moves" in row:
                names = ("Product", "Period", "Max Moves", "Count By")
                limit = {name: row[name] for name in names if name in row}
                found.append({"From": "*", "To": "*", **limit})
        base = _without(base)
        more = _without(special)
        for origin, to in ENDS:
            for product in sorted(products):
                cell: dict[str, Any] = {"From": origin, "To": to, "Product": product}
                own = base | more if special.get("Product") == product else base
                found.append({**own, **cell})
                if "Period" in special:
                    found.append({**more, **cell})
        self.long["TransferRules"] = found

    def _terms_of_places(self, rng: Random) -> Row:
        row: Row = {}
        if rng.random() < 0.5:
            self.features.add("donor minimum")
            row["Donor Min Qty"] = rng.randint(1, 6)
        if self.kind != "uneven" and rng.random() < 0.3:
            self.features.add("donor days")
            row["Donor Min Days"] = rng.choice((1, 2) if self.kind == "day" else (5, 7))
        if rng.random() < 0.4:
            self.features.add("cooldown")
            row["Cooldown"] = rng.randint(1, 2)
        if rng.random() < 0.3:
            self.features.add("only if shortage")
            row["Only If Shortage"] = "Y"
        return row

    def _terms_of_moves(self, rng: Random, slow: bool) -> Row:
        row: Row = {}
        if rng.random() < 0.4:
            row["Count By"] = "order"
        if rng.random() < 0.4:
            self.features.add("least transfer")
            row[rng.choice(("Min Qty", "Min Value"))] = rng.randint(2, 6)
            if not slow:  # goods sent forth and back at once would fill it
                row["Cooldown"] = rng.randint(1, 2)
        if rng.random() < 0.4:
            self.features.add("move cost")
            row["Move Cost"] = rng.randint(1, 9)
        if rng.random() < 0.4:
            self.features.add("most moves")
            row["Max Moves"] = rng.randint(0, 2)
        return row


def _without(row: Row) -> Row:
    """A row without its limit and without what chooses products."""
    return {name: cell for name, cell in row.items() if name not in ("Max Moves", "Product")}
