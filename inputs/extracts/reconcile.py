"""Stock against movements: opening + movements = closing, place by place."""

import numpy as np
import pandas as pd


def reconcile(
    earlier: pd.DataFrame | None, movements: pd.DataFrame, closing: pd.DataFrame | None
) -> pd.DataFrame:
    """Return what should be there and what is, for every place the movements or opening name.

    Args:
        earlier: stock before the movements; None = nothing was there.
        movements: quantities, positive where goods come.
        closing: stock after them.

    Returns:
        location, product, opening, movements, expected, closing, difference (closing less
        expected), in millionths of base units, sorted by location and product.
    """
    names = ["location", "product"]
    parts = {"opening": earlier, "movements": movements, "closing": closing}
    sums = [
        frame.groupby(names, sort=False)["quantity"].sum().rename(name)
        for name, frame in parts.items()
        if frame is not None and len(frame)
    ]
    if not sums:
        return pd.DataFrame(columns=[*names, *parts, "expected", "difference"])
    places = sums[0].index
    for one in sums[1:]:
        places = places.union(one.index, sort=False)
    made = pd.DataFrame(index=places)
    for name in parts:
        found = next((one for one in sums if one.name == name), None)
        made[name] = 0 if found is None else found.reindex(places, fill_value=0)
    made = made.astype(np.int64).reset_index(names=names)
    seen = [frame["location"] for frame in (earlier, movements) if frame is not None]
    made = made[made["location"].isin(pd.concat(seen))]
    made["expected"] = made["opening"] + made["movements"]
    made["difference"] = made["closing"] - made["expected"]
    columns = [*names, "opening", "movements", "expected", "closing", "difference"]
    return made[columns].sort_values(names, ignore_index=True)
