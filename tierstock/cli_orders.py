"""The command ``tierstock orders``."""

from pathlib import Path

import click

from tierstock.console import Console
from tierstock.endings import guarded
from tierstock.exits import Exit
from tierstock.options import common, system_language, there


@click.command()
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder.")
@click.option("--until", default="", help="Only orders placed up to this day, e.g. 2026-02-01.")
@common
def orders(
    plan: Path, output: Path | None, until: str, lang: str | None, machine: bool, debug: bool
) -> None:
    """Write the orders of a plan: a workbook, and a CSV per location, supplier and carrier.

    把计划写成订单文件：一个工作簿，以及按地点、供应商、承运方式的 CSV。

    \b
    Example: tierstock orders network.plan.xlsx
             tierstock orders network.plan.xlsx -o monday --until 2026-01-11
    """
    console = Console(lang or system_language(), machine=machine)
    console.usual = {"orders": None, "lines": None, "files": []}

    def job() -> Exit:
        from tierstock.ordering import orders_file

        there(console, plan)
        return orders_file(console, plan, output, until, lang or "")

    guarded(console, debug, job)
