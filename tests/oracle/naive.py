"""A second, deliberately naive engine: what `judge` must agree with on every profile.

Written from the rules of docs/architecture.md alone: plain recursion over conditions, one dict
per candidate, no masks, no compiled programs, nothing remembered.
"""

from __future__ import annotations

from dataclasses import replace
from math import erf, prod, sqrt

SPREAD = {"measured": 5, "documented": 10, "reported": 20, "judged": 30}
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
    """Say who leads by the score of what is known; nobody where several do."""
    scores = {
        name: sum(seen["weights"][c] * earned for c, earned in row.items())
        for name, row in seen["points"].items()
    }
    alive = [name for name in pack.candidates if name not in seen["vetoes"]]
    first = [name for name in alive if scores[name] == max(scores[other] for other in alive)]
    return {"leader": first[0] if len(first) == 1 else None, "scores": scores}


def support(pack, profile, lens, completions):
    """Weigh who is first in completions (pairs of a weight and all answers), in plain floats.

    Returns each candidate's share, and the share in which something decides.
    """
    found, decided = dict.fromkeys(pack.candidates, 0.0), 0.0
    for weight, answers in completions:
        seen = judge(pack, replace(profile, answers=answers), lens)
        scores = rank(pack, seen)["scores"]
        alive = [name for name in pack.candidates if name not in seen["vetoes"]]
        fired = [pack.rules[name] for name, state in seen["states"].items() if state == "fires"]
        worth = [(rule, seen["weights"][rule.criterion] * weight_of(rule, lens)) for rule in fired]
        sigma = sqrt(sum(2 / 3 * (each * SPREAD[rule.evidence]) ** 2 for rule, each in worth))
        likely = {
            name: prod(
                ahead(scores[name] - scores[other], sigma) for other in alive if other != name
            )
            for name in alive
        }
        whole = sum(likely.values())
        for name, each in likely.items():
            found[name] += weight * each / whole
        decided += weight * (len(alive) < len(pack.candidates) or parted(pack, seen, worth, lens))
    total = sum(weight for weight, _ in completions)
    return {name: each / total for name, each in found.items()}, decided / total


def weight_of(rule, lens):
    """Say what a rule weighs: under the document's lens all weigh the same."""
    return 5 if lens == "document" else rule.weight


def ahead(lead, sigma):
    """Say how likely a lead outlasts normal noise."""
    if not sigma:
        return 1 if lead > 0 else 0.5 if lead == 0 else 0
    return (1 + erf(lead / sigma / sqrt(2))) / 2


def parted(pack, seen, worth, lens):
    """Say whether the deciding rules of a criterion, taken together, part the candidates."""
    for criterion in pack.criteria:
        totals = dict.fromkeys(pack.candidates, 0)
        for rule, each in worth:
            decides = pack.criteria[criterion].decides if rule.decides is None else rule.decides
            if rule.criterion == criterion and decides:
                for name in totals:
                    totals[name] += each * shares(rule, name, lens, pack.dated, {})
        if max(totals.values()) - min(totals.values()) > 2000:
            return True
    return False
