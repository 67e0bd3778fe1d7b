"""A second, deliberately naive engine: what `judge` must agree with on every profile.

Written from the rules of docs/architecture.md alone: plain recursion over conditions, one dict
per candidate, no masks, no compiled programs, nothing remembered.
"""

from __future__ import annotations

from fractions import Fraction

YES, NO, MAYBE = "yes", "no", "maybe"


def truth(condition, answers, out):
    """Kleene's strong logic, one case after the other."""
    kind = type(condition).__name__
    if kind == "All":
        seen = [truth(part, answers, out) for part in condition.parts]
        return NO if NO in seen else MAYBE if MAYBE in seen else YES
    if kind == "AnyOf":
        seen = [truth(part, answers, out) for part in condition.parts]
        return YES if YES in seen else MAYBE if MAYBE in seen else NO
    if condition.question in out:
        return NO
    if condition.question not in answers:
        return MAYBE
    answer = answers[condition.question]
    if condition.word == "one_of":
        passes = any(answer == value for value in condition.values)
    elif condition.word == "includes":
        passes = any(value in answer for value in condition.values)
    elif condition.word == "includes_all":
        passes = all(value in answer for value in condition.values)
    elif condition.word == "none":
        passes = len(answer) == 0
    elif condition.word == "at_least":
        passes = answer >= condition.values[0]
    else:
        passes = answer <= condition.values[0]
    if condition.negated:
        passes = not passes
    return YES if passes else NO


def inapplicable(pack, answers):
    out = set()
    for question in pack.questions.values():
        if question.when is not None and truth(question.when, answers, out) == NO:
            out.add(question.id)
    return out


def shares(rule, candidate, lens, as_of, observations):
    """What share of a rule's points one candidate earns, in hundredths."""
    if lens == "document":
        most = max(rule.favors.values(), default=0)
        return 100 if most and rule.favors.get(candidate, 0) == most else 0
    observed = observations if lens == "measured" else {}
    if any(observed.get((check, candidate)) == "refuted" for check in rule.checks):
        return 0
    review = rule.review if rule.review and rule.review.on <= as_of else None
    favors = rule.favors
    if review and review.favors is not None:
        favors = review.favors
    elif review and review.verdict == "overturned":
        return 0
    if candidate in rule.rates and not (review and review.verdict == "overturned" and not favors):
        return rule.rates[candidate]
    return favors.get(candidate, 0)


def judge(pack, profile, lens, observations=None):
    """Judge one profile; everything by name, nothing by position."""
    as_of = pack.dated
    answers = profile.answers
    out = inapplicable(pack, answers)
    here = pack.this_machine is not None and truth(pack.this_machine, answers, out) == YES
    observations = observations if observations and here else {}
    points = {name: dict.fromkeys(pack.criteria, 0) for name in pack.candidates}
    stakes = dict.fromkeys(pack.criteria, 0)
    states, pending = {}, {}
    for rule in pack.rules.values():
        if rule.id in pack.retired or (
            lens == "document" and not any(s.cite for s in rule.sources)
        ):
            continue
        weight = 5 if lens == "document" else rule.weight
        earned = {
            name: weight * shares(rule, name, lens, as_of, observations) for name in pack.candidates
        }
        if rule.measure is not None and lens != "document":
            earned = dict.fromkeys(pack.candidates, 0)  # speeds have tests of their own
        state = truth(rule.when, answers, out)
        states[rule.id] = {YES: "fires", NO: "silent", MAYBE: "unknown"}[state]
        if state == YES:
            for name in pack.candidates:
                points[name][rule.criterion] += earned[name]
            stakes[rule.criterion] += max(earned.values())
        elif state == MAYBE:
            pending[rule.id] = (rule.criterion, earned)
    vetoes, possible = {}, {}
    for constraint in pack.constraints.values():
        if lens == "document" and not any(s.cite for s in constraint.sources):
            continue
        state = truth(constraint.when, answers, out)
        for name in constraint.vetoes:
            if name not in pack.candidates:
                continue
            if constraint.refuted and (
                lens != "measured" or observations.get((constraint.refuted, name)) != "refuted"
            ):
                continue
            if state != NO:
                found = vetoes if state == YES else possible
                found.setdefault(name, set()).add(constraint.id)
    weights = {
        name: profile.weights.get(name, 1 if lens == "document" else criterion.weight)
        for name, criterion in pack.criteria.items()
    }
    return {
        "points": points,
        "stakes": stakes,
        "states": states,
        "pending": pending,
        "vetoes": vetoes,
        "possible": possible,
        "weights": weights,
    }


def rank(pack, seen):
    """Say who leads and how clearly, in exact fractions."""
    scores = {
        name: sum(seen["weights"][c] * earned for c, earned in row.items())
        for name, row in seen["points"].items()
    }
    alive = [name for name in pack.candidates if name not in seen["vetoes"]]
    alive.sort(key=lambda name: (-scores[name], name))
    if not alive:
        return {"outcome": "no-survivor", "best": None, "scores": scores}
    limits = pack.thresholds
    stake = sum(seen["weights"][c] * each for c, each in seen["stakes"].items())
    waiting = [(seen["weights"][c], earned) for c, earned in seen["pending"].values()]
    unknown = sum(weight * max(earned.values()) for weight, earned in waiting)
    first = alive[0]
    reversible = any(
        sum(weight * max(0, earned[other] - earned[first]) for weight, earned in waiting)
        > scores[first] - scores[other]
        for other in alive[1:]
    )
    heavy = unknown > Fraction(limits.unknown, 1000) * (stake + unknown)
    margin = scores[first] - scores[alive[1]] if len(alive) > 1 else None
    if "fires" not in seen["states"].values() or (reversible and heavy):
        outcome = "too-little-known"
    elif margin is not None and margin <= Fraction(limits.tie, 1000) * stake:
        outcome = "tie"
    elif first in seen["possible"] or (
        margin is not None and margin <= Fraction(limits.close, 1000) * stake
    ):
        outcome = "close"
    else:
        outcome = "clear"
    best = first if outcome in ("clear", "close") else None
    return {"outcome": outcome, "best": best, "scores": scores}
