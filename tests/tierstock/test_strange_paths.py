"""Names that would lead a program elsewhere, or make it wait for ever, do neither.

With figures::

    pytest -m "slow or not slow" -s tests/tierstock/test_strange_paths.py
"""

from pathlib import Path

import pytest
from commands import run
from goals import reached
from starter import Rows, save, starter

from tierstock.inputs.writing.tabs import Tab
from tierstock.inputs.writing.to_open_document import write_open_document

SECURITY = 18
TITLES = ("#../../evil", "#/tmp/evil", "#..\\..\\evil", "#C:\\evil", "#a/../../../evil", "#..")
NAMES = ("-rf.xlsx", "$(touch evil).xlsx", "`touch evil`.xlsx", "a;touch evil.xlsx", "..evil.xlsx")
MODELS = ("../../evil", "/tmp/evil", "CON", "%s%n")
ENDLESS = ("/dev/zero", "/dev/stdin", "/proc/self/environ", "../../../../../../../../etc/passwd")


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    """A folder far enough inside that what climbs out is noticed."""
    folder = tmp_path / "a" / "b" / "c"
    folder.mkdir(parents=True)
    return folder


def written(folder: Path, *words: object) -> set[str]:
    """Run a command in the folder; return the new files, told from there, also those above it."""
    top = folder.parents[2]
    before = set(top.rglob("*"))
    done = run(*words, folder=folder)
    assert done.exit_code in (0, 2, 6) and "Traceback" not in done.output, done.output
    new = [one for one in set(top.rglob("*")) - before if one.is_file()]
    return {str(one.relative_to(folder)) if folder in one.parents else f"! {one}" for one in new}


def tabs() -> list[Tab]:
    return [Tab(title, rows) for title, rows in starter().items()]


def test_names_of_sheets_files_and_models_lead_nowhere_else(inside: Path) -> None:
    through = []
    study = [*tabs(), *(Tab(title, [["x"], [1.0]]) for title in TITLES)]
    write_open_document(study, inside / "study.ods")
    for target in ("tables", "study.xlsx", "study.db"):
        new = written(inside, "convert", "study.ods", target)
        through += [one for one in new if not one.startswith(target)]
    for name in NAMES:
        save(starter(), inside / name)
        new = written(inside, "check", "--", name)
        through += [one for one in new if one != f"{name.removesuffix('.xlsx')}.checked.xlsx"]
    for name in MODELS:
        save({**starter(), "Settings": _settings(model_name=name)}, inside / "named.xlsx")
        new = written(inside, "check", "named.xlsx")
        through += [one for one in new if one != "named.checked.xlsx"]
    count = len(TITLES) + len(NAMES) + len(MODELS)
    reached(SECURITY, f"{len(through)} of {count} strange names lead elsewhere", not through)


def _settings(**values: str) -> Rows:
    return [["Setting", "Value"], *([name, value] for name, value in values.items())]


@pytest.mark.slow
def test_files_named_by_files_are_read_only_where_they_are_what_they_should_be(
    inside: Path,
) -> None:
    through: list[str] = []
    (inside / "items.csv").write_text("SKU,Cost\na,1\n", encoding="utf-8")
    for path in ENDLESS:
        (inside / "map.yaml").write_text(MAP.format(path=path), encoding="utf-8")
        through += written(inside, "import", "--map", "map.yaml", "items.csv")
        (inside / "query.toml").write_text(f'url = "sqlite:///{path}"\n', encoding="utf-8")
        through += written(inside, "check", "query.toml")
        save({**starter(), **_previous(path)}, inside / "study.xlsx")
        through += written(inside, "check", "study.xlsx") - {"study.checked.xlsx"}
    count = 3 * len(ENDLESS)
    reached(SECURITY, f"{len(through)} of {count} files named in files are used", not through)


MAP = """
codes:
  other: {{file: "{path}", from: A, to: B}}
sources:
  - file: items.csv
    sheet: Products
    columns: {{Product: {{from: SKU, codes: other}}, Unit Value: Cost}}
"""


def _previous(path: str) -> dict[str, Rows]:
    return {
        "Settings": _settings(previous_plan=path),
        "Terminal": [["Rule"], ["baseline"]],
    }
