"""The pages of the pack's entries, made from the pack: one for each, and a list of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parts import KINDS, Parts, leads, reviewed, surely
from words import code, link, listed, page, table, text, written

from examples import example
from recommender.authoring.lint import members
from recommender.judging.referrals import referral_state
from recommender.nouns.condition import ALWAYS, holds, reads
from recommender.nouns.library import Library
from recommender.nouns.pack import Constraint, Criterion, Route, Rule
from recommender.nouns.question import Question
from recommender.nouns.referral import Referral
from recommender.nouns.source import Source


class Entries(Parts):
    """The pages of one pack."""

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield every page, as its path below the site's pages and its text."""
        made: dict[str, dict[str, tuple[str, str]]] = {
            "rules": {each.id: self.rule(each) for each in self.pack.rules.values()},
            "criteria": {each.id: self.criterion(each) for each in self.pack.criteria.values()},
            "candidates": {each: self.candidate(each) for each in self.pack.candidates},
            "constraints": {e.id: self.constraint(e) for e in self.pack.constraints.values()},
            "routes": {each.id: self.route(each) for each in self.pack.routes},
            "referrals": {each.id: self.referral(each) for each in self.pack.referrals.values()},
            "libraries": {each.id: self.library(each) for each in self.pack.libraries.values()},
            "questions": {each.id: self.question(each) for each in self.pack.questions.values()},
            "sources": {each.id: self.source(each) for each in self.pack.sources.values()},
            "lint": {f"{each.CODE}": self.lint(each) for each in members()},
        }
        for kind, entries in made.items():
            for name, (_, made_page) in entries.items():
                yield f"reference/{kind}/{name}.md", made_page
            rows = [(link(code(name), f"{name}.md"), said) for name, (said, _) in entries.items()]
            title = KINDS[kind]
            count = f"{len(rows)}, made from the pack `{self.pack.id}` {self.pack.version}."
            if kind == "lint":
                count = f"{len(rows)} kinds; [what lint is](../../lint.md)."
            yield f"reference/{kind}/index.md", page(title, count, table(("id", "says"), rows))

    # Each entry: what it says in a line, and its page.

    def rule(self, rule: Rule) -> tuple[str, str]:
        """Make the page of a rule."""
        review = rule.review
        now = review.favors if review and review.favors is not None else rule.favors
        criterion = self.pack.criteria[rule.criterion]
        deciding = criterion.decides if rule.decides is None else rule.decides
        shares = {**dict.fromkeys(now), **rule.rates}
        facts = [
            ("criterion", link(text(criterion.title), f"../criteria/{criterion.id}.md")),
            ("weight", f"{rule.weight}, in a criterion that weighs {criterion.weight}"),
            ("kind of reason", "deciding" if deciding else "a default"),
            ("evidence", rule.evidence + (", volatile" if rule.volatile else "")),
        ]
        favors = [
            (
                text(self.words.candidate(each)),
                str(rule.favors.get(each, rule.rates.get(each, "-"))),
                str(now.get(each, rule.rates.get(each, "-"))),
            )
            for each in shares
        ]
        parts = [
            text(rule.because),
            listed(facts),
            "## What it gives\n\nIn hundredths of its weight, as written and after the review.\n\n"
            + table(("candidate", "written", "today"), favors),
            reviewed(review) if review else "",
            self.sources("Sources", rule.sources),
            self.sources("Sources of the review", review.sources) if review else "",
            self.checks(rule.checked, rule.checks, rule.holds),
            self.where(rule.when),
            self.tried(self.tested(rule.cases, "trace", rule.id)),
            f"## As written\n\n{written(rule.place)}",
        ]
        return text(rule.because), page(code(rule.id), *parts)

    def constraint(self, constraint: Constraint) -> tuple[str, str]:
        """Make the page of a constraint."""
        vetoed = ", ".join(text(self.words.candidate(each)) for each in constraint.vetoes)
        parts = [
            text(constraint.because),
            f"Excludes {vetoed}, whatever the score. Evidence: {constraint.evidence}.",
            self.sources("Sources", constraint.sources),
            self.checks(constraint.checked, constraint.checks, constraint.holds),
            self.where(constraint.when),
            self.tried(self.tested(constraint.cases, "exclusions")),
            f"## As written\n\n{written(constraint.place)}",
        ]
        return text(constraint.because), page(code(constraint.id), *parts)

    def criterion(self, criterion: Criterion) -> tuple[str, str]:
        """Make the page of a criterion."""
        rules = [each for each in self.pack.rules.values() if each.criterion == criterion.id]
        kind = "deciding reasons" if criterion.decides else "defaults"
        rows = [
            (link(code(each.id), f"../rules/{each.id}.md"), str(each.weight), text(each.because))
            for each in rules
        ]
        shown = next(filter(None, (self.tested(r.cases, "trace", r.id) for r in rules)), None)
        parts = [
            text(criterion.about),
            f"Weighs {criterion.weight} of 10, unless a project weighs it otherwise.",
            f"Its rules are {kind}, where they do not say otherwise.",
            "## Its rules\n\n" + table(("rule", "weight", "says"), rows),
            self.fires(lambda case: any(surely(each.when, case) for each in rules), "One of them"),
            self.tried(shown),
            f"## As written\n\n{written(criterion.place)}",
        ]
        return text(criterion.title), page(text(criterion.title), *parts)

    def candidate(self, name: str) -> tuple[str, str]:
        """Make the page of a candidate."""
        candidate = self.pack.candidates[name]
        routes = [
            (
                link(code(each.id), f"../routes/{each.id}.md"),
                text(self.words.choice(self.pack.targets, each.target)),
                text(" → ".join(each.steps)),
                each.maturity,
            )
            for each in self.pack.routes
            if each.candidate == name
        ]
        leading = [each for each in self.pack.rules.values() if leads(each, name)]
        most = [
            (link(code(each.id), f"../rules/{each.id}.md"), text(each.because)) for each in leading
        ]
        firsts = self.fires(lambda case: case.decision.best == name, "It is advised")
        optional = (name,) if candidate.optional else ()
        shown = next((self.tested(r.cases, "trace", r.id) for r in leading), None)
        parts = [
            text(candidate.about),
            f"Home: <{candidate.home}>" if candidate.home else "",
            f"Optional: it takes part with `--with {name}`." if optional else "",
            "## What speaks for it\n\n" + table(("rule", "says"), most) if most else "",
            "## Ways to where a model runs\n\n"
            + table(("route", "target", "steps", "maturity"), routes),
            firsts,
            self.tried(shown),
        ]
        return text(candidate.about), page(text(candidate.title), *parts)

    def route(self, route: Route) -> tuple[str, str]:
        """Make the page of a route."""
        steps = " → ".join(route.steps)
        target = self.words.choice(self.pack.targets, route.target)
        said = f"{self.words.candidate(route.candidate)} to “{target}”: {steps}"
        when = route.when or ALWAYS
        facts = [
            ("candidate", link(text(self.words.candidate(route.candidate)),
                               f"../candidates/{route.candidate}.md")),
            ("maturity", route.maturity),
            ("delivers", ", ".join(map(code, route.delivers)) or "-"),
            ("probe check", code(route.check) if route.check else "none"),
            ("to be read again by", str(route.expires or "-")),
        ]  # fmt: skip
        optional = () if route in self.usual.routes else (route.candidate,)
        shown = example({self.pack.targets: frozenset({route.target})}, "routes", optional=optional)
        parts = [
            text(said) + ".",
            text(route.because),
            listed(facts),
            self.sources("Sources", route.sources),
            self.checks(route.checked, (), route.holds),
            self.fires(
                lambda case: (
                    route.target in case.profile.named(self.pack.targets)
                    and holds(when, case.profile.answers, case.truths.inapplicable) is not False
                ),
                "Its target is named, and it is open,",
            ),
            self.tried(shown),
            f"## As written\n\n{written(route.place)}",
        ]
        return text(said), page(code(route.id), *parts)

    def referral(self, referral: Referral) -> tuple[str, str]:
        """Make the page of a referral."""
        parts = [
            text(referral.sentence),
            f"Instead: {text(', '.join(referral.instead))}. Evidence: {referral.evidence}.",
            f"Reviewed {referral.reviewed}, to be read again by {referral.expires}.",
            self.sources("Sources", referral.sources),
            self.checks(referral.checked, (), ()),
            self.fires(
                lambda case: referral_state(
                    referral, case.profile.answers, case.truths.inapplicable
                ) == "fires",
            ),
            self.tried(self.tested(referral.cases, "referrals")),
            f"## As written\n\n{written(referral.place)}",
        ]  # fmt: skip
        return text(referral.sentence), page(code(referral.id), *parts)

    def library(self, library: Library) -> tuple[str, str]:
        """Make the page of a library."""
        said = (
            f"{library.name} for {library.serves}, with {self.words.candidate(library.candidate)}"
        )
        parts = [
            f"{text(said)}. To be read again by {library.expires}.",
            self.sources("Sources", library.sources),
            self.checks(library.checked, (), library.holds),
            self.where(library.when),
            f"## As written\n\n{written(library.place)}",
        ]
        return text(said), page(code(library.id), *parts)

    def question(self, question: Question) -> tuple[str, str]:
        """Make the page of a question."""
        answers = [(code(name), text(said)) for name, said in self.words.answers(question.id)]
        read = {
            kind: [each for each in entries if question.id in reads(each.when or ALWAYS)]
            for kind, entries in self.conditional().items()
        }
        readers = [
            f"- {KINDS[kind]}: "
            + ", ".join(link(code(e.id), f"../{kind}/{e.id}.md") for e in found)
            for kind, found in read.items()
            if found
        ]
        answered = [each.answers[question.id] for each, _ in self.cases
                    if question.id in each.answers]  # fmt: skip
        parts = [
            text(question.help),
            table(("answer", "means"), answers),
            "## What reads it\n\n" + "\n".join(readers) if readers else "",
            f"Of the {len(self.cases)} real projects of the pack, {len(answered)} answer it.",
            f"## As written\n\n{written(question.place)}",
        ]
        return text(question.ask), page(text(question.ask), code(question.id), *parts)

    def source(self, source: Source) -> tuple[str, str]:
        """Make the page of a source."""
        citing = {each.id: each for each, _ in self.citing[source.id]}
        rows = [f"- {self.linked(each)}" for each in citing.values()]
        facts = [
            ("address", f"<{source.url}>" if "://" in source.url
             else link(code(source.url), f"../../{source.url.removeprefix('docs/')}")),
            ("publisher", text(source.publisher)
             + (", an interested party" if source.interested else "")),
            ("published", str(source.published or "not said")),
            ("read", str(source.read)),
            ("version", text(source.version) or "-"),
        ]  # fmt: skip
        excerpts = [
            f"### {code(each.id)}\n\n> {text(each.before)} **{text(each.text)}** {text(each.after)}"
            for each in source.excerpts.values()
        ]
        shown = next(filter(None, map(self.shown, citing.values())), None)
        parts = [
            listed(facts),
            "## Excerpts\n\nTo the letter, with their neighbours." if excerpts else "",
            *excerpts,
            "## What rests on it\n\n" + "\n".join(rows) if rows else "",
            self.tried(shown),
        ]
        return text(source.title), page(text(source.title), *parts)

    def lint(self, member: Any) -> tuple[str, str]:
        """Make the page of a kind of lint finding."""
        title, _, rest = (member.__doc__ or "").strip().partition("\n")
        name = member.__name__.rsplit(".", 1)[-1].replace("_", "-")
        tried = "## Try it\n\n```sh\nrecommender lint\n```"
        parts = [f"{title} Severity: {member.SEVERITY}.", rest.strip(), tried]
        return title, page(f"{member.CODE} {name}", *parts)
