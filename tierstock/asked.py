"""What a caller of ``tierstock plan`` may ask for besides settings."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Asked:
    """How a plan is to be searched.

    Attributes:
        solver: ``auto`` for the means that fit the size of the model, ``highs`` for HiGHS alone.
        effort: quick, normal or thorough, see ``tierstock.solve``.
        deterministic: the same input gives the same plan and the same file on every run.
        start: results workbook of a plan to start from, None where there is none.
        anyway: begin also where the forecast says that memory will not do.
        any_solver_version: accept also a version of HiGHS that is known to give wrong answers.
        verify: solve a second time in other ways and compare.
        resume: go on from the journal of a run that was broken off.
        journal: file that keeps the best plan while the search goes on, None for no such file.
    """

    solver: str = "auto"
    effort: str = "normal"
    deterministic: bool = False
    start: Path | None = None
    anyway: bool = False
    any_solver_version: bool = False
    verify: bool = False
    resume: bool = False
    journal: Path | None = None
