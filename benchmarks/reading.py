"""Tables in: a large workbook beside its readers, stock events: ``python -m benchmarks.reading``.

A workbook with a Demand sheet of 200,000 rows and 6 columns (three texts, a date, two numbers) is
read in several ways, each in a process of its own, order rotated. ``ts.read`` is the public door:
read, typed, checked and made a network; ``tables`` is the reading room alone (``read_tables``):
read, typed and each sheet checked, every cell with its address. The peers read the cells of that
one sheet and check nothing. Then ``tierstock feed`` takes a million stock events, from CSV and
from Parquet, to the stock of every place and product, which must be exactly what was simulated.

Columns: median seconds and range, CPU seconds, the same per second, how many times as long as
``tables`` it takes, memory above what the process held before, and the most the whole process held.
**Equality first**: rows and the sum of the quantities must be those that were written, else the run
stops. No ratio is told where CPU / wall is below 0.9: the machine was then busy with other things.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import chart
from benchmarks.harness import (
    BUSY,
    OUT,
    Row,
    in_process,
    load,
    machine,
    middle,
    peak_mb,
    rotated,
    save,
    show,
    spending,
    spread,
)

WEEKS, PRODUCTS = 25, 40
OURS = "tables"
SHOWN = (
    "way",
    "rows",
    "seconds",
    "range_s",
    "cpu_s",
    "cpu_per_wall",
    "x_ours",
    "peak_mb",
    "process_mb",
)
AT = "2026-04-03T00:00:00+08:00"
"""The moment of the stock."""
FIRST = pd.Timestamp("2026-01-01T00:00:00+08:00")


def workbook(file: Path, rows: int) -> float:
    """Write a workbook whose sheet Demand has so many rows; return the sum of its quantities."""
    import xlsxwriter

    places = max(1, rows // (WEEKS * PRODUCTS))
    stores = [f"S{number:04d}" for number in range(places)]
    products = [f"SKU-{number:04d}" for number in range(PRODUCTS)]
    weeks = pd.date_range("2026-01-05", periods=WEEKS, freq="W-MON").to_pydatetime()
    random = np.random.default_rng(1)
    quantity = random.integers(1, 500, rows)
    price = random.integers(100, 9999, rows) / 100
    file.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(file), {"default_date_format": "yyyy-mm-dd"}) as book:
        tiers = [("SUP", "supplier"), ("DC", "RDC"), *((store, "store") for store in stores)]
        lanes = [("SUP", "DC", 7), *(("DC", store, 7) for store in stores)]
        _sheet(book, "Locations", ("Location", "Tier"), tiers)
        _sheet(book, "Products", ("Product", "Unit Value"), [(one, 10) for one in products])
        _sheet(book, "Lanes", ("From", "To", "Lead Time"), lanes)
        keys = [(s, p, "standard", w) for s in stores for p in products for w in weeks][:rows]
        body = [(*key, int(q), float(p)) for key, q, p in zip(keys, quantity, price, strict=True)]
        head = ("Location", "Product", "Class", "Period", "Quantity", "Price")
        _sheet(book, "Demand", head, body)
    return float(quantity.sum())


def _sheet(book: Any, name: str, head: Sequence[str], body: Sequence[Sequence[object]]) -> None:
    sheet = book.add_worksheet(name)
    for number, row in enumerate((head, *body)):
        sheet.write_row(number, 0, row)


def events(folder: Path, count: int) -> float:
    """Write as many stock events as CSV and Parquet; return the sum of :func:`_weighed` stock."""
    random = np.random.default_rng(2)
    kind = random.choice(["in", "out", "transfer"], count, p=[0.45, 0.45, 0.1])
    places, products = max(2, count // 5_000), 100
    place, product = random.integers(0, places, count), random.integers(0, products, count)
    seconds = np.sort(random.integers(1, 86_400 * 90, count))
    quantity = np.where(
        kind == "in", random.integers(50, 500, count), random.integers(1, 20, count)
    )
    opened = min(count, places * products)
    kind[:opened], quantity[:opened], seconds[:opened] = "in", 20_000, 0
    place[:opened], product[:opened] = np.arange(opened) % places, np.arange(opened) // places
    stores = np.array([f"S{number:04d}" for number in range(places)])
    frame = pd.DataFrame(
        {
            "Event": [f"E{number:09d}" for number in range(count)],
            "Time": FIRST + pd.to_timedelta(seconds, unit="s"),
            "Location": stores[place],
            "Product": np.array([f"SKU-{number:04d}" for number in range(products)])[product],
            "Type": kind,
            "To": np.where(kind == "transfer", stores[(place + 1) % places], ""),
            "Quantity": quantity,
            "Source": "wms",
        }
    ).sample(frac=1, random_state=3)
    folder.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(folder / "events.parquet", index=False)
    frame["Time"] = frame["Time"].dt.strftime("%Y-%m-%dT%H:%M:%S+08:00")
    frame.to_csv(folder / "events.csv", index=False)
    stock = np.zeros((places, products), dtype=np.int64)
    np.add.at(stock, (place, product), np.where(kind == "in", quantity, -quantity))
    moved = kind == "transfer"
    np.add.at(stock, ((place[moved] + 1) % places, product[moved]), quantity[moved])
    return float(_weighed(stock, *np.indices(stock.shape)).sum())


def _weighed(stock: Any, place: Any, product: Any) -> Any:
    """Return stock times a number of its own for every place and product: a sum that tells all."""
    return stock * (place * 101 + product + 1)


def _door(file: Path) -> tuple[int, float]:
    import tierstock as ts

    net = ts.read(file)
    return net.demand.quantity.size, float(net.demand.quantity.sum())


def _tables(file: Path) -> tuple[int, float]:
    from tierstock.inputs.findings import Findings
    from tierstock.inputs.reading.read import read_tables

    findings = Findings()
    table = read_tables(file, findings).table("Demand")
    if list(findings):
        raise RuntimeError(next(iter(findings)).say())
    return len(table), float(table.frame["quantity"].sum())


def _openpyxl(file: Path) -> tuple[int, float]:
    from openpyxl import load_workbook

    rows = list(load_workbook(file, read_only=True, data_only=True)["Demand"].values)
    return len(rows) - 1, float(sum(row[4] for row in rows[1:]))


def _pandas(engine: str) -> Callable[[Path], tuple[int, float]]:
    def read(file: Path) -> tuple[int, float]:
        frame = pd.read_excel(file, sheet_name="Demand", engine=engine)
        return len(frame), float(frame["Quantity"].sum())

    return read


def _feed(file: Path) -> tuple[int, float]:
    from tierstock.inputs.feed import Asked, stock_at
    from tierstock.inputs.findings import Findings

    findings = Findings()
    stock = stock_at([file], Asked(pd.Timestamp(AT)), findings)
    if stock is None:
        raise RuntimeError(next(iter(findings)).say())
    place = stock.frame["location"].str.removeprefix("S").astype(int)
    product = stock.frame["product"].str.removeprefix("SKU-").astype(int)
    weighed = _weighed(stock.frame["quantity"], place, product)
    return stock.counts["counted"], float(weighed.sum())


WORKBOOK: dict[str, Callable[[Path], tuple[int, float]]] = {
    OURS: _tables,
    "ts.read": _door,
    "pandas calamine": _pandas("calamine"),
    "pandas openpyxl": _pandas("openpyxl"),
    "openpyxl read-only": _openpyxl,
}
FEED = {"feed CSV": "events.csv", "feed Parquet": "events.parquet"}


def one(task: Row) -> Row:
    """Read one file in one way in this process; return its figures."""
    read, file = WORKBOOK.get(task["way"], _feed), Path(task["file"])
    _warm(task["way"])
    with spending() as spent:
        rows, total = read(file)
    return {
        "rows": rows,
        "total": total,
        "seconds": spent.wall_s,
        "cpu_s": spent.cpu_s,
        "cpu_per_wall": spent.cpu_s / spent.wall_s,
        "peak_mb": spent.peak_mb,
        "process_mb": peak_mb(),
        "load": load(),
    }


def _warm(way: str) -> None:
    """Import what a way needs, so that no import is timed."""
    if way in (OURS, "ts.read", *FEED):
        import tierstock.inputs.feed
        import tierstock.inputs.inspection  # noqa: F401
    elif "openpyxl" in way:
        import openpyxl  # noqa: F401


def runs_of(
    asked: argparse.Namespace, files: dict[str, Path], wanted: dict[str, float]
) -> list[Row]:
    """Run each way as often as asked, in another order each time; return the medians.

    Raises:
        SystemExit: a way read something else than was written.
    """
    runs: dict[str, list[Row]] = {way: [] for way in files}
    for turn in range(asked.repeats):
        for way in rotated(list(files), turn):
            if runs[way] and "note" in runs[way][-1]:
                continue
            task = {"way": way, "file": str(files[way])}
            found = in_process("benchmarks.reading", task, asked.limit)
            if "total" in found and found["total"] != wanted[way]:
                raise SystemExit(f"{way}: {found['total']} read, {wanted[way]} written.")
            runs[way].append(found)
    rows = []
    for way, done in runs.items():
        row: Row = {"way": way, "note": "; ".join({run["note"] for run in done if "note" in run})}
        good = [run for run in done if "note" not in run]
        if good:
            row |= {"rows": good[0]["rows"], "range_s": spread([run["seconds"] for run in good])}
            for name in ("seconds", "cpu_s", "cpu_per_wall", "peak_mb", "process_mb", "load"):
                row[name] = middle([run[name] for run in good])
        rows.append(row)
    return rows


def add_ratios(rows: list[Row]) -> None:
    """Add how many times as long as ours each reader of the workbook takes."""
    ours = next((row for row in rows if row["way"] == OURS and "seconds" in row), None)
    for row in rows:
        if ours is None or row["way"] not in WORKBOOK or "seconds" not in row:
            continue
        least = min(row["cpu_per_wall"], ours["cpu_per_wall"])
        if least >= BUSY:
            row["x_ours"] = row["seconds"] / ours["seconds"]
        else:
            why = f"no ratio: CPU / wall {least:.2f}"
            row["note"] = "; ".join(filter(None, (row["note"], why)))


def parsed(words: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000, help="rows of the sheet Demand")
    parser.add_argument("--events", type=int, default=1_000_000, help="stock events")
    parser.add_argument("--ways", nargs="+", choices=list(WORKBOOK), default=list(WORKBOOK))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--limit", type=float, default=300.0, help="seconds of one run")
    parser.add_argument("--short", action="store_true", help="tiny, to see that it works")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--one", type=json.loads, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.short:
        asked.rows, asked.events, asked.repeats = 1_000, 10_000, 1
    return asked


def main(words: list[str] | None = None) -> None:
    """Print the table, write it as CSV and draw the chart."""
    asked = parsed(words)
    if asked.one:
        print(json.dumps(one(asked.one)))
        return
    print(f"{machine()}\n{asked.rows:,} rows, {asked.events:,} events, {asked.repeats} repeats\n")
    book = asked.out / f"reading-{asked.rows}.xlsx"
    total, stock = workbook(book, asked.rows), events(asked.out, asked.events)
    files = {way: book for way in asked.ways} | {way: asked.out / FEED[way] for way in FEED}
    wanted = dict.fromkeys(asked.ways, total) | dict.fromkeys(FEED, stock)
    rows = runs_of(asked, files, wanted)
    add_ratios(rows)
    show(rows, (*SHOWN, "load"))
    save(rows, asked.out / "reading.csv")
    good = [row for row in rows if "seconds" in row]
    parts = {"seconds": [row["seconds"] for row in good]}
    chart.bars(asked.out / "reading.svg", [row["way"] for row in good], parts, "seconds")


if __name__ == "__main__":
    main()
