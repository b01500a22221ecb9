"""The planning model a second time: plain tables to one mixed-integer program, in loops.

Written from the design pages (rulings of the tables, families F1 to F27 of the mathematics)
without Pyomo and without tierstock, so that two readings of the same pages can be compared.
"""

from outlook import Outlook
from program import INF, Program, Term
from reference_ages import Ages
from reference_budgets import Budgets
from reference_cash import Cash
from reference_fixed_plan import FixedPlan
from reference_flows import Flows, Pair, add, default
from reference_limits import Limits
from reference_production import Production
from reference_returns import Returns
from reference_service import Service
from reference_sites import Sites
from reference_sourcing import Sourcing
from reference_stuck import Stuck
from reference_substitutes import Substitutes
from reference_tariffs import Tariffs
from reference_transfers import Transfers
from reference_user_rows import UserRows
from sourcing_rules import without_forbidden
from study import Row, Sheets

Key = tuple[str, str, str, str]


def least_cost(sheets: Sheets) -> float | None:
    """Return the least total cost of explicit planner's tables; None when nothing is feasible."""
    return Reference(Outlook(without_forbidden(sheets))).least()


class Reference(
    Ages,
    Budgets,
    Cash,
    Flows,
    Limits,
    Production,
    Returns,
    Service,
    Sites,
    Sourcing,
    Stuck,
    Substitutes,
    Tariffs,
    Transfers,
    UserRows,
    FixedPlan,
):
    """Columns by place, lane and period, and the rows between them."""

    def __init__(self, study: Outlook) -> None:
        self.study, self.program, self.T = study, Program(), study.T
        self.pairs = [(place, product) for place in study.locations for product in study.products]
        # what comes in, what goes out and what will still come after the end, by place and period
        self.received: dict[tuple[Pair, int], list[Term]] = {}
        self.issued: dict[tuple[Pair, int], list[Term]] = {}
        self.shipped: dict[tuple[Pair, int], list[Term]] = {}
        self.bought: dict[tuple[Pair, int], list[Term]] = {}
        self.pipe = {(pair, t): 0.0 for pair in self.pairs for t in range(self.T + 1)}
        self.leave = {(pair, t): 0.0 for pair in self.pairs for t in range(self.T)}
        self.opening = {pair: 0.0 for pair in self.pairs}
        self.blocked = {pair: 0.0 for pair in self.pairs}
        self.decided_in, self.decided_out = dict(self.pipe), dict(self.leave)
        self.cancelled: dict[tuple[Pair, int], list[Term]] = {}
        self.stayed: dict[tuple[Pair, int], list[Term]] = {}
        self.fleet_use: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self.shipments: list[tuple[str, str, str, str, int, int]] = []
        self.ordered: list[tuple[str, str, int, float, int]] = []
        self.made: dict[tuple[Pair, int], list[Term]] = {}
        self.used: dict[tuple[Pair, int], list[Term]] = {}
        self.entered: dict[tuple[str, int], list[Term]] = {}
        self.came_back: dict[tuple[Pair, int], list[Term]] = {}
        self.thrown: dict[tuple[Pair, int], list[Term]] = {}
        self.gone: dict[int, int] = {}
        self.runs: dict[tuple[str, str, int], int] = {}
        self.later: list[tuple[Pair, int, int]] = []
        self.losses: list[tuple[str, str, int, int]] = []
        self.released: list[tuple[str, int, int]] = []
        self.served: dict[tuple[Key, int], dict[str, int]] = {}
        self.reached: dict[tuple[Key, int], bool] = {}
        self.handed: dict[tuple[Key, Pair, int], list[Term]] = {}
        self.scrapped: dict[tuple[Pair, int], list[Term]] = {}
        self.dead: dict[tuple[Pair, int], float] = {}
        self.too_old: dict[Pair, float] = {}
        self._openings()
        self._lives()
        self.live = study.live()
        self.large = self._large()
        self._supply()
        self._lanes()
        self._demand()
        self._returns()
        self._production()
        self._expire()
        self._stock()
        self._ages()
        self._rank_rows()
        self._site_states()
        self._targets()
        self._capacity()
        self._terminal()
        self._transfers()
        self._sourcing()
        self._fixed_plan()
        self._user_rows()
        self._quotas()
        self._service_rows()
        self._site_gates()
        self._tariffs()
        self._budgets()

    # --- F27 ----------------------------------------------------------------------------------

    def _openings(self) -> None:
        for row in self.study.rows("OpeningStock"):
            pair = (row["Location"], row["Product"])
            self.blocked[pair] += row.get("Blocked") or 0.0
            self.opening[pair] += row["Quantity"] - (row.get("Blocked") or 0.0)
        for row in self.study.rows("InTransit"):
            self._order(row)

    def _order(self, row: Row) -> None:
        """One open order; with Firm = N the plan may cancel a share of it."""
        pair, quantity = (row["To"], row["Product"]), row["Quantity"]
        due = self.study.period_of(row["Due Date"])
        self.pipe[pair, due] += quantity
        origin = (row.get("From") or "", row["Product"])
        leaves = -1
        if row.get("Ship Date") and row["Ship Date"] >= str(self.study.start[0]):
            leaves = self.study.period_of(row["Ship Date"])
        if 0 <= leaves < self.T:
            self.leave[origin, leaves] += quantity
        if row.get("Firm") != "N":
            self.decided_in[pair, due] += quantity
            if 0 <= leaves < self.T:
                self.decided_out[origin, leaves] += quantity
            return
        share = self.program.column(high=1.0, cost=-quantity * self._saved(row))
        self.gone[id(row)] = share
        add(self.cancelled, (pair, due), quantity, share)
        if 0 <= leaves < self.T:
            add(self.stayed, (origin, leaves), quantity, share)

    def _saved(self, row: Row) -> float:
        """Purchase cost of the goods, where a Supply row of their source states one."""
        source = row.get("From") or row["To"]
        prices = [
            one.get("Unit Cost") or 0.0
            for one in self.study.rows("Supply")
            if (one["Location"], one["Product"]) == (source, row["Product"])
        ]
        return prices[0] if prices else 0.0

    def _large(self) -> float:
        """More than any sensible quantity on one lane or in one order."""
        study = self.study
        total = sum(sum(quantity) for quantity in study.demand.values())
        total += sum(self.pipe.values()) + sum(map(abs, self.opening.values()))
        columns = {
            "StockTargets": ("Safety Stock",),
            "Lanes": ("Min Shipment", "Order Multiple"),
            "Supply": ("Min", "MOQ", "Order Multiple"),
            "Terminal": ("Quantity",),
            "FixedPlan": ("Quantity",),
            "Vehicles": ("Max Units", "Max Pallets", "Max Weight", "Max Volume"),
            "Recipes": ("Min Batch", "Batch Multiple"),
        }
        for sheet, names in columns.items():
            total += sum(row.get(name) or 0.0 for row in study.rows(sheet) for name in names)
        return 3 * study.T * total * self._blow_up()

    # --- F3 -----------------------------------------------------------------------------------

    def _demand(self) -> None:
        owed_before = {pair: max(0.0, -quantity) for pair, quantity in self.opening.items()}
        waiting = [key for key in self.study.demand if self._waits(key)]
        waiting.sort(key=lambda key: -self.study.rank(key[2]))
        for key, quantity in self.study.demand.items():
            first = next((one for one in waiting if one[:2] == key[:2]), None)
            owed = owed_before[key[0], key[1]] if key == first else 0.0
            self._stream(key, quantity, owed)
        self.opening = {pair: max(0.0, quantity) for pair, quantity in self.opening.items()}

    def _waits(self, key: Key) -> bool:
        return self.study.mode(key[2]) == "backorder"

    def _stream(self, key: Key, quantity: list[float], owed_before: float) -> None:
        """Each unit is issued at once, owed or lost; what is owed is issued later or given up."""
        study, program, mode = self.study, self.program, self.study.mode(key[2])
        place, product, service_class, _ = key
        row = study.classes.get(service_class, {})
        wait = row.get("Max Wait")
        share = {"backorder": 1.0, "partial": default(row.get("Backorder Share"), 1.0)}.get(
            mode, 0.0
        )
        before: list[Term] = []
        owed, cleared = [], []
        gives_up = self._has_deadline(wait, quantity, owed_before)
        for t in range(self.T):
            lost_cost, out = study.lost_cost(key, t), study.handling("Out", place, product, t)
            works = study.works(place, t)
            reached = works and any(
                self._can_serve(key, place, p, t) or self._comes_back(place, p, t)
                for p in self._stand_ins(key)
            )
            loses = mode in ("lost", "partial") or (mode == "must" and not reached)
            at_once = program.column(high=INF if works else 0.0, cost=out)
            lost = program.column(high=INF if loses else 0.0, cost=lost_cost)
            new = program.column(high=share * quantity[t])
            late = program.column(high=INF if works else 0.0, cost=out)
            given_up = program.column(high=INF if gives_up else 0.0, cost=lost_cost)
            self.losses += [(place, product, t, lost), (place, product, t, given_up)]
            last = lost_cost if t == self.T - 1 else 0.0
            backlog = program.column(cost=study.back_cost(key, t) + last)
            self.reached[key, t] = reached
            self.served[key, t] = {
                "at_once": at_once,
                "lost": lost,
                "new": new,
                "late": late,
                "given_up": given_up,
                "backlog": backlog,
            }
            program.row([(1, at_once), (1, new), (1, lost)], low=quantity[t], high=quantity[t])
            start = owed_before if t == 0 else 0.0
            program.row(
                [(1, backlog), (-1, new), (1, late), (1, given_up), *before], low=start, high=start
            )
            program.row([(1, late), *before], high=start)
            before = [(-1, backlog)]
            owed.append(new)
            cleared += [(1.0, late), (1.0, given_up)]
            if wait is not None:
                self._in_time(owed, list(cleared), t - int(wait // study.days[t]), owed_before)
            add(self.issued, ((place, product), t), 1.0, at_once)
            add(self.issued, ((place, product), t), 1.0, late)
            self.handed[key, (place, product), t] = [(1.0, at_once), (1.0, late)]
            self._substitute(key, t, [at_once, late])

    def _has_deadline(self, wait: float | None, quantity: list[float], owed: float) -> bool:
        """Whether anything owed has to be cleared inside the horizon: only then is it given up."""
        if wait is None:
            return False
        whole = int(wait // self.study.days[0])
        return (owed > 0 and whole - 1 < self.T) or any(
            wanted > 0 and t + whole < self.T for t, wanted in enumerate(quantity)
        )

    def _in_time(self, owed: list[int], cleared: list[Term], upto: int, before: float) -> None:
        """What was owed up to a period is cleared by now; the first backlog is of period -1."""
        if upto >= -1:
            due: list[Term] = [(-1, new) for new in owed[: upto + 1]]
            self.program.row([*cleared, *due], low=before)

    # --- F1 -----------------------------------------------------------------------------------

    def _stock(self) -> None:
        study = self.study
        self.stock: dict[tuple[Pair, int], int] = {}
        average = study.settings.get("stock_timing") == "average"
        for pair in self.pairs:
            holds = study.holds_stock(pair[0])
            for t in range(self.T):
                price = study.holding(*pair, t)
                self.program.constant += price * self.blocked[pair]
                stock = self.program.column(high=INF if holds else 0.0)
                self.program.charge(stock, price / 2 if average else price)
                if average and t == 0:
                    self.program.constant += price / 2 * self.opening[pair]
                if average and t > 0:
                    self.program.charge(self.stock[pair, t - 1], price / 2)
                self.stock[pair, t] = stock
                self._balance(pair, t)

    def _balance(self, pair: Pair, t: int) -> None:
        known = self.pipe[pair, t] - self.leave[pair, t] + (self.opening[pair] if t == 0 else 0)
        known -= self.dead.get((pair, t), 0.0)
        terms: list[Term] = [(1, self.stock[pair, t])]
        if t > 0:
            terms.append((-1, self.stock[pair, t - 1]))
        for sign, flows in (
            (-1, self.received),
            (-1, self.bought),
            (1, self.shipped),
            (1, self.issued),
            (1, self.cancelled),
            (-1, self.stayed),
            (-1, self.made),
            (1, self.used),
            (-1, self.came_back),
            (1, self.thrown),
            (1, self.scrapped),
        ):
            terms += [(sign * share, column) for share, column in flows.get((pair, t), [])]
        self.program.row(terms, low=known, high=known)

    # --- F5, F6 -------------------------------------------------------------------------------

    def _targets(self) -> None:
        for pair in self.pairs:
            if self.study.holds_stock(pair[0]) and pair in self.live:
                for t in range(self.T):
                    self._target(pair, t, self.study.policy("StockTargets", *pair, t))

    def _target(self, pair: Pair, t: int, row: Row) -> None:
        study, hard, stock = self.study, row.get("Hardness") == "hard", self.stock[pair, t]
        days, most = row.get("Safety Days"), row.get("Max Stock")
        safety = max(row.get("Safety Stock") or 0.0, study.cover(*pair, days, t) if days else 0.0)
        safety = safety if study.wanted(pair[1], t) else 0.0
        if row.get("Max Days") is not None:
            most = min(default(most, INF), study.cover(*pair, row["Max Days"], t))
        if safety:
            price = default(row.get("Penalty"), 0.02 * study.basis(pair[1]) * study.days[t] / 7)
            binds = hard and self._alive_most(pair, t) >= safety
            short = self.program.column(high=0.0 if binds else INF, cost=price)
            gate = self.open_at.get((pair[0], t))  # where it may be closed, only while it is open
            wanted: list[Term] = [] if gate is None else [(-safety, gate)]
            self.program.row([(1, stock), (1, short), *wanted], low=0 if wanted else safety)
        if most is not None:
            over = self.program.column(
                high=0.0 if hard else INF, cost=row.get("Over Penalty") or 0.0
            )
            if hard:  # only a hard limit gives way to what cannot be moved (ruling 39)
                most = max(most, self.stuck(pair, t))
            self.program.row([(1, stock), (-1, over)], high=most)
