"""All hand-solved networks of the families, by name."""

from corners import CORNERS
from families import CASES as USUAL
from families import Case

ALL: dict[str, Case] = {
    **USUAL,
    **CORNERS,
}
