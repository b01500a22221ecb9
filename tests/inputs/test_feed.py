"""Movements become stock: exact, in any order, from any number of files."""

import random
import tempfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tierstock.inputs.feed import Asked, Stock, files, stock_at
from tierstock.inputs.feed.sheet import write_stock
from tierstock.inputs.findings import Findings

COLUMNS = "Event,Time,Location,Product,Type,To,Quantity,Lot,Expiry Date"
AT = pd.Timestamp("2026-01-10T00:00:00+08:00")

Row = tuple[int, int, str, str, str, str, str, str]
"""Event, hour, location, product, type, destination, quantity, lot."""


def row(event: object, time: str, place: str, kind: str, quantity: str, **more: str) -> str:
    to, lot, expiry = (more.get(name, "") for name in ("to", "lot", "expiry"))
    return f"{event},{time},{place},TEA,{kind},{to},{quantity},{lot},{expiry}"


def fed(folder: Path, *files: Sequence[str], **asked: object) -> tuple[Stock | None, Findings]:
    """The stock of files of rows."""
    paths = []
    for number, rows in enumerate(files):
        paths.append(folder / f"moves{number}.csv")
        paths[-1].write_text("\n".join([COLUMNS, *rows]), encoding="utf-8")
    findings = Findings()
    return stock_at(paths, Asked(**({"at": AT} | asked)), findings), findings  # type: ignore[arg-type]


def levels(stock: Stock | None) -> dict[tuple[str, str, str], float]:
    assert stock is not None
    rows = stock.frame[["location", "product", "lot", "quantity"]].itertuples(index=False)
    return {(str(a), str(b), str(c)): float(q) for a, b, c, q in rows}


def codes(findings: Findings) -> list[str]:
    return [finding.code for finding in findings]


def by_hand(rows: Sequence[Row], until: int) -> dict[tuple[str, str, str], float]:
    """The stock added up one event after the other, with fractions."""
    held: dict[tuple[str, str, str], Fraction] = {}
    for _, hour, place, product, kind, to, quantity, lot in sorted(
        rows, key=lambda one: (one[1], one[4] == "count")
    ):
        key, change = (place, product, lot), Fraction(quantity)
        if hour > until:
            continue
        if kind == "count":
            held[key] = change
            continue
        sign = -1 if kind in ("out", "transfer") else 1
        held[key] = held.get(key, Fraction(0)) + sign * change
        if kind == "transfer":
            other = (to, product, lot)
            held[other] = held.get(other, Fraction(0)) + change
    return {key: float(level) for key, level in held.items() if level}


@st.composite
def histories(draw: st.DrawFn) -> list[Row]:
    """Movements of two products and lots at three places; no two counts at one moment."""
    kinds = st.sampled_from(["in", "in", "out", "move", "transfer", "count"])
    found: list[Row] = []
    for number in range(draw(st.integers(1, 25))):
        kind = draw(kinds)
        place = draw(st.sampled_from(["A", "B", "C"]))
        to = draw(st.sampled_from([one for one in "ABC" if one != place]))
        cents = draw(st.integers(-999_999 if kind == "move" else 0, 999_999))
        hour = number if kind == "count" else draw(st.integers(0, 24))
        product, lot = draw(st.sampled_from("PQ")), draw(st.sampled_from(["", "L"]))
        found.append(
            (
                number,
                hour,
                place,
                product,
                kind,
                to if kind == "transfer" else "",
                f"{cents / 1000:.3f}",
                lot,
            )
        )
    return found


def written(rows: Sequence[Row]) -> list[str]:
    day = pd.Timestamp("2026-01-05T00:00:00+00:00")
    return [
        f"E{e},{(day + pd.Timedelta(hours=h)).isoformat()},{a},{p},{k},{to},{q},{lot},"
        for e, h, a, p, k, to, q, lot in rows
    ]


@settings(max_examples=5, deadline=None, derandomize=True, phases=(Phase.generate,))
@given(rows=histories(), until=st.integers(0, 25), seed=st.integers(0, 999))
def test_the_stock_is_exact_whatever_the_order_the_files_and_the_repeats(
    rows: list[Row], until: int, seed: int
) -> None:
    dice, lines = random.Random(seed), written(rows)
    mixed = [*lines, *dice.choices(lines, k=3)]
    dice.shuffle(mixed)
    cut = dice.randrange(len(mixed) + 1)
    at = pd.Timestamp("2026-01-05T00:00:00+00:00") + pd.Timedelta(hours=until)
    with tempfile.TemporaryDirectory() as folder:
        asked = {"at": at, "below_zero": "keep"}
        whole, _ = fed(Path(folder), lines, **asked)
        parted, _ = fed(Path(folder), mixed[:cut], mixed[cut:], **asked)

    assert levels(whole) == levels(parted) == by_hand(rows, until)
    assert whole is not None and parted is not None
    assert parted.counts["repeated"] == 3


@settings(max_examples=5, deadline=None, derandomize=True, phases=(Phase.generate,))
@given(rows=histories(), cut=st.integers(0, 24), ending=st.sampled_from([".csv", ".xlsx"]))
def test_a_former_snapshot_and_what_came_since_give_the_stock_of_all_movements(
    rows: list[Row], cut: int, ending: str
) -> None:
    day = pd.Timestamp("2026-01-05T00:00:00+00:00")
    then, now = day + pd.Timedelta(hours=cut), day + pd.Timedelta(hours=24)
    lines = written(rows)
    with tempfile.TemporaryDirectory() as name:
        folder, asked = Path(name), {"at": now, "below_zero": "keep"}
        everything, _ = fed(folder, lines, **asked)
        first, _ = fed(folder, lines, at=then, below_zero="keep")
        assert first is not None
        write_stock(first, then, folder / f"then{ending}", "zh")
        since = [line for line, one in zip(lines, rows, strict=True) if one[1] > cut]
        if not len(first.frame):
            return
        second, found = fed(folder, since, former=folder / f"then{ending}", **asked)
        again, told = fed(folder, lines, former=folder / f"then{ending}", **asked)

    assert levels(second) == levels(again) == levels(everything)
    assert "feed-late" not in codes(found)
    assert ("feed-late" in codes(told)) == (len(since) < len(lines))


def test_an_event_told_twice_with_different_content_names_both_rows(tmp_path: Path) -> None:
    one = row(7, "2026-01-05T08:00:00Z", "DC1", "in", "10")
    same = row(7, "2026-01-05T16:00:00+08:00", "DC1", "in", "10.0")
    other = row(7, "2026-01-05T08:00:00Z", "DC1", "in", "12")

    fine, clean = fed(tmp_path, [one], [same])
    stock, findings = fed(tmp_path, [one], [same, other])

    assert levels(fine) == {("DC1", "TEA", ""): 10.0} and not codes(clean)
    assert stock is None and codes(findings) == ["feed-conflict"]
    text = findings.errors[0].say("en")
    assert text.startswith("moves1.csv line 3") and "moves0.csv:2" in text
    assert "12" in text and "10" in text


def test_stock_below_zero_is_told_with_the_moment_it_first_went_there(tmp_path: Path) -> None:
    rows = [
        row(1, "2026-01-05T08:00:00Z", "DC1", "in", "5"),
        row(2, "2026-01-06T08:00:00Z", "DC1", "out", "7"),
        row(3, "2026-01-07T08:00:00Z", "DC1", "out", "1"),
    ]
    refused, findings = fed(tmp_path, rows)
    zero, warned = fed(tmp_path, rows, below_zero="zero")
    kept, _ = fed(tmp_path, rows, below_zero="keep")
    healed, told = fed(tmp_path, [*rows, row(4, "2026-01-08T08:00:00Z", "DC1", "in", "9")])

    assert refused is None and codes(findings) == ["feed-below-zero"]
    text = findings.errors[0].say("en")
    assert "line 3" in text and "2026-01-06T16:00:00+08:00 (-2)" in text and "-3" in text
    assert levels(zero) == {} and [one.severity for one in warned] == ["warning"]
    assert levels(kept) == {("DC1", "TEA", ""): -3.0}
    assert levels(healed) == {("DC1", "TEA", ""): 6.0}
    assert codes(told) == ["feed-was-below-zero"]


def test_a_count_holds_from_its_moment_on_and_movements_of_that_moment_are_in_it(
    tmp_path: Path,
) -> None:
    rows = [
        row(3, "2026-01-06T08:00:00Z", "DC1", "count", "40"),
        row(1, "2026-01-05T08:00:00Z", "DC1", "in", "100"),
        row(2, "2026-01-06T08:00:00Z", "DC1", "in", "9"),
        row(4, "2026-01-06T08:00:01Z", "DC1", "out", "15"),
    ]
    stock, _ = fed(tmp_path, rows)
    two = row(5, "2026-01-06T08:00:00Z", "DC1", "count", "41")
    refused, findings = fed(tmp_path, [*rows, two])

    assert levels(stock) == {("DC1", "TEA", ""): 25.0}
    assert refused is None and codes(findings) == ["feed-two-counts"]


def test_a_lot_has_the_expiry_date_any_of_its_movements_states(tmp_path: Path) -> None:
    rows = [
        row(1, "2026-01-05T08:00:00Z", "DC1", "in", "9", lot="L1", expiry="2026-06-30"),
        row(2, "2026-01-06T08:00:00Z", "DC1", "transfer", "4", lot="L1", to="S1"),
        row(3, "2026-01-06T08:00:00Z", "DC1", "in", "2", expiry="2026-07-31"),
    ]
    stock, _ = fed(tmp_path, rows)
    odd = row(4, "2026-01-07T08:00:00Z", "S1", "in", "1", lot="L1", expiry="2026-07-01")
    refused, findings = fed(tmp_path, [*rows, odd])

    assert stock is not None
    days = stock.frame.set_index(["location", "lot"])["expiry"].dt.strftime("%Y-%m-%d")
    assert days.to_dict() == {
        ("DC1", ""): "2026-07-31",
        ("DC1", "L1"): "2026-06-30",
        ("S1", "L1"): "2026-06-30",
    }
    assert refused is None and codes(findings) == ["feed-lot-expiry"]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (row("", "2026-01-05T08:00:00Z", "DC1", "in", "1"), "blank-required", "Event"),
        (row(1, "2026-01-05T08:00:00", "DC1", "in", "1"), "feed-zone", "Time"),
        (row(1, "05/01/2026 08:00:00Z", "DC1", "in", "1"), "feed-time", "Time"),
        (row(1, "2026-02-30T08:00:00Z", "DC1", "in", "1"), "feed-time", "Time"),
        (row(1, "", "DC1", "in", "1"), "blank-required", "Time"),
        (row(1, "2026-01-05T08:00:00Z", "", "in", "1"), "blank-required", "Location"),
        (row(1, "2026-01-05T08:00:00Z", "DC1", "gone", "1"), "feed-type", "Type"),
        (row(1, "2026-01-05T08:00:00Z", "DC1", "in", ""), "blank-required", "Quantity"),
        (row(1, "2026-01-05T08:00:00Z", "DC1", "in", "many"), "feed-quantity", "Quantity"),
        (row(1, "2026-01-05T08:00:00Z", "DC1", "in", "nan"), "feed-quantity", "Quantity"),
        (row(1, "2026-01-05T08:00:00Z", "DC1", "in", "0.0000001"), "feed-decimals", "Quantity"),
        (row(1, "2026-01-05T08:00:00Z", "DC1", "in", "1e12"), "number-too-large", "Quantity"),
        (row(1, "2026-01-05T08:00:00Z", "DC1", "out", "-1"), "feed-sign", "Quantity"),
        (row(1, "2026-01-05T08:00:00Z", "DC1", "transfer", "1"), "feed-no-destination", "To"),
        (row(1, "2026-01-05T08:00:00Z", "A", "transfer", "1", to="A"), "feed-same-place", "To"),
        (row(1, "2026-01-05T08:00:00Z", "A", "in", "1", to="B"), "feed-destination", "To"),
        (
            row(1, "2026-01-05T08:00:00Z", "A", "in", "1", expiry="soon"),
            "not-a-date",
            "Expiry Date",
        ),
    ],
)
def test_a_faulty_cell_is_told_at_its_line_and_column(
    text: str, code: str, place: str, tmp_path: Path
) -> None:
    good = row(0, "2026-01-05T08:00:00Z", "DC1", "in", "1")
    stock, findings = fed(tmp_path, [good, text])

    assert stock is None
    assert [(one.code, one.line, one.column) for one in findings] == [(code, 3, place)]


def test_many_contradictions_are_counted_and_a_lot_is_counted_once_at_a_moment(
    tmp_path: Path,
) -> None:
    when = "2026-01-05T08:00:00Z"
    first = [row(number, when, "DC1", "in", "1") for number in range(200)]
    second = [row(number, when, "DC1", "in", "2") for number in range(200)]
    counts = [
        row("a", when, "DC1", "count", "5", lot="L", expiry="2026-06-30"),
        row("b", when, "DC1", "count", "6", lot="L"),
    ]
    _, many = fed(tmp_path, first, second)
    refused, two = fed(tmp_path, counts)

    assert len(many.errors) == 21 and set(codes(many)) == {"feed-conflict"}
    assert "179 more" in many.errors[-1].say("en")
    assert refused is None and codes(two) == ["feed-two-counts"]


def test_a_parquet_file_that_unpacks_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra data)")
    pd.DataFrame({"Event": [1, 2]}).to_parquet(tmp_path / "many.parquet")
    monkeypatch.setattr(files, "MOST_ROWS", 1)
    findings = Findings()

    assert stock_at([tmp_path / "many.parquet"], Asked(AT), findings) is None
    assert codes(findings) == ["file-too-large"]
