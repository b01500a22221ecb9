"""The results workbook: Summary, one sheet per job, and the copy of the input."""

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pandas as pd

from tierstock.inputs.schema import schema
from tierstock.inputs.writing.place import placing
from tierstock.outputs.facts import RunFacts
from tierstock.outputs.localise import sheet_title, words_of
from tierstock.outputs.package import HeldBack, pack
from tierstock.outputs.pages import Results
from tierstock.outputs.pour import Body
from tierstock.outputs.sheet import DATE

SHEETS = (
    "Charts",
    "Actions",
    "Alerts",
    "PlanView",
    "Costs",
    "Shipments",
    "Inventory",
    "Service",
    "TargetResults",
    "Substitutions",
    "Production",
    "Purchases",
    "CapacityUse",
    "VehicleUse",
    "SlowMovers",
    "Bullwhip",
    "Cash",
    "SiteResults",
    "DataIssues",
    "Audit",
    "RunInfo",
    "RulesInEffect",
)
"""Result sheets behind Summary: what planners read first, then the details, then the proof."""
AUDIT = ("Check", "Result", "Worst Violation", "Where")


@dataclass(frozen=True)
class Draft:
    """A results workbook on its way to its audit: all sheets as they will be, but for Audit."""

    path: Path
    held: HeldBack
    expected: Body
    """Rows of Audit in the language of the report; only checks and results are sure."""
    language: str

    def complete(self, file: Path, audit_rows: pd.DataFrame) -> None:
        """Put the sheet Audit into the file, the draft or a copy of it.

        Args:
            file: the workbook.
            audit_rows: as expected, with what was found.

        Raises:
            ValueError: they are other rows than the draft has been told.
        """
        spoken = words_of(schema().sheet("Audit"), audit_rows[list(AUDIT)], self.language)
        told = ["Check", "Result"]
        if not spoken[told].equals(self.expected.frame[told]):
            raise ValueError("The audit has other rows than the workbook was drafted for.")
        self.held.put(file, Body(spoken, self.expected.heights))

    def publish(self, path: str | Path, audit_rows: pd.DataFrame) -> None:
        """Move a complete copy into place; a file of that name is replaced only by this.

        Raises:
            OSError: the file cannot be written; an existing one is untouched.
            ValueError: as for ``complete``.
        """
        with placing(Path(path)) as part:
            shutil.copyfile(self.path, part)
            self.complete(part, audit_rows)


def write_workbook(
    path: str | Path,
    tables: Mapping[str, pd.DataFrame],
    language: str,
    input_tables: Mapping[str, pd.DataFrame],
    facts: RunFacts,
    audit_rows: pd.DataFrame | None = None,
) -> None:
    """Write the results workbook; a file of that name is replaced only by a complete one.

    Args:
        path: file to write, ``.xlsx``.
        tables: result tables with English headings, as ``build_tables`` returns them.
        language: ``en`` or ``zh``: sheet names, headings, choice words, sentences.
        input_tables: input sheet by English name, cells as read, headings as the planner wrote
            them; those with rows are copied to sheets ``In <sheet>``.
        facts: facts of the run, for the first page.
        audit_rows: columns Check, Result (pass or fail), Worst Violation, Where; none = not
            audited, the sheet stays without rows.

    Raises:
        OSError: the file cannot be written; an existing one is untouched.
    """
    rows = pd.DataFrame(columns=list(AUDIT)) if audit_rows is None else audit_rows
    with placing(Path(path)) as part:
        write_draft(part, tables, language, input_tables, facts, rows).complete(part, rows)


def write_draft(
    path: Path,
    tables: Mapping[str, pd.DataFrame],
    language: str,
    input_tables: Mapping[str, pd.DataFrame],
    facts: RunFacts,
    audit_rows: pd.DataFrame,
) -> Draft:
    """Write the results workbook but for its sheet Audit, which is put in last.

    Args:
        path: file to write.
        tables: as for ``write_workbook``.
        language: as for ``write_workbook``.
        input_tables: as for ``write_workbook``.
        facts: as for ``write_workbook``.
        audit_rows: rows that the sheet will have; their figures may still be blank.

    Raises:
        OSError: the file cannot be written.
    """
    import xlsxwriter

    from tierstock.outputs.front import Front

    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": DATE,
    }
    drawn = BytesIO()
    workbook = xlsxwriter.Workbook(drawn, options)
    about: dict[str, object] = {"title": facts.name, "comments": f"tierstock {facts.version}"}
    if not facts.seconds:  # the same run gives the same file: no date of today in it
        about["created"] = dt.datetime.fromisoformat(facts.first_day)
    workbook.set_properties(about)
    results = Results(workbook, facts, language)
    first = workbook.add_worksheet(sheet_title("Summary", language))
    every = {**tables, "Audit": audit_rows[list(AUDIT)]}
    printed = Front(first, results.styles, every, facts, language).write(every["Audit"])
    workbook.define_name(f"'{first.get_name()}'!_xlnm.Print_Area", f"={printed}")
    for name in SHEETS:
        if name in every:
            results.result(name, every[name])
    for name, frame in input_tables.items():
        if len(frame):
            results.copy(name, frame)
    first.activate()
    workbook.close()
    held = pack(drawn, path, results.bodies, results.audit, results.lengths)
    return Draft(path, held, results.bodies[results.audit], language)
