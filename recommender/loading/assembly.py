"""Assembly: the checked files of a pack as one `Pack`, with all references checked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from recommender.nouns.condition import extent
from recommender.nouns.errors import Place
from recommender.nouns.pack import (
    Candidate,
    Criterion,
    Fact,
    Overlay,
    Pack,
    Reweighed,
    Route,
    Thresholds,
)
from recommender.nouns.source import Excerpt, Source

from .conditions import ConditionReader
from .definitions import Definitions, Row, built, placed
from .examples import examples_of
from .files import real
from .moving import moving_of
from .pack_head import check_keys, documents_of, head_of
from .plan import planning_of
from .population import asked_of, calibration_of, population_digest, population_of
from .questions import questions_of
from .resolutions import resolutions_of
from .rules import checked_of, constraint_of, library_of, referral_of, route_of, rule_of
from .signs import sign_of
from .yaml_text import spot_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recommender.nouns.library import Library
    from recommender.nouns.pack import Constraint, Rule
    from recommender.nouns.question import Question
    from recommender.nouns.referral import Referral

    from .models import PackText
    from .source_models import SourceText


PACK_CLAUSE_LIMIT = 10_000
"""Alternatives of all the conditions of a pack together."""

COUNTED = ("criteria", "questions", "rules", "constraints", "routes", "referrals", "libraries")
"""The families of which an overlay's additions are counted, besides candidates."""


class Assembly(Definitions):
    """The files of a pack, united by id; whatever does not fit together is added to `faults`."""

    def pack(self, digest: str) -> Pack | None:
        """Return the whole pack with every candidate, or `None` if it has no head."""
        head, head_file = head_of(self.files, self.faults)
        for file in self.files:
            check_keys(file, self.faults)
        self.documents = documents_of(self.files, self.faults)
        self.registry = self.unite("sources", self._source)
        self.questions = questions_of(self)
        self.candidates = self.unite("candidate", partial(placed, Candidate))
        self.criteria = self._reweighed(self.unite("criteria", partial(placed, Criterion)))
        self.rules = self.unite("rules", partial(rule_of, self))
        constraints: dict[str, Constraint] = self.unite("constraints", partial(constraint_of, self))
        self.rules = self._rated(self.rules)
        referrals: dict[str, Referral] = self.unite("referrals", partial(referral_of, self))
        libraries: dict[str, Library] = self.unite("libraries", partial(library_of, self))
        self._check_extent(constraints)
        retired = self._retired(self.rules)
        facts = self.unite("facts", self._fact)
        if head is None or head_file is None:
            return None
        reader = ConditionReader(self.questions, head_file.name, self.faults)
        where = head_file.data["pack"]
        this_machine, users_choose = (
            reader.read(where[key], where, key) if given else None
            for key, given in (
                ("this-machine", head.this_machine), ("users-choose", head.users_choose)
            )
        )  # fmt: skip
        never = where.get("never-together", [])
        for key, named in (("targets", head.targets), ("formats", head.formats)):
            if named is not None:
                place = Place(head_file.name, *spot_of(where, (key,)))
                self.known(named, "question", self.questions, place)
        for name, entries in (("question", self.questions), ("criterion", self.criteria),
                              ("candidate", self.candidates), ("rule", self.rules)):  # fmt: skip
            if not entries:
                place = Place(str(head_file.folder))
                self.fault(place, f"the pack has no {name}")
        population, calibration = population_of(self), calibration_of(self.files)
        return Pack(
            id=head.id,
            version=head.version,
            title=head.title,
            dated=head.dated,
            thresholds=Thresholds(**{name: round(1000 * at) for name, at in head.thresholds}),
            questions=self.questions,
            candidates=dict(sorted(self.candidates.items())),
            criteria=dict(sorted(self.criteria.items())),
            constraints=dict(sorted(constraints.items())),
            rules=dict(sorted(self.rules.items())),
            routes=tuple(sorted(self._routes(head), key=lambda route: route.id)),
            referrals=dict(sorted(referrals.items())),
            documents=self.documents,
            facts=facts,
            examples=tuple(examples_of(self)),
            targets=head.targets or "",
            formats=head.formats or "",
            this_machine=this_machine,
            users_choose=users_choose,
            never_together=tuple([reader.read(each, never, i) for i, each in enumerate(never)]),
            planning=planning_of(self, head, head_file),
            retired=retired,
            locales=self._locales(),
            folders=tuple(dict.fromkeys(str(file.folder) for file in self.files)),
            digest=digest,
            population=population,
            population_digest=population_digest(population, calibration),
            calibration=calibration,
            asked=asked_of(self.files),
            sources=dict(sorted(self.registry.items())),
            signs=self.unite("signs", partial(sign_of, self)),
            resolutions=resolutions_of(self),
            moving=moving_of(self),
            libraries=libraries,
        )

    def joined(self, pack: Pack, with_: frozenset[str]) -> Pack:
        """Return a pack without the optional candidates that are not in `with_`."""
        out = {c.id for c in pack.candidates.values() if c.optional and c.id not in with_}
        stays = {
            file.name for file in self.files
            if file.text.candidate is None or file.text.candidate.id not in out
        }  # fmt: skip

        def kept(entries: Any) -> Any:
            return {key: each for key, each in entries.items() if each.place.file in stays}

        own = set(kept(pack.candidates)) <= self._own()
        return replace(
            pack,
            candidates=kept(pack.candidates),
            rules=kept(pack.rules),
            constraints=kept(pack.constraints),
            routes=tuple(r for r in pack.routes if r.candidate not in out),
            libraries={k: e for k, e in pack.libraries.items() if e.candidate not in out},
            sources=kept(pack.sources),
            examples=tuple(e for e in pack.examples if e.place.file in stays),
            overlays=tuple(self._overlays(stays)),
            # What was fitted on the pack's own candidates says nothing of any others.
            calibration=pack.calibration if own else (),
            asked=pack.asked if own else None,
        )

    def _own(self) -> set[str]:
        """Return the candidates of the first pack that are not optional."""
        cards = [file.text.candidate for file in self.files if file.number == 0]
        return {card.id for card in cards if card is not None and not card.optional}

    def _overlays(self, stays: set[str]) -> Iterator[Overlay]:
        """Yield, for each pack over the first, what it changed."""
        weights = {c.id: c.weight for file in self.files for c in file.text.criteria}
        for number in sorted({file.number for file in self.files} - {0}):
            files = [f for f in self.files if f.number == number]
            texts = [file.text for file in files if file.name in stays]
            head = next((text.pack for text in texts if text.pack is not None), None)
            weighed = {name: to for text in texts for name, to in text.reweigh.items()}
            counts = {
                "candidates": sum(text.candidate is not None for text in texts),
                **{name: sum(len(getattr(t, name)) for t in texts) for name in COUNTED},
            }
            yield Overlay(
                name=head.id if head is not None else real(files[0].folder).name,
                version=head.version if head is not None else "",
                added={name: count for name, count in counts.items() if count},
                reweighed=tuple(
                    Reweighed(name, weights[name], weight) for name, weight in weighed.items()
                ),
                retired=tuple(dict.fromkeys(name for text in texts for name in text.retire)),
            )

    def _source(self, row: Row, text: SourceText) -> Source:
        excerpts = {name: built(Excerpt, said, id=name) for name, said in text.excerpts.items()}
        return built(Source, text, place=row.place(), excerpts=excerpts)

    def _reweighed(self, criteria: dict[str, Criterion]) -> dict[str, Criterion]:
        said: dict[str, tuple[int, Place]] = {}
        for file in self.files:
            for name, weight in file.text.reweigh.items():
                place = file.place("reweigh", name)
                if not self.known(name, "criterion", criteria, place):
                    continue
                before, where = said.setdefault(name, (weight, place))
                if before != weight:
                    what = f"`{name}` is weighed {weight} here and {before} at {where}"
                    self.fault(place, what, "let the packs agree")
        for name, (weight, _) in said.items():
            criteria[name] = replace(criteria[name], weight=weight)
        return criteria

    def _check_extent(self, constraints: dict[str, Constraint]) -> None:
        """Add a fault for conditions that, written out, would take minutes to compile."""
        alternatives = 0
        families: tuple[Mapping[str, Question | Constraint | Rule], ...] = (
            self.questions, constraints, self.rules,
        )  # fmt: skip
        for each in (entry for family in families for entry in family.values()):
            alternatives += extent(each.when)[0] if each.when is not None else 0
            if alternatives > PACK_CLAUSE_LIMIT:
                what = f"the pack's conditions have more than {PACK_CLAUSE_LIMIT:,} alternatives"
                self.fault(each.place, what, "say less with `any`")
                return

    def _rated(self, rules: dict[str, Rule]) -> dict[str, Rule]:
        for file in self.files:
            if file.text.candidate is None:
                continue
            for name, share in file.text.rates.items():
                if self.known(name, "rule", rules, file.place("rates", name)):
                    rates = {**rules[name].rates, file.text.candidate.id: round(share * 100)}
                    rules[name] = replace(rules[name], rates=rates)
        return rules

    def _retired(self, rules: dict[str, Rule]) -> dict[str, str]:
        retired: dict[str, str] = {}
        for file in self.files:
            retired |= {
                name: because
                for name, because in file.text.retire.items()
                if self.known(name, "rule", rules, file.place("retire", name))
            }
        return retired

    def _routes(self, head: PackText) -> Iterator[Route]:
        targets, formats = (
            self.questions[name].choices if name in self.questions else {}
            for name in (head.targets or "", head.formats or "")
        )
        seen: dict[str, Place] = {}
        for row, text in self.rows("routes"):
            route = route_of(self, row, text)
            self.known(text.target, "deployment target", targets, route.place)
            for index, name in enumerate(text.delivers):
                self.known(name, "format", formats, row.place("delivers", index))
            if route.id in seen:
                what = f"the route `{route.id}` is already defined at {seen[route.id]}"
                self.fault(route.place, what, "give one of them another `id`")
            seen[route.id] = route.place
            yield route

    def _fact(self, row: Row, text: Any) -> Fact:
        place = row.place()
        says = self.sources((text.source,), row.at("source"))[0]
        sources = self.sources(text.sources, row.at("sources"))
        for index, name in enumerate(text.rules):
            self.known(name, "rule", self.rules, row.place("rules", index))
        return built(
            Fact,
            text,
            says=says,
            place=place,
            sources=sources,
            checked=checked_of(text.checked),
            holds=self.claims(text.holds, row),
        )

    def _locales(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for file in self.files:
            if file.text.locale is not None:
                locale = found.setdefault(file.text.locale, {"phrases": {}})
                for family, sentences in file.text.sentences.items():
                    locale.setdefault(family, {}).update(sentences)
                locale["phrases"].update(file.text.phrases)
        return found
