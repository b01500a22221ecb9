"""The demand of a random network, and the classes it belongs to."""

from random_policies import Policies, Row


class Demands(Policies):
    """Steps that need the places and products drawn before."""

    selling: list[str]
    by_place: bool

    # --- demand ---------------------------------------------------------------------------------

    def _classes(self) -> None:
        self.modes: dict[str, str] = {}
        self.by_place = False
        if not self.chance(0.6):
            return
        kinds = ("lost", "backorder", "backorder", "partial", "must")
        modes = [self.rng.choice(kinds) for _ in range(self.rng.choice((1, 1, 2)))]
        if self.chance(0.15, "two priorities"):
            modes = ["lost", "lost"]
        stated = self.chance(0.3, "class lost cost")
        for number, mode in enumerate(modes):
            priority = number + 1 if set(modes) == {"lost"} else 1
            row: Row = {"Class": "AB"[number], "Priority": priority, "Mode": mode}
            self.features.add(f"{mode} class")
            if stated:
                row["Lost Cost"] = 45 - 20 * number
            elif len(modes) == 1 and all("Price" in good for good in self.long["Products"]):
                if self.chance(0.4, "lost cost as a share of the price"):
                    row["Lost Cost Share"] = self.rng.choice((0.5, 1.5))
            if mode in ("backorder", "partial"):
                self._waiting(row, number)
            self.modes[row["Class"]] = mode
            self.both("ServiceClasses", row)
        self._class_elsewhere()

    def _waiting(self, row: Row, number: int) -> None:
        """Terms of a class that may wait."""
        if self.kind != "uneven" and self.chance(0.5, "max wait"):
            row["Max Wait"] = (1 if self.kind == "day" else 7) * self.rng.randint(1, 2)
        if self.chance(0.3, "class backorder cost"):
            row["Backorder Cost"] = self.rng.choice((0.5, 1, 3)) + 4 * (1 - number)
        if row["Mode"] == "partial":
            row["Backorder Share"] = self.rng.choice((0.25, 0.5))

    def _class_elsewhere(self) -> None:
        """The only class stands at the locations, the products or their channel."""
        self.by_place = len(self.modes) == 1 and self.chance(0.6, "class not in Demand")
        if not self.by_place:
            return
        where = self.rng.choice(("Locations", "Products", "Channel"))
        for sheet in ("Locations", "Products"):
            if where == sheet:
                for row in self.long[sheet]:
                    row["Class"] = "A"
        if where == "Channel":
            self.long["ServiceClasses"][0]["Channel"] = "web"
            for row in self.long["Locations"]:
                row["Channel"] = "web"

    def _demand(self) -> None:
        places = list(self.selling)
        if "DC" in self.tier and self.chance(0.2, "demand at a warehouse"):
            places.append("DC")
        for code in places:
            for product in self.products:
                for service_class in [""] if self.by_place or not self.modes else self.modes:
                    if len(self.modes) < 2 or self.chance(0.7):
                        self._stream(code, product, service_class)
        if not self.long.get("Demand"):
            self._stream(places[0], self.products[0], "A" if self.modes else "")

    def _stream(self, code: str, product: str, service_class: str) -> None:
        key = {"Location": code, "Product": product, "Class": service_class or None}
        most = 3 if "must" in self.modes.values() else 10
        for name in self.names:
            row = {**key, "Period": name, "Quantity": self.rng.randint(0, most)}
            if self.chance(0.1, "shortage cost of a record") and len(self.modes) < 2:
                row["Shortage Cost"] = self.rng.randint(15, 40)
            self.both("Demand", row)
            if self.chance(0.06, "orders beside forecasts"):
                more = {**key, "Period": name, "Quantity": self.rng.randint(1, most)}
                kind = self.rng.choice(("order", "promotion"))
                self.both("Demand", {**more, "Type": kind})
