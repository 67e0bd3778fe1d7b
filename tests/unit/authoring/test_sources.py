"""The registry lists each source once, oldest first, with all that cite it."""

from __future__ import annotations

from dataclasses import replace

from recommender.authoring.sources import citations, registry
from recommender.loading.full_pack import load_whole


def test_the_oldest_comes_first_by_the_day_it_was_published_or_read(toy):
    study = toy.sources["study"]
    older = replace(study, published=study.published.replace(year=2020))
    pack = replace(toy, sources={**toy.sources, "study": older})
    assert [each.source.id for each in registry(toy)] == ["kettle", "study"]
    assert [each.source.id for each in registry(pack)] == ["study", "kettle"]


def test_who_cites_a_source_stands_once(toy):
    rule = toy.rules["mornings-want-caffeine"]
    twice = replace(rule, sources=(*rule.sources, *rule.review.sources))
    pack = replace(toy, rules={**toy.rules, rule.id: twice})
    cited = {each.source.id: each.cited_by for each in registry(pack)}
    assert cited == {"kettle": ("tea-needs-a-kettle",), "study": ("mornings-want-caffeine",)}


def test_a_source_that_nobody_cites_is_listed_too(toy):
    pack = replace(toy, constraints={})
    assert next((e.source.id, e.cited_by) for e in registry(pack)) == ("kettle", ())


def test_every_citation_of_the_shipped_pack_can_be_spelt_out():
    pack = load_whole().full
    told = [pack.reference(cited) for _, cited in citations(pack)]
    assert len(told) > 300
    assert all(each.title and each.url and each.publisher and each.read for each in told)
    assert all(each.says for each in told if each.excerpt)
