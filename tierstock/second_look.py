"""A plan that is solved a second time in other ways, and what is said of it."""

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tierstock.audited import AuditError
from tierstock.console import Console
from tierstock.inputs import Network
from tierstock.inputs.settings import level_word
from tierstock.outputs.audit import AuditResult, Check
from tierstock.solvers import Solution, load
from tierstock.solvers.second import Opinion, Verdict, verify
from tierstock.solvers.status import gap_of, judge
from tierstock.words import tell

if TYPE_CHECKING:
    from tierstock.plan import Plan

ROUND = 10_000.0
"""Amounts from here on are told without decimals."""
TAKEN = "a cheaper plan came of the second solve"
"""Line among the attempts of a solution whose plan is that of another way."""


def look_again(console: Console, m: Any, plan: "Plan") -> Verdict | None:
    """Solve the model of a plan in other ways; say where they contradict it, or agree that there
    is none. What they say of a plan stands among its notes.

    Args:
        console: where it speaks.
        m: the model.
        plan: what came of the first solve.

    Returns:
        The verdict; None where there is nothing to compare, as the solve was stopped or found
        neither a plan nor that there is none.
    """
    if not comparable(plan):
        console.say("verify-nothing")
        return None
    with console.phase("solved-again", "verify") as told:
        verdict = verify(m, plan.solution, plan.options)
        told.append(ways(verdict, console.language))
        told.good = verdict.result != "contradiction"
    if not told.good or plan.quality == "none":
        text = sentence(verdict, plan.network, console.language)
        console.line(text, style="" if told.good else "red")
    return verdict


def verified(m: Any, plan: "Plan") -> "Plan":
    """Solve the model of a plan in other ways, without a word.

    Args:
        m: the model.
        plan: what came of the first solve.

    Returns:
        The plan, or the cheaper one of another way; ``verdict`` says what they found, None where
        there is nothing to compare.
    """
    return taken(m, plan, verify(m, plan.solution, plan.options)) if comparable(plan) else plan


def comparable(plan: "Plan") -> bool:
    """Return whether a solve came to an end that others can be held against."""
    return plan.stopped != "user" and (plan.quality != "none" or plan.stopped == "infeasible")


def taken(m: Any, plan: "Plan", verdict: Verdict) -> "Plan":
    """Return the plan with its verdict, or the cheaper plan of another way with its own."""
    better = improved(plan.solution, verdict)
    if better is None:
        plan.verdict = verdict
        return plan
    load(m, better)
    cheaper = type(plan)(m, better, plan.options)
    cheaper.verdict = again(verdict, better)
    return cheaper


def refuse_contradicted(plan: "Plan", language: str) -> None:
    """Raise where other ways to solve the model contradict a plan.

    Raises:
        AuditError: they do; its one check tells what they found.
    """
    if plan.verdict is None or plan.verdict.result != "contradiction":
        return
    text = sentence(plan.verdict, plan.network, language)
    check = Check(tell("verify-check", language), False, math.nan, text)
    plan.audit = AuditResult(False, (check,), "", "")
    raise AuditError(plan.audit)


def improved(solution: Solution, verdict: Verdict) -> Solution | None:
    """Return the solution with the cheaper plan of another way, None where there is none."""
    better = verdict.better
    if better is None or better.values is None or verdict.result == "contradiction":
        return None
    gap = gap_of(better.cost, solution.bound)
    stopped, quality = judge("kOptimal", has_plan=True, gap=gap, asked=verdict.asked)
    return replace(
        solution,
        values=better.values,
        objective=better.cost,
        gap=gap,
        stopped=stopped if quality == "proven" else solution.stopped,
        quality=quality,
        exact=True,
        attempts=(*solution.attempts, TAKEN),
        row_duals=None,
        reduced_costs=None,
    )


def again(verdict: Verdict, solution: Solution) -> Verdict:
    """Return the verdict of the same other ways on another solution of the model."""
    if verdict.level:
        level = solution.levels[0]
        return replace(verdict, cost=level.value, bound=level.bound)
    return replace(verdict, cost=solution.objective, bound=solution.bound)


def ways(verdict: Verdict, language: str) -> str:
    """Return the names of the other ways: ``HiGHS 1.16.0 without presolve, seed 1; SCIP 10``."""
    names = [
        tell(f"way-{one.way}", language, solver=one.solver, seed=one.seed)
        for one in verdict.opinions
    ]
    return ("；" if language == "zh" else "; ").join(names)


def sentence(verdict: Verdict, net: Network, language: str) -> str:
    """Say what the other ways found, in ``en`` or ``zh``."""
    earns = not verdict.level and net.settings.objective == "profit"
    sign = -1.0 if earns else 1.0
    what = level_word(verdict.level or ("profit" if earns else "cost"), language)
    result: str = verdict.result
    if result == "confirmed" and not math.isfinite(verdict.cost):
        result = "infeasible"
    return tell(
        f"verify-{result}",
        language,
        ways=ways(verdict, language),
        what=what,
        cost=_amount(sign * verdict.cost, language),
        bound=_amount(sign * verdict.bound, language),
        other=_amount(sign * _best(verdict.opinions, verdict.sense), language),
        limit=_amount(sign * verdict.limit, language),
    )


def facts_of(verdict: Verdict | None) -> dict[str, Any] | None:
    """Return a verdict as the line for machines has it."""
    if verdict is None:
        return None
    return {
        "result": verdict.result,
        "level": verdict.level or None,
        "cost": verdict.cost,
        "bound": verdict.bound,
        "ways": [
            {
                "way": one.way,
                "solver": one.solver,
                "seed": one.seed,
                "cost": one.cost,
                "bound": one.bound,
                "seconds": round(one.seconds, 3),
            }
            for one in verdict.opinions
        ],
    }


def _best(opinions: tuple[Opinion, ...], sense: int) -> float:
    return sense * min(sense * one.cost for one in opinions)


def _amount(number: float, language: str) -> str:
    if not math.isfinite(number):
        return tell("verify-none", language)
    return f"{number:,.0f}" if abs(number) >= ROUND else f"{number:,.2f}"
