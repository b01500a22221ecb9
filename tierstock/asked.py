"""What a caller of ``tierstock plan`` may ask for besides settings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """How a plan is to be searched.

    Attributes:
        solver: ``auto`` for the means that fit the size of the model, ``highs`` for HiGHS alone.
        deterministic: the same input gives the same plan and the same file on every run.
        anyway: begin also where the forecast says that memory will not do.
    """

    solver: str = "auto"
    deterministic: bool = False
    anyway: bool = False
