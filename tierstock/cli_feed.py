"""The command ``tierstock feed``."""

from pathlib import Path

import click

from tierstock.console import Console
from tierstock.exits import Exit
from tierstock.options import as_input, common, system_language, there


def as_inputs(
    context: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> tuple[Path | str, ...]:
    """Return what is typed as paths, addresses of databases as they are."""
    return tuple(as_input(context, option, value) for value in values)


A_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("events", metavar="EVENTS...", nargs=-1, required=True, callback=as_inputs)
@click.option("--at", required=True, help="Moment of the stock, with its zone.")
@click.option("-o", "--out", required=True, type=A_FILE, help="A .csv, .parquet or .xlsx file.")
@click.option("--from", "former", type=A_FILE, help="A former snapshot to start from.")
@click.option("--from-time", "former_at", help="Its moment, where it does not say so itself.")
@click.option("--into", type=A_FILE, help="A workbook; OUT becomes its copy with this stock.")
@click.option("--zone", default="", help="Zone of times that state none, e.g. Asia/Shanghai.")
@click.option(
    "--below-zero",
    type=click.Choice(["refuse", "zero", "keep"]),
    default="refuse",
    help="Stock below zero at the end: an error, taken as none, or kept as owed to customers.",
)
@click.option("--table", default="", help="Table or view of a database; default: Movements.")
@click.option("--force", is_flag=True, help="Replace OUT.")
@common
def feed(
    events: tuple[Path | str, ...],
    at: str,
    out: Path,
    former: Path | None,
    former_at: str | None,
    into: Path | None,
    zone: str,
    below_zero: str,
    table: str,
    force: bool,
    lang: str | None,
    machine: bool,
    debug: bool,
) -> None:
    """Turn stock movements into the opening stock of a moment.

    把库存变动（事件流水）汇总为某一时点的期初库存。

    \b
    Columns: Event, Time, Location, Product, Quantity; Type (in, out, move, transfer,
    count), To, Lot, Expiry Date, Unit and Source where there are any.

    \b
    Example: tierstock feed moves.csv --at 2026-02-01T00:00+08:00 -o OpeningStock.csv
             tierstock feed day1.parquet day2.parquet --at 2026-02-01 --zone Asia/Shanghai
                            --into network.xlsx -o february.xlsx
             tierstock feed new.csv --from OpeningStock.csv --at 2026-02-02T00:00+08:00
                            -o next.csv
    """
    console = Console(lang or system_language(), machine=machine)
    console.usual = {"files": [], "at": at, "rows": None, "units": None, "events": {}}
    console.usual |= {"below_zero": [], "replaced": 0, "findings": []}

    def job() -> Exit:
        from tierstock.feed_files import Wish, feed_files

        for one in (*events, *filter(None, (former, into))):
            there(console, one)
        wish = Wish(at, former, former_at, into, zone, below_zero, table, force)
        return feed_files(console, events, out, wish, lang or "")

    from tierstock.endings import guarded

    guarded(console, debug, job)
