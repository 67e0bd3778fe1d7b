"""What the page of the advice shows: the headline, the charts, and the whole report below."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from recommender.engine import Recommendation, RouteAdvice
from recommender.judging.outcome import WHOLE
from recommender.language import points, whole_percent
from recommender.output.charts import bar, contributions, curve, stacked
from recommender.output.document import Paragraph, Section, words
from recommender.output.formats.html import body, headed
from recommender.output.headline import clarity, then_and_now, unanswered
from recommender.output.plan import shown, told
from recommender.output.reasons import expectation, strongest
from recommender.output.report import told_by
from recommender.output.routes import MATURITY_WORDS, seen_here
from recommender.output.teller import Teller


def result(advice: Recommendation, language: str) -> dict[str, Any]:
    """Return what the template of the advice needs."""
    teller = Teller(advice, language)
    document, lenses = told_by(teller, traced=True), then_and_now(teller)
    blank = unanswered(advice)  # figures would say nothing of this project
    return {
        "headline": _ours(headed(teller, document.headline)),
        "told": words(document.headline),
        "short": teller.say("nothing is answered yet.") if blank else _short(teller),
        "best": teller.name(advice.best) if advice.best else "",
        "referrals": [teller.language.referral(each.id) for each in advice.referrals],
        "plan": [told(teller, step) for step in shown(teller) if not blank],
        "reasons": _reasons(teller),
        "clear": _said(clarity(teller))[:2],  # without what would tip it
        "chance": None if blank else _chance(advice),
        "contributions": _ours(contributions(teller)),
        "matrix": _matrix(teller),
        "lenses": {"title": lenses.title, "said": _said(lenses)[0]},
        "untried": advice.observations is None,
        "routes": [_route(teller, each) for each in advice.routes],
        "report": _ours(body(teller, document)),
    }


def _ours(written: str) -> Markup:
    """Mark HTML that the report's own format wrote, and escaped."""
    return Markup(written)  # noqa: S704


def _short(teller: Teller) -> str:
    """Return the advice in a few words, with its probability where there is one."""
    probability = teller.advice.probability
    told_ = teller.told(teller.advice.decision)
    return told_ if probability is None else f"{told_} · {whole_percent(probability)}%"


def _said(section: Section) -> list[str]:
    """Return the paragraphs of a section of the report."""
    return [words(each.line) for each in section.blocks if isinstance(each, Paragraph)]


def _chance(advice: Recommendation) -> dict[str, Any] | None:
    """Return the probability, and how the pack's calibration makes it of support."""
    if advice.probability is None or advice.best is None:
        return None
    support = max(advice.support.shares)
    # The calibration is in thousandths, support and probability in ten-thousandths.
    known = [(10 * each.support, 10 * each.probability) for each in advice.pack.calibration]
    here = (support / 100, advice.probability / 100)
    return {
        "percent": whole_percent(advice.probability),
        "support": whole_percent(support),
        "figure": _ours(stacked([advice.probability / WHOLE])),
        "curve": _ours(curve([(x / 100, y / 100) for x, y in known], here)),
        "points": [(whole_percent(x), whole_percent(y)) for x, y in known],
    }


def _reasons(teller: Teller) -> list[dict[str, Any]]:
    """Return the strongest reasons for the one advised over the second, then those against it."""
    advice, rivals = teller.advice, teller.advice.rivals()
    if rivals is None:
        return []
    return [
        {
            "name": teller.name(candidate),
            "given": [
                (
                    points(reason.moves(candidate, over), signed=True),
                    expectation(teller, reason) + teller.sentence(reason, advice.lens, short=True),
                )
                for reason in strongest(teller, candidate, over)
            ],
        }
        for candidate, over in (rivals, rivals[::-1])
    ]


def _matrix(teller: Teller) -> dict[str, Any]:
    """Return the points of every candidate on each criterion that any rule fires on."""
    matrix, scores = teller.advice.matrix, teller.advice.ranking.scores
    rows = [
        (teller.language.criterion(name), weight, [weight * each for each in earned])
        for name, weight, earned, stake in zip(
            matrix.criteria, matrix.weights, matrix.points, matrix.stakes, strict=True
        )
        if stake
    ]
    most = max((max(row, default=0) for _, _, row in rows), default=0)
    return {
        "candidates": [teller.name(name) for name in matrix.candidates],
        "rows": [
            (
                title,
                weight,
                [(points(each), _ours(bar(each, 0, most))) for each in row],
            )
            for title, weight, row in rows
        ],
        "sums": [points(scores[name]) for name in matrix.candidates],
    }


def _route(teller: Teller, told: RouteAdvice) -> dict[str, Any]:
    """Return a route as a line of steps, with what was proved of it."""
    route, seen = told.route, told.seen
    return {
        "candidate": teller.name(route.candidate),
        "target": teller.target(route.target),
        "steps": teller.language.steps(route),
        "maturity": teller.say(MATURITY_WORDS[route.maturity]),
        "retired": route.maturity == "retired",
        "certain": told.certain,
        "planned": any(step.route == route.id for step in teller.advice.plan),
        "because": teller.language.route(route.id, route.because),
        "verdict": seen.verdict if seen else "",
        "proved": seen_here(teller, told),
    }
