"""The exit codes of the command line, one table for all commands."""

from enum import IntEnum


class Exit(IntEnum):
    """What a command ends with."""

    DONE = 0
    """Done; for plan: a plan within the asked gap."""
    UNFORESEEN = 1
    """A fault in tierstock itself; a log file says more."""
    BAD_INPUT = 2
    """Bad input or wrong usage: no plan is written."""
    CONTRADICTION = 3
    """Hard rules contradict each other: no plan."""
    AUDIT_FAILED = 4
    """The plan failed its independent audit: nothing is published."""
    NO_PLAN = 5
    """No plan within the time or memory limit."""
    FILE_FAILED = 6
    """A file cannot be read or written; old files are intact."""
    CRASHED = 7
    """The solver crashed and no plan survived."""
    GAP_NOT_REACHED = 10
    """A plan is written, but the limit came before the asked gap."""
    STOPPED = 130
    """Stopped by the user; the best plan so far is written if there is one."""


class Refused(Exception):
    """A command cannot do what was asked; the message says why and what to do."""


def exit_of(stopped: str, quality: str) -> Exit:
    """Return the exit code of a solve from its two facts.

    Args:
        stopped: optimal, gap, time, memory, user, infeasible or fault.
        quality: proven, feasible or none.
    """
    if stopped == "user":
        return Exit.STOPPED
    if quality == "proven":
        return Exit.DONE
    if quality == "feasible":
        return Exit.GAP_NOT_REACHED
    return {"infeasible": Exit.CONTRADICTION, "time": Exit.NO_PLAN, "memory": Exit.NO_PLAN}.get(
        stopped, Exit.CRASHED
    )
