"""The walk from raw extracts to the tabs of the workbook and of its log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.extracts.amounts import shown
from tierstock.inputs.extracts.faulty import Faulty, Trouble
from tierstock.inputs.extracts.gather import Gathered, gather
from tierstock.inputs.extracts.journal import FLAGGED, MERGED, NETTED, Journal
from tierstock.inputs.extracts.map_read import read_map
from tierstock.inputs.extracts.mapping import REFUSE, ImportMap
from tierstock.inputs.extracts.matching import open_extracts
from tierstock.inputs.extracts.merging import add_up
from tierstock.inputs.extracts.netting import net
from tierstock.inputs.extracts.reconcile import reconcile
from tierstock.inputs.extracts.refine import Refiner
from tierstock.inputs.extracts.targets import target as target_of
from tierstock.inputs.findings import Findings


@dataclass
class Imported:
    """Canonical rows and everything that happened on the way to them."""

    asked: ImportMap
    gathered: Gathered
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    """Rows of each sheet of the workbook; quantities in millionths."""
    log: pd.DataFrame = field(default_factory=pd.DataFrame)
    """See ``journal.FIELDS``."""
    held: dict[tuple[str, str], int] = field(default_factory=dict)
    """Totals of what is not written, by target and measure."""
    stock: pd.DataFrame | None = None
    """Stock against movements; None where there are none."""


def import_extracts(map_path: Path, files: Sequence[Path], findings: Findings) -> Imported | None:
    """Return the rows of the workbook and the log; None where there are errors.

    Args:
        map_path: the map.
        files: the extracts.
        findings: takes everything found, in the map and in the rows.
    """
    asked = read_map(map_path, findings)
    if asked is None:
        return None
    opened = open_extracts(asked, files, findings)
    if findings.errors:
        return None
    journal = Journal()
    gathered = gather(asked, opened, journal, findings)
    faulty = Faulty(asked.faults, gathered.extracts, journal, findings)
    refiner = Refiner(asked, gathered, journal, faulty)
    refiner.codes()
    refiner.masters()
    refiner.units()
    refiner.twins()
    frames = refiner.frames
    made = Imported(asked, gathered)
    if "InTransit" in frames:
        frames["InTransit"] = _counted_once(frames["InTransit"], journal, faulty, gathered)
    if "Movements" in frames:
        made.stock = _reconciled(asked, frames, journal, findings)
    for name, frame in frames.items():
        if target_of(name).written:
            made.frames[name] = _one_per_key(asked, name, frame, journal)
        else:
            sums = {(name, one): int(frame[one].sum()) for one in target_of(name).added}
            made.held |= sums
    made.log = journal.frame()
    return None if findings.errors else made


def _counted_once(
    frame: pd.DataFrame, journal: Journal, faulty: Faulty, gathered: Gathered
) -> pd.DataFrame:
    """Take off orders what is received and what is on the way."""
    column = target_of("InTransit").column("quantity").name
    frame = frame.copy()
    done = np.zeros(len(frame), dtype=np.bool_)
    if "received" in frame:
        quantity = frame["quantity"].to_numpy(np.int64)
        got = np.clip(frame["received"].to_numpy(np.int64), 0, np.maximum(quantity, 0))
        _less(frame, got, "received", column, journal, None)
        done = got > 0
    netted = net(frame)
    hit = netted.taken > 0
    done |= hit
    first = frame.iloc[netted.by[hit]]
    other = (first["_extract"].to_numpy(), first["_row"].to_numpy())
    _less(frame, netted.taken, "double-counted", column, journal, other)
    told = [{"over": one} for one in shown(netted.excess)]
    values = shown(frame["quantity"].to_numpy(np.int64)[netted.over])
    if len(netted.over):
        trouble = Trouble("over-shipped", netted.over, column, values, told=told)
        faulty.settle(frame, "InTransit", ("quantity",), [trouble], gathered.headings)
    return frame[~done | (frame["quantity"] != 0)].reset_index(drop=True)


def _less(
    frame: pd.DataFrame,
    taken: NDArray[np.int64],
    reason: str,
    column: str,
    journal: Journal,
    other: tuple[NDArray[np.int64], NDArray[np.int64]] | None,
) -> None:
    """Take quantities off rows and note it."""
    hit = taken > 0
    rows = frame[hit]
    before = rows["quantity"].to_numpy(np.int64)
    frame["quantity"] = frame["quantity"].to_numpy(np.int64) - taken
    journal.add(
        rows, "InTransit", NETTED, reason,
        column=column, measure="quantity", change=-taken[hit], other=other,
        before=shown(before),
        after=shown(before - taken[hit]),
    )  # fmt: skip


def _reconciled(
    asked: ImportMap, frames: Mapping[str, pd.DataFrame], journal: Journal, findings: Findings
) -> pd.DataFrame:
    """Compare stock with movements and tell every difference."""
    earlier, closing = frames.get("EarlierStock"), frames.get("OpeningStock")
    movements = frames["Movements"]
    if earlier is None and not asked.opening_zero:
        findings.add("map-no-opening", file=asked.file, row=1, value="Movements")
        return reconcile(None, movements, closing)
    table = reconcile(earlier, movements, closing)
    wrong = table[table["difference"] != 0]
    policy = asked.faults["not-reconciled"]
    named = ("opening", "movements", "expected", "closing", "difference")
    words = [shown(wrong[one].to_numpy(np.int64)) for one in named]
    for location, product, *told in zip(wrong["location"], wrong["product"], *words, strict=True):
        findings.add(
            "extract-not-reconciled",
            severity="error" if policy == REFUSE else "warning",
            value=product,
            location=location,
            product=product,
            **dict(zip(named, told, strict=True)),
        )
    rows = wrong.assign(_extract=-1, _row=-1)
    journal.add(
        rows, "OpeningStock", FLAGGED, "not-reconciled",
        column="Quantity", before=words[2],
        after=words[3],
    )  # fmt: skip
    return table


def _one_per_key(
    asked: ImportMap, name: str, frame: pd.DataFrame, journal: Journal
) -> pd.DataFrame:
    """Add rows of one key up, and note which went into one row."""
    target = target_of(name)
    if not target.added:
        return frame
    keeps = [at for at, one in enumerate(asked.sources) if one.lots == "keep"]
    merged = add_up(frame, target, (~frame["_source"].isin(keeps)).to_numpy())
    size = np.bincount(merged.place, minlength=len(merged.frame))
    twice = size[merged.place] > 1 if len(frame) else np.zeros(0, dtype=np.bool_)
    after = [f"{name} {at + 2}" for at in merged.place[twice]]
    before = shown(frame[target.added[0]].to_numpy(np.int64)[twice])
    journal.add(
        frame[twice], name, MERGED, "same-key",
        column=target.column(target.added[0]).name, before=before, after=after,
    )  # fmt: skip
    return merged.frame
