"""Faults in what is made: the study brews a second product at S2, and its plan does it wrong."""

from planted_flows import Book, Row, cost, row

WEEKS = ("W1", "W2", "W3")
MADE = 8.0
COSTS = {"production": 8.0, "setup": 3.0, "overtime": 4.0, "line fixed": 5.0}


def brewed(given: Book, plan: Book) -> None:
    """Add 8 units of P2, of 4 of P3, made at S2 in week W1: 2 of its 8 hours are overtime."""
    given["Products"] += [
        {"Product": code, "Unit Value": 0, "Price": 20, "Weight": 0} for code in ("P2", "P3")
    ]
    given["StockTargets"][0]["Product"] = "P1"  # S2 may pass on to S1 what it makes
    given["OpeningStock"].append({"Location": "S2", "Product": "P3", "Quantity": 4})
    given["Recipes"] = [
        {
            "Recipe": "BREW",
            "Location": "S2",
            "Output": "P2",
            "Output Qty": 4,
            "Resource": "LINE",
            "Hours Per Unit": 0.875,
            "Setup Hours": 1,
            "Setup Cost": 3,
            "Unit Cost": 1,
            "Lead Time": 7,
        }
    ]
    given["RecipeInputs"] = [{"Recipe": "BREW", "Component": "P3", "Quantity": 0.5}]
    given["Resources"] = [
        {
            "Resource": "LINE",
            "Location": "S2",
            "Hours": 6,
            "Overtime Hours": 3,
            "Overtime Cost": 2,
            "Fixed Cost": 5,
        }
    ]
    plan["Production"] = [
        {
            "Recipe": "BREW",
            "Location": "S2",
            "Product": "P2",
            "Resource": "LINE",
            "Period": "W1",
            "Available Date": "2026-01-12",
            "Quantity": MADE,
            "Runs": MADE / 4,
            "Setups": 1,
            "Hours": 8,
            "Overtime": 2,
        }
    ]
    plan["Inventory"] += [_stock("P3", "W1", Opening=4, Consumed=4), *_still("P3", "W2", "W3")]
    plan["Inventory"] += [*_still("P2", "W1"), _stock("P2", "W2", Produced=MADE, Closing=MADE)]
    plan["Inventory"] += [_stock("P2", "W3", Opening=MADE, Closing=MADE)]
    names = {"Location": "S2", "From": "LINE", "Kind": "line", "Dimension": "h", "Limit": 6}
    plan["CapacityUse"] += [
        names | {"Period": when, "Used": hours, "Extra": max(0.0, hours - 6)}
        for when, hours in zip(WEEKS, (8.0, 0.0, 0.0), strict=True)
    ]
    for term, amount in COSTS.items():
        product = "P2" if term in ("production", "setup") else ""
        line = {"Location": "S2", "Product": product, "Period": "W1", "Amount": amount}
        plan["Costs"].append({"Cost Bucket": term, **line})
    total = plan["Summary"][0]["Value"] + sum(COSTS.values())
    plan["Summary"][0]["Value"], plan["RunInfo"][0]["Value"] = total, repr(total)


def _stock(product: str, when: str, **numbers: float) -> Row:
    columns = ("Opening", "Received", "Purchased", "Produced", "Consumed", "Shipped", "Issued")
    blank: Row = dict.fromkeys((*columns, "Closing", "Value"), 0.0)
    return {"Location": "S2", "Product": product, "Period": when} | blank | numbers


def _still(product: str, *weeks: str) -> list[Row]:
    return [_stock(product, when) for when in weeks]


def made_by_no_recipe(given: Book, plan: Book) -> None:
    brewed(given, plan)
    plan["Production"][0]["Recipe"] = "DISTIL"


def more_than_the_recipe_may_make(given: Book, plan: Book) -> None:
    brewed(given, plan)
    given["Recipes"][0]["Max"] = 7


def less_than_the_least_batch(given: Book, plan: Book) -> None:
    brewed(given, plan)
    given["Recipes"][0]["Min Batch"] = 9


def part_of_a_batch(given: Book, plan: Book) -> None:
    brewed(given, plan)
    given["Recipes"][0]["Batch Multiple"] = 3


def promised_too_early(given: Book, plan: Book) -> None:
    brewed(given, plan)
    plan["Production"][0]["Available Date"] = "2026-01-05"


def made_where_it_is_closed(given: Book, plan: Book) -> None:
    brewed(given, plan)
    given["Locations"][3]["Active To"] = "2026-01-11"


def more_hours_than_there_are(given: Book, plan: Book) -> None:
    brewed(given, plan)
    given["Resources"][0]["Overtime Hours"] = 1


def setup_forgotten(given: Book, plan: Book) -> None:
    brewed(given, plan)
    plan["Production"][0].update(Setups=0, Hours=7, Overtime=1)


def half_a_setup(given: Book, plan: Book) -> None:
    brewed(given, plan)
    plan["Production"][0]["Setups"] = 0.5


def setup_of_what_needs_none(given: Book, plan: Book) -> None:
    brewed(given, plan)
    given["Recipes"][0].update({"Setup Hours": 0, "Setup Cost": 0})


def hours_of_a_run_misprinted(given: Book, plan: Book) -> None:
    brewed(given, plan)
    plan["Production"][0]["Hours"] = 7


def runs_misprinted(given: Book, plan: Book) -> None:
    brewed(given, plan)
    plan["Production"][0]["Runs"] = MADE


def overtime_of_a_line_misprinted(given: Book, plan: Book) -> None:
    brewed(given, plan)
    row(plan, "CapacityUse", Kind="line", Period="W1")["Extra"] = 1


def component_not_taken(given: Book, plan: Book) -> None:
    brewed(given, plan)
    given["RecipeInputs"][0]["Scrap"] = 0.1


def good_share_forgotten(given: Book, plan: Book) -> None:
    brewed(given, plan)
    given["Recipes"][0]["Yield"] = 0.9


def there_before_it_is_made(given: Book, plan: Book) -> None:
    brewed(given, plan)
    given["Recipes"][0]["Lead Time"] = 14


def overtime_not_paid(given: Book, plan: Book) -> None:
    brewed(given, plan)
    plan["Costs"].remove(cost(plan, "overtime", "S2", "W1"))


def line_not_paid(given: Book, plan: Book) -> None:
    brewed(given, plan)
    plan["Costs"].remove(cost(plan, "line fixed", "S2", "W1"))


PRODUCTION_FAULTS = {
    made_by_no_recipe: "recipes",
    more_than_the_recipe_may_make: "recipes",
    less_than_the_least_batch: "recipes",
    part_of_a_batch: "recipes",
    promised_too_early: "recipes",
    made_where_it_is_closed: "recipes",
    more_hours_than_there_are: "lines",
    setup_forgotten: "lines",
    half_a_setup: "lines",
    setup_of_what_needs_none: "lines",
    hours_of_a_run_misprinted: "lines",
    runs_misprinted: "lines",
    overtime_of_a_line_misprinted: "use",
    component_not_taken: "moves",
    good_share_forgotten: "moves",
    there_before_it_is_made: "moves",
    overtime_not_paid: "costs",
    line_not_paid: "costs",
}
