"""What README promises is there."""

import re
import shlex
from pathlib import Path

import pandas as pd
import pytest

from tierstock.inputs.samples import sample
from tierstock.inputs.schema import schema

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Code blocks of README written in a language; blank for the command lines."""
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    """Words of every command line of README, remarks left out."""
    lines = "\n".join(blocks("")).splitlines()
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def test_every_link_leads_to_a_file() -> None:
    links = [one for one in re.findall(r"\]\(([^)]+)\)", TEXT) if "://" not in one]

    assert links
    assert [one for one in links if not (ROOT / one.split("#")[0]).exists()] == []


def test_every_script_and_every_command_is_there() -> None:
    from tierstock.cli import main

    scripts = [words[1] for words in commands() if words[0] == "python3"]
    verbs = [words[1] for words in commands() if words[0].endswith("/tierstock")]

    assert scripts == ["scripts/demo.py", "scripts/test.py"]
    assert all((ROOT / script).is_file() for script in scripts)
    assert verbs
    assert set(verbs) <= set(main.commands)


def test_the_table_of_the_four_sheets_says_what_the_schema_says() -> None:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in TEXT.splitlines()]
    told = {row[0]: (row[1], row[3]) for row in rows if len(row) == 4}

    for sheet in schema().sheets:
        if sheet.level == "core":
            needed = ", ".join(column.name for column in sheet.columns if column.required)
            assert told[sheet.name] == (sheet.zh, needed)


def test_the_notebook_snippet_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tierstock.inputs.templates.template import write_template

    renamed: dict[str, pd.DataFrame] = {
        name: table.replace("DC1", "DC-East") for name, table in sample("starter").items()
    }
    monkeypatch.chdir(tmp_path)
    write_template("network.xlsx", sample=renamed)
    (snippet,) = blocks("python")
    exec(compile(snippet, "README.md", "exec"), {})

    assert (tmp_path / "network.plan.xlsx").is_file()
