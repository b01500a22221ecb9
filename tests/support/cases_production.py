"""Networks in which goods are made: bills of material, lines, setups, batches, overtime."""

from families import Case
from small import Rows, demand

PLANT: Rows = [{"Location": "PL", "Tier": "plant"}]
HOLD: Rows = [{"Location": "*", "Holding Cost": 1}]


def goods(*codes: str, price: float = 100) -> Rows:
    return [{"Product": code, "Unit Value": 0, "Shortage Cost": price} for code in codes]


def recipe(code: str, output: str, **more: object) -> dict[str, object]:
    return {"Recipe": code, "Location": "PL", "Output": output, **more}


def part(code: str, component: str, quantity: float, **more: object) -> dict[str, object]:
    return {"Recipe": code, "Component": component, "Quantity": quantity, **more}


def line(code: str, hours: float, **more: object) -> dict[str, object]:
    return {"Resource": code, "Location": "PL", "Hours": hours, **more}


def sold(product: str, **more: object) -> dict[str, object]:
    return {"Location": "PL", "Product": product, **more}


CASES: dict[str, Case] = {
    "bom": Case(
        {
            "Locations": PLANT,
            "Products": goods("bike", "wheel", "frame", "rim", "spoke"),
            "Demand": demand("PL", "bike", 0, 0, 0, 5),
            "Supply": [
                sold("frame", **{"Unit Cost": 10}),
                sold("rim", **{"Unit Cost": 1}),
                sold("spoke", **{"Unit Cost": 0.1}),
            ],
            "StockCosts": HOLD,
            "Recipes": [
                recipe("BUILD", "bike", **{"Lead Time": 1, "Unit Cost": 3}),
                recipe("SPIN", "wheel", **{"Lead Time": 1, "Yield": 0.8}),
            ],
            "RecipeInputs": [
                part("BUILD", "wheel", 2),
                part("BUILD", "frame", 1),
                part("SPIN", "rim", 1),
                part("SPIN", "spoke", 20, Scrap=0.25),
            ],
        },
        108.75,
        "5 bikes are released in period 3 for 3 each with 5 frames (50) and 10 wheels; for these "
        "12.5 are released in period 2, of 12.5 rims and 12.5 x 25 spokes: 15 + 50 + 12.5 + 31.25. "
        "Nothing waits overnight.",
    ),
    "kits": Case(
        {
            "Locations": PLANT,
            "Products": goods("kit", "pen", "cap"),
            "Demand": demand("PL", "pen", 4, 0) + demand("PL", "kit", 0, 2),
            "OpeningStock": [sold("kit", Quantity=3)],
            "Supply": [sold("pen", Period="2", **{"Unit Cost": 7})],
            "Recipes": [
                recipe("UNPACK", "pen", **{"Unit Cost": 1}),
                recipe("PACK", "kit", **{"Unit Cost": 5}),
            ],
            "RecipeInputs": [
                part("UNPACK", "kit", 0.5),
                part("UNPACK", "cap", 0.5, **{"Co Product": "Y"}),
                part("PACK", "pen", 2),
                part("PACK", "cap", 1),
            ],
        },
        23.0,
        "4 pens come out of 2 kits for 1 each, with 2 caps. The next day 1 kit is left and 1 is "
        "packed for 5 of a cap and 2 pens bought for 7 each.",
    ),
    "setup": Case(
        {
            "Locations": PLANT,
            "Products": goods("tea"),
            "Demand": demand("PL", "tea", 4, 6),
            "StockCosts": HOLD,
            "Recipes": [
                recipe(
                    "BLEND",
                    "tea",
                    Resource="mill",
                    **{"Hours Per Unit": 1, "Setup Hours": 2, "Setup Cost": 3},
                )
            ],
            "Resources": [line("mill", 7)],
        },
        7.0,
        "With a setup of 2 of the 7 hours at most 5 are made a day: 5 and 5, two setups for 3 each "
        "and one unit over night.",
    ),
    "min_batch": Case(
        {
            "Locations": PLANT,
            "Products": goods("tea"),
            "Demand": demand("PL", "tea", 2, 2, 2),
            "StockCosts": HOLD,
            "Recipes": [recipe("BLEND", "tea", **{"Unit Cost": 1, "Min Batch": 4, "Max": 5})],
        },
        12.0,
        "4 on the first day leave 2 for the second; the third needs 4 more, of which 2 stay: "
        "8 + 2 + 2. 5 and 4, or one batch of 6, would not be cheaper or not allowed.",
    ),
    "family": Case(
        {
            "Locations": PLANT,
            "Products": goods("red", "blue"),
            "Demand": demand("PL", "red", 3, 0, 1) + demand("PL", "blue", 2, 2, 0),
            "StockCosts": HOLD,
            "Recipes": [
                recipe(
                    "RED",
                    "red",
                    Resource="press",
                    Family="ink",
                    **{"Hours Per Unit": 1, "Setup Hours": 1, "Setup Cost": 10},
                ),
                recipe(
                    "BLUE",
                    "blue",
                    Resource="press",
                    Family="ink",
                    **{"Hours Per Unit": 1, "Min Batch": 3},
                ),
            ],
            "Resources": [line("press", 7)],
        },
        26.0,
        "One setup of 1 hour serves 3 red and a batch of 3 blue: 7 hours, 10. 1 blue waits (1); "
        "the next day a setup (10) for 3 more, of which 2 stay two nights (4), and for 1 red that "
        "waits a night (1) rather than be set up for.",
    ),
    "batch_multiple": Case(
        {
            "Locations": PLANT,
            "Products": goods("tea"),
            "Demand": demand("PL", "tea", 5),
            "Recipes": [recipe("BLEND", "tea", **{"Unit Cost": 1, "Batch Multiple": 4})],
        },
        8.0,
        "5 need two batches of 4.",
    ),
    "overtime": Case(
        {
            "Locations": PLANT,
            "Products": goods("tea"),
            "Demand": demand("PL", "tea", 3, 9),
            "StockCosts": HOLD,
            "Recipes": [recipe("BLEND", "tea", Resource="mill", **{"Hours Per Unit": 1})],
            "Resources": [line("mill", 4, **{"Overtime Hours": 3, "Overtime Cost": 2})],
        },
        10.0,
        "7 are the most of a day: 2 of the 9 are made a day before, 1 of them in overtime, and "
        "wait for 1 each; 3 more hours of overtime on the second day: 4 x 2 + 2.",
    ),
    "line_fixed": Case(
        {
            "Locations": PLANT,
            "Products": goods("tea"),
            "Demand": demand("PL", "tea", 1, 5),
            "StockCosts": HOLD,
            "Recipes": [
                recipe("LARGE", "tea", Resource="large", **{"Hours Per Unit": 1}),
                recipe("SMALL", "tea", Resource="small", **{"Hours Per Unit": 1}),
            ],
            "Resources": [
                line("large", 5, **{"Fixed Cost": 10}),
                line("small", 1, **{"Fixed Cost": 3, "Overtime Hours": 1, "Overtime Cost": 0.5}),
            ],
        },
        13.0,
        "The small line makes 1 for 3, the large one 5 for 10. An hour of overtime alone would "
        "have to pay for the line, too.",
    ),
    "behind_the_whole_numbers": Case(
        {
            "Settings": [{"Setting": "integrality_horizon", "Value": 1}],
            "Locations": PLANT,
            "Products": goods("tea", "mint"),
            "Demand": demand("PL", "tea", 4, 2) + demand("PL", "mint", 0, 4),
            "StockCosts": [{"Location": "*", "Holding Cost": 5}],
            "Recipes": [
                recipe(
                    "BLEND",
                    "tea",
                    Resource="mill",
                    **{"Hours Per Unit": 1, "Setup Hours": 2, "Setup Cost": 8},
                    **{"Min Batch": 4, "Batch Multiple": 4},
                ),
                recipe("PICK", "mint", Family="leaf", Max=8, **{"Setup Cost": 3, "Min Batch": 6}),
            ],
            "Resources": [line("mill", 10, **{"Fixed Cost": 6, "Overtime Hours": 2})],
        },
        18.75,
        "A setup (8) and the line (6) for 4 tea. Behind the first day 2 tea are a quarter of the 8 "
        "that 10 hours behind a setup can make in batches: 2, and 2.5 of the 12 hours of the line: "
        "1.25; 4 mint are half of 8: 1.5.",
    ),
    "two_resources": Case(
        {
            "Locations": PLANT,
            "Products": goods("bread"),
            "Demand": demand("PL", "bread", 10),
            "Recipes": [recipe("BAKE", "bread", Resource="oven", **{"Hours Per Unit": 1})],
            "Resources": [line("oven", 8), line("packer", 4)],
            "RecipeResources": [
                {
                    "Recipe": "BAKE",
                    "Resource": "packer",
                    "Hours Per Unit": 0.5,
                    "Setup Hours": 1,
                }
            ],
        },
        400.0,
        "The packer has 3 hours after its setup, enough for 6; 4 are lost.",
    ),
    "alternative_bom": Case(
        {
            "Locations": PLANT,
            "Products": goods("bread", "wheat", "rye"),
            "Demand": demand("PL", "bread", 5),
            "Supply": [sold("wheat", **{"Unit Cost": 2}), sold("rye", **{"Unit Cost": 5})],
            "Recipes": [recipe("WHEAT", "bread", Max=3), recipe("RYE", "bread")],
            "RecipeInputs": [part("WHEAT", "wheat", 1), part("RYE", "rye", 1)],
        },
        16.0,
        "3 of wheat for 2 each, the other 2 of rye for 5 each.",
    ),
    "made_after_the_end": Case(
        {
            "Locations": PLANT,
            "Products": goods("tea"),
            "Demand": demand("PL", "tea", 0),
            "Recipes": [recipe("BLEND", "tea", **{"Lead Time": 1, "Unit Cost": 2, "Max": 9})],
            "Terminal": [{"Rule": "value", "Value": 5, "Quantity": 3, "Level": "location"}],
        },
        -9.0,
        "3 are made for 2 each and are there after the horizon, worth 5 each.",
    ),
    "component_cover": Case(
        {
            "Locations": PLANT,
            "Products": goods("bread", "flour"),
            "Demand": demand("PL", "bread", 0, 4, 8),
            "Supply": [
                sold("flour", Period=str(t), **{"Unit Cost": cost})
                for t, cost in ((1, 3), (2, 2), (3, 1))
            ],
            "StockTargets": [sold("flour", **{"Safety Days": 1, "Hardness": "hard"})],
            "Recipes": [
                recipe("BAKE", "bread", **{"Lead Time": 1}),
                recipe("WASTE", "bread", **{"Lead Time": 1, "Unit Cost": 9}),
            ],
            "RecipeInputs": [part("BAKE", "flour", 0.5), part("WASTE", "flour", 2)],
        },
        22.0 + 2.0 / 3.0,
        "Flour is wanted a day before the bread, half a unit each: 2, 4, then half of the mean of "
        "bread (2), after that their mean 8/3. So 4, 2 and 8/3 stay over night: 2 + 4 are bought "
        "for 3, 2 for 2, 2/3 for 1.",
    ),
    "used_up": Case(
        {
            "Locations": PLANT,
            "Products": goods("bread", "flour"),
            "Demand": demand("PL", "bread", 0, 0),
            "OpeningStock": [sold("flour", Quantity=10)],
            "StockTargets": [sold("flour", **{"Max Stock": 4, "Hardness": "hard"})],
            "Recipes": [recipe("BAKE", "bread", Max=3, **{"Unit Cost": 2})],
            "RecipeInputs": [part("BAKE", "flour", 1)],
        },
        12.0,
        "10 lie where 4 may: the oven uses 3 a day up, and does so both days for 2 each.",
    ),
    "forced_batch": Case(
        {
            "Locations": PLANT,
            "Products": goods("bread", "flour"),
            "Demand": demand("PL", "bread", 10),
            "Supply": [sold("flour", **{"Fixed Cost": 5})],
            "Recipes": [recipe("BAKE", "bread", **{"Min Batch": 50})],
            "RecipeInputs": [part("BAKE", "flour", 2)],
        },
        5.0,
        "10 loaves take a batch of 50 and one order of 100 flour.",
    ),
    "packed_to_save": Case(
        {
            "Locations": PLANT,
            "Products": goods("kit", "pen", "cap"),
            "Demand": demand("PL", "kit", 0, 0),
            "OpeningStock": [sold("pen", Quantity=40), sold("cap", Quantity=20)],
            "StockCosts": [sold("pen", **{"Holding Cost": 1}), sold("cap", **{"Holding Cost": 1})],
            "Recipes": [recipe("PACK", "kit", **{"Setup Cost": 5})],
            "RecipeInputs": [part("PACK", "pen", 2), part("PACK", "cap", 1)],
        },
        5.0,
        "Kits cost nothing to keep: one setup packs all 20.",
    ),
    "joint": Case(
        {
            "Locations": PLANT,
            "Products": goods("curd", "whey", "milk"),
            "Demand": demand("PL", "whey", 10),
            "Supply": [sold("milk", **{"Unit Cost": 1})],
            "Recipes": [recipe("CURDLE", "curd", **{"Setup Cost": 4})],
            "RecipeInputs": [
                part("CURDLE", "milk", 3),
                part("CURDLE", "whey", 0.5, **{"Co Product": "Y"}),
            ],
        },
        64.0,
        "10 whey come with 20 curd, of 60 milk, in one setup.",
    ),
    "grows": Case(
        {
            "Locations": PLANT,
            "Products": goods("seed"),
            "Demand": demand("PL", "seed", 0, 0, 9),
            "OpeningStock": [sold("seed", Quantity=1)],
            "Recipes": [
                recipe("SOW", "seed", Max=20, **{"Lead Time": 1, "Unit Cost": 1, "Setup Cost": 1})
            ],
            "RecipeInputs": [part("SOW", "seed", 1 / 3)],
        },
        14.0,
        "1 seed makes 3, these make 9: 12 are made for 1 each in two setups.",
    ),
    "made_and_shipped": Case(
        {
            "Locations": [
                PLANT[0] | {"Holds Stock": "N"},
                {"Location": "S1", "Tier": "store"},
            ],
            "Products": goods("tea", "leaf"),
            "Lanes": [{"From": "PL", "To": "S1", "Lead Time": 1, "Unit Cost": 1, "Fixed Cost": 4}],
            "Demand": demand("S1", "tea", 0, 0, 6),
            "Supply": [sold("leaf", **{"Unit Cost": 1})],
            "StockCosts": [
                {"Location": "PL", "Handling In": 2, "Handling Out": 0.5},
            ],
            "Recipes": [recipe("BLEND", "tea", **{"Lead Time": 1})],
            "RecipeInputs": [part("BLEND", "leaf", 2)],
        },
        49.0,
        "6 are blended of 12 leaves, bought and received for 1 + 2 each (36), and leave a day "
        "later on one departure (4) for 1 and a handling of 0.5 each (9). What is made is not "
        "handled.",
    ),
}
