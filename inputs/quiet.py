"""HiGHS inside this process: it keeps to itself what it would print."""

import os
from contextlib import suppress
from typing import Any

import highspy

STDOUT = 1


def quiet_highs() -> Any:
    """Return a solver that writes nothing; the first one of a process greets on standard output."""
    try:
        kept = os.dup(STDOUT)
    except OSError:  # it is closed: nobody hears the greeting
        kept = -1
    try:
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, STDOUT)
            if nowhere != STDOUT:
                os.close(nowhere)
        solver = highspy.Highs()
    finally:
        if kept >= 0:
            os.dup2(kept, STDOUT)
            os.close(kept)
        else:
            with suppress(OSError):
                os.close(STDOUT)
    solver.setOptionValue("output_flag", False)
    return solver
