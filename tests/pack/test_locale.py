"""The shipped pack speaks Chinese throughout: no sentence of its own falls back to English."""

import pytest

from recommender import load_pack

PACK = load_pack(with_=["jax"])
ZH = PACK.locales["zh"]


def wanted():
    for question in PACK.questions.values():
        yield (
            "questions",
            question.id,
            ("ask", *_if(question, "help", "none", "choices", "least", "most")),
        )
    for criterion in PACK.criteria.values():
        yield "criteria", criterion.id, ("title", "about")
    for rule in PACK.rules.values():
        yield "rules", rule.id, ("because", *_if(rule, "review"))
    for family, entries in (
        ("constraints", PACK.constraints.values()),
        ("routes", PACK.routes),
        ("facts", PACK.facts.values()),
    ):
        for entry in entries:
            yield family, entry.id, ("because",)
    for referral in PACK.referrals.values():
        yield "referrals", referral.id, ("sentence",)
    for library in PACK.libraries.values():
        yield "libraries", library.id, ("serves",)
    for stage in PACK.moving.stages.values():
        yield "stages", stage.id, ("title", "parity")
    for api in PACK.moving.apis.values():
        yield "apis", api.id, tuple(api.counterparts)
    for candidate in PACK.candidates.values():
        yield "candidates", candidate.id, ("about",)


def _if(entry, *names):
    return tuple(name for name in names if getattr(entry, name))


@pytest.mark.parametrize(
    ("family", "id_", "keys"),
    [pytest.param(*each, id=f"{each[0]}-{each[1]}") for each in wanted()],
)
def test_sentence_is_there(family, id_, keys):
    sentences = ZH[family].get(id_, {})
    assert [key for key in keys if not sentences.get(key)] == []


@pytest.mark.parametrize("question", PACK.questions.values(), ids=lambda each: each.id)
def test_choices_are_the_same(question):
    assert set(ZH["questions"][question.id].get("choices", {})) == set(question.choices)


def test_steps_of_routes_are_told_in_chinese_but_for_names():
    every = {step for route in PACK.routes for step in route.steps}
    named = {"LiteRT for Microcontrollers", "ONNX Runtime Web", "Core ML Tools"}
    small = {
        each for each in every if any(word.isalpha() and word.islower() for word in each.split())
    }
    assert small - named <= set(ZH["steps"]) <= every
    assert {ZH["steps"][each].isascii() for each in ZH["steps"]} == {False}


def test_nothing_is_left_over():
    known = {
        "questions": PACK.questions,
        "criteria": PACK.criteria,
        "rules": PACK.rules,
        "constraints": PACK.constraints,
        "candidates": PACK.candidates,
        "stages": PACK.moving.stages,
        "apis": PACK.moving.apis,
        "facts": PACK.facts,
        "referrals": PACK.referrals,
        "libraries": PACK.libraries,
        "routes": {route.id for route in PACK.routes},
    }
    stray = [
        f"{family}.{id_}" for family in known for id_ in ZH[family] if id_ not in known[family]
    ]
    assert stray == []
