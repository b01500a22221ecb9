"""Service classes, and which class a demand belongs to (ruling 28)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.places import Sites
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Floats, Ints, Texts
from tierstock.inputs.selecting.selectors import Axis, SelectorError
from tierstock.inputs.tables import Table, Tables

STANDARD = "standard"
"""Class of demand for which no class is stated: lost when short, priority 1."""


@dataclass(frozen=True)
class Classes:
    """Service classes by code, the standard class among them."""

    code: Texts
    """[G] class code."""
    row: Ints
    """[G] row of ServiceClasses; -1 for a standard class that is not in the sheet."""
    priority: Ints
    """[G] 1 is served first."""
    step: Ints
    """[G] K - k + 1 of the penalty ladder: 1 for the lowest priority in use."""
    mode: Texts
    """[G] lost, backorder, partial or must."""
    lost_cost: Floats
    """[G] stated Lost Cost, not a number where blank."""
    lost_share: Floats
    """[G] stated Lost Cost Share, times the price."""
    back_cost: Floats
    """[G] stated Backorder Cost."""
    max_wait: Floats
    """[G] longest wait in days; infinite where not stated."""
    owed_share: Floats
    """[G] share of the demand that may wait."""
    standard: int
    """Number of the standard class."""


def build_classes(table: Table) -> Classes:
    """Return the classes of the ServiceClasses sheet, by code, and the standard class."""
    frame = table.frame.drop_duplicates("class")
    frame = frame[frame["class"] != ""]
    if STANDARD not in set(frame["class"]):
        frame = frame.reindex([*frame.index, -1])
        frame.loc[-1, "class"] = STANDARD
    frame = frame.sort_values("class", kind="stable")
    priority = frame["priority"].fillna(1.0).to_numpy(np.float64).astype(np.int64)
    stated = priority[frame.index >= 0] if (frame.index >= 0).any() else priority
    ranks = np.unique(stated)
    step = len(ranks) - np.minimum(np.searchsorted(ranks, priority), len(ranks) - 1)
    mode = frame["mode"].fillna("").replace("", "lost").to_numpy(dtype=object)
    share = np.clip(frame["backorder_share"].fillna(1.0).to_numpy(np.float64), 0.0, 1.0)
    owed = np.where(mode == "backorder", 1.0, np.where(mode == "partial", share, 0.0))
    code = frame["class"].to_numpy(dtype=object)
    return Classes(
        code=code,
        row=frame.index.to_numpy(np.int64),
        priority=priority,
        step=step.astype(np.int64),
        mode=mode,
        lost_cost=frame["lost_cost"].to_numpy(np.float64),
        lost_share=frame["lost_cost_share"].to_numpy(np.float64),
        back_cost=frame["backorder_cost"].to_numpy(np.float64),
        max_wait=frame["max_wait"].fillna(np.inf).to_numpy(np.float64),
        owed_share=owed,
        standard=int(np.flatnonzero(code == STANDARD)[0]),
    )


@dataclass(frozen=True)
class ClassRule:
    """What decides the class of a demand where its row states none."""

    channels: Texts
    """[H] channel names, sorted, blank among them."""
    of_channel: Ints
    """[H] class of the channel, -1 where no class names it."""
    of_location: Ints
    """[L] class stated in Locations, -1 where blank."""
    of_product: Ints
    """[P] class stated in Products, -1 where blank."""
    standard: int

    def resolve(self, stated: Ints, channel: Ints, location: Ints, product: Ints) -> Ints:
        """Class by Demand row > channel > location > product > standard, [X]."""
        found = np.where(stated >= 0, stated, self.of_channel[channel])
        found = np.where(found >= 0, found, self.of_location[location])
        found = np.where(found >= 0, found, self.of_product[product])
        return np.where(found >= 0, found, self.standard)


def class_rule(
    tables: Tables, classes: Classes, sites: Sites, product_codes: Texts, findings: Findings
) -> ClassRule:
    """Return what decides the class of a demand; a channel claimed by two classes is an error."""
    stated = tables.table("Demand").frame["channel"].to_numpy(dtype=object)
    names = {"", *pd.unique(stated), *sites.locations.channel}
    channels = np.asarray(sorted(str(name) for name in names), dtype=object)
    index = pd.Index(classes.code)
    places = tables.table("Locations").frame["class"].to_numpy(dtype=object)[sites.order]
    goods = tables.table("Products").frame.drop_duplicates("product").set_index("product")
    return ClassRule(
        channels,
        _of_channel(tables.table("ServiceClasses"), classes, channels, findings),
        index.get_indexer(pd.Index(places)).astype(np.int64),
        index.get_indexer(pd.Index(goods["class"].reindex(product_codes))).astype(np.int64),
        classes.standard,
    )


def _of_channel(table: Table, classes: Classes, channels: Texts, findings: Findings) -> Ints:
    found = np.full(len(channels), -1, dtype=np.int64)
    axis = Axis(channels)
    for number, row in enumerate(classes.row):
        text = table.frame["channel"].iat[row] if row >= 0 else ""
        if not text:
            continue
        try:
            mask = axis.match(str(text)).mask
        except SelectorError as fault:
            findings.add(
                "class-channel-unknown",
                table=table,
                index=int(row),
                field="channel",
                word=fault.word,
                nearest=fault.near,
            )
            continue
        taken = np.flatnonzero(mask & (found >= 0))
        if len(taken):
            findings.add(
                "channel-in-two-classes",
                table=table,
                index=int(row),
                field="channel",
                channel=channels[taken[0]],
                other=classes.code[found[taken[0]]],
            )
        found[mask & (found < 0)] = number
    return found
