"""The command ``tierstock import``."""

from pathlib import Path

import click

from tierstock.console import Console
from tierstock.endings import guarded
from tierstock.exits import Exit, Refused
from tierstock.options import common, system_language, there
from tierstock.words import tell

_PATH = click.Path(path_type=Path)


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_PATH)
@click.option("--map", "map_path", type=_PATH, help="What the columns of the files mean (YAML).")
@click.option("--suggest", is_flag=True, help="Write a proposed map from the headings instead.")
@click.option("-o", "--output", type=_PATH, help="The workbook, or the proposed map.")
@click.option("--force", is_flag=True, help="Replace an older output.")
@common
def import_(
    files: tuple[Path, ...],
    map_path: Path | None,
    suggest: bool,
    output: Path | None,
    force: bool,
    lang: str | None,
    machine: bool,
    debug: bool,
) -> None:
    """Turn raw ERP, WMS and POS extracts into a workbook, with a log of every change.

    把 ERP、WMS、POS 原始导出转换为工作簿，并记录每一处更改。

    \b
    Example: tierstock import --suggest mb52.xlsx po.csv     writes map.yaml to be checked
             tierstock import --map map.yaml mb52.xlsx po.csv -o network.xlsx
    """
    console = Console(lang or system_language(), machine=machine)
    console.usual = {"files": [], "tables": []} if suggest else {"files": [], "sheets": {}}
    console.usual |= {"findings": []} if suggest else {"log": {}, "balance": [], "findings": []}

    def job() -> Exit:
        from tierstock.import_files import import_files
        from tierstock.suggest_map import suggest_map

        for file in files:
            there(console, file)
        if suggest:
            target = output or Path("map.yaml")
            return suggest_map(console, files, target, language=lang or "", force=force)
        if map_path is None:
            raise Refused(tell("import-map-or-suggest", console.language))
        there(console, map_path)
        target = output or map_path.with_suffix(".xlsx")
        return import_files(console, map_path, files, target, language=lang or "", force=force)

    guarded(console, debug, job)
