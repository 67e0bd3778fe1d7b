"""The advice on one screen: its length, whatever is answered, and that its words are so."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from benchmarks.random_profiles import random_profiles
from recommender import load_pack, load_profile, recommend, render
from recommender.output.screen import MOST_LINES
from recommender.output.wrap import cell_len

PACK = load_pack()
EXAMPLES = sorted(path.stem for path in Path("examples").glob("*.yaml"))
GOLDEN = Path(__file__).parents[1] / "golden/advice"
PANEL = random_profiles(PACK, 24)


def advised(project):
    return recommend(load_profile(project, PACK), PACK, samples=0)


def short(text):
    lines = text.splitlines()
    return len(lines) <= MOST_LINES and max(map(cell_len, lines)) <= 80


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_told_on_one_screen(example, language):
    assert short(render(advised(f"examples/{example}.yaml"), language=language))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("project", PACK.population, ids=lambda project: project.id)
def test_a_project_of_the_population_is_told_on_one_screen(project, language):
    assert short(render(_of(project), language=language))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("number", range(len(PANEL)))
def test_a_project_of_any_answers_is_told_on_one_screen(number, language):
    advice = recommend(PANEL[number], PACK, samples=0)
    assert short(render(advice, language=language, verbose=True))


def _of(project):
    answers = {
        name: sorted(answer) or "none" if isinstance(answer, frozenset) else answer
        for name, answer in project.answers.items()
    }
    return advised({"name": project.id, "answers": answers})


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*/*")), ids=lambda path: str(path)[-40:])
def test_no_id_of_a_rule_stands_in_prose(path):
    if path.name.endswith(".json"):
        return
    text = path.read_text("utf-8").split("```json")[0]  # the record of a decision is for programs
    words = set(re.findall(r"[\w-]+", text))
    ids = {name for name in (*PACK.rules, *PACK.constraints) if "-" in name}
    # A file of rules may be named as one of them, and is told by its path.
    assert {name for name in ids & words if f"/{name}.yaml" not in text} == set()


@pytest.mark.parametrize("full", [False, True])
def test_ids_are_named_where_they_are_asked_for(full):
    advice = advised("examples/android-app.yaml")
    named = {each for each in PACK.rules if f"[{each}]" in render(advice, full=full, verbose=True)}
    first = advice.explanation.favoring(*advice.rivals())[0].rule
    assert first in named


def test_where_nothing_is_answered_the_first_question_stands_and_no_figure():
    for language in ("en", "zh"):
        advice = advised({"name": "new", "answers": {}})
        text = render(advice, language=language)
        assert advice.outcome == "too-little-known"
        assert "%" not in text
        assert not re.search(r"\b\d+ of 100\b|约有 \d", text)
    assert "Where will the trained model run?" in text or "训练好的模型将在哪里运行" in text


def test_where_all_was_asked_in_vain_no_question_is_put_again():
    advice = advised({"name": "new", "answers": dict.fromkeys(PACK.questions, "unknown")})
    text = " ".join(render(advice).split())
    assert advice.outcome == "too-little-known"
    assert "hard to tell, most likely" in text
    assert "First answer" not in text
    assert "Nothing is answered: so much holds of any project." in text
    assert "%" in text


def test_an_answer_to_be_expected_that_turns_it_is_told_with_how_often_it_counts(turned):
    advice = recommend(turned, PACK, samples=0)
    reason = advice.explanation.expecting(*advice.rivals())[0]
    best, other = advice.rivals()
    lead = (advice.ranking.scores[other] - advice.ranking.scores[best]) / 100
    often = f"in about {max(1, reason.likelihood // 100)} of 100 projects like this one:"
    said = f"Likely, as it counts {often}"
    if reason.likelihood < 5000:  # the known answers' own leader is told with it
        name = PACK.candidates[other].name
        said = f"By what is known alone {name} leads by {lead:g}. Of what is open, this counts most, {often}"
    for full in (False, True):
        assert said in " ".join(render(advice, full=full).split())


def test_what_seldom_holds_is_not_taken_otherwise_below_the_reason_that_rests_on_it():
    answers = {"goal": "prototype", "targets": ["browser"], "model-source": ["hub"], "model-kind": ["vision"], "serving-language": ["javascript"]}  # fmt: skip
    advice = advised({"answers": answers})
    reason = advice.explanation.expecting(*advice.rivals())[0]
    assert "trains-on-device" in reason.answers
    assert reason.likelihood < 5000
    above, _, below = render(advice).partition("What you answered")
    assert "Of what is open, this counts most" in " ".join(above.split())
    assert "taken as" in below
    assert "Must the device" not in below


def test_of_three_whoever_leads_by_points_is_named():
    pack = load_pack(with_=["jax"])
    answers = {"goal": "research", "hardware": ["cloud-tpu"], "training-scale": "many-nodes", "model-kind": ["graph", "physics"], "existing-code": ["other"]}  # fmt: skip
    advice = recommend(load_profile({"answers": answers}, pack), pack, samples=0)
    assert (advice.best, advice.ranking.leader) == ("pytorch", "jax")
    lead = (advice.ranking.scores["jax"] - advice.ranking.scores["pytorch"]) / 100
    assert f"By what is known alone JAX leads by {lead:g}." in " ".join(render(advice).split())
    whole = " ".join(render(advice, full=True).split())
    assert "By what is known, JAX has " in whole


def test_the_headline_names_what_to_look_at_before_a_framework():
    answers = {"model-kind": ["tabular"], "model-source": ["scratch"], "targets": ["server"]}
    first = render(advised({"name": "churn", "answers": answers})).splitlines()[0]
    assert first.startswith("churn: look at XGBoost and LightGBM first; else ")


def test_each_of_several_answers_is_seen_though_there_is_no_room_for_all_words():
    text = render(advised({"answers": {"existing-code": ["tensorflow-2", "pytorch"]}}))
    assert "TensorFlow 2; PyTorch" in text


def test_only_where_lines_are_short_are_questions_and_answers_cut():
    advice = advised({"answers": {"existing-code": ["pytorch"], "hardware": ["cpu-without-avx"]}})
    asked = "In which frameworks is the code that you already have?"
    answer = "A CPU without AVX (x86 before 2011; some later Atom, Celeron and Pentium)"
    screen, page = render(advice), render(advice, "markdown").split("<details>")[0]
    assert "In which frameworks is the code…" in screen
    assert "A CPU without AVX\n" in screen
    assert f"| {asked} | PyTorch |" in page
    assert f"| {answer} |" in page


def test_what_mostly_follows_from_an_answer_stands_among_the_reasons():
    """Code that is kept unless a rewrite is due is the first reason of who has it, said or not."""
    answers = {"goal": "product", "existing-code": ["tensorflow-2"], "targets": ["android", "ios"]}
    advice = advised({"name": "app", "answers": answers})
    best, other = advice.rivals()
    told = advice.explanation.moving(best, other)
    assert [each.moves(best, other) for each in told] == sorted(
        (each.moves(best, other) for each in told), reverse=True
    )
    code = told[0]
    assert (code.rule, code.state) == ("working-tensorflow-2-code", "unknown")
    assert code.likelihood >= 6666
    unlikely = {e.rule for e in advice.explanation.expecting(best, other)} - {e.rule for e in told}
    assert "tensorflow-deployment-is-tied" in unlikely
    for full in (False, True):
        text = " ".join(render(advice, full=full).split())
        assert "Likely, as it counts in about" in text
        assert "TensorFlow 2 code that works" in text


def test_what_is_level_is_said_to_be_level():
    advice = advised({"name": "new", "answers": {"federated": False}})
    assert not any(advice.ranking.scores.values())
    told = " ".join(render(advice).split())
    assert (
        "What is known speaks for neither; the rest is taken from projects like this one." in told
    )
    assert "Nothing that is known gives anybody a point: it is level." in " ".join(
        render(advice, full=True).split()
    )


def test_only_where_either_will_do_is_it_told_as_a_default():
    told = {"either": set(), "another": set()}
    profiles = [load_profile(f"examples/{name}.yaml", PACK) for name in EXAMPLES]
    profiles += [_of(project).profile for project in PACK.population[:12]]
    for profile, lens in product(profiles, ("today", "document")):
        advice = recommend(profile, PACK, samples=0, lens=lens)
        if advice.decision.basis == "default":
            texts = (" ".join(render(advice, full=full).split()) for full in (False, True))
            said = tuple(text.count("it is a default.") for text in texts)
            told["either" if advice.outcome == "either" else "another"].add(said)
    assert told["either"] <= {(1, 1), (0, 1)}
    assert (1, 1) in told["either"]
    assert told["another"] == {(0, 0)}


def test_what_was_completed_is_told_as_taken():
    advice = advised("examples/android-app.yaml")
    (row,) = [line for line in render(advice).splitlines() if line.startswith("  Which packages")]
    assert advice.support.mostly("shared-packages") == frozenset()
    assert row.endswith("taken as: None that needs either…")


def test_of_what_was_completed_that_is_shown_which_moves_the_advice_most():
    answers = {"goal": "product", "targets": ["server"], "existing-code": ["tensorflow-2"]}
    told = render(advised({"name": "shop", "answers": answers}))
    taken = [line for line in told.splitlines() if "taken as: " in line]
    assert "rewrite of that code" in taken[0]  # and no scale that no rule reads at its middle


@pytest.mark.parametrize(
    ("source", "way"), [(["llm"], "vLLM"), (["hub"], "Triton"), (None, "Triton")]
)
def test_the_way_to_a_server_is_that_of_the_plan(source, way):
    answers = {"goal": "product", "targets": ["server"], "existing-code": "none"}
    if source is not None:
        answers |= {"model-source": source}
    advice = advised({"name": "app", "answers": answers})
    (shipped,) = [step.route for step in advice.plan if step.act == "ship"]
    steps = next(each.steps for each in advice.pack.routes if each.id == shipped)
    told = " ".join(render(advice).split())
    assert way in " → ".join(steps)
    assert f"Kubernetes): {' → '.join(steps)}" in told


def test_nothing_is_taken_of_code_that_may_not_be_there_and_own_answers_come_first():
    answers = {
        "goal": "product", "targets": ["android"], "model-kind": ["vision"],
        "model-source": ["scratch"], "team-experience": "none",
    }  # fmt: skip
    advice = advised({"name": "app", "answers": answers})
    assert {"deployment-tied", "migration-budget"} <= advice.support.completions.answers.keys()
    told = render(advice)
    assert "Is what runs today tied" not in told
    assert "How much work may go into" not in told
    assert "of your answers" not in told  # all five stand there
    assert 1 <= told.count("taken as") <= 3


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_founding_document_is_introduced_once(example):
    text = render(advised(f"examples/{example}.yaml"))
    assert text.count("PyTorch 与 Tensorflow") == 1
    assert "in Chinese, undated, by its contents of about 2020" in " ".join(text.split())
    assert "the document" not in text


def test_no_change_is_told_that_projects_like_this_one_hardly_ever_have():
    served = {"goal": "product", "targets": ["server"]}
    chat = {"model-source": ["llm"], "model-kind": ["language"], "training-scale": "one-gpu"}
    advice = advised({"name": "chat", "answers": served | chat})
    added = {step.added for found in advice.counterfactuals for step in found.steps}
    assert "microcontroller" in added
    assert "microcontroller" not in render(advice)
    table = {"model-kind": ["tabular"]}
    told = " ".join(render(advised({"name": "shop", "answers": served | table})).split())
    assert "If “Which serving stack is set?” were answered “TF Serving" in told


@pytest.mark.parametrize(
    ("kind", "told", "names"),
    [
        ("tabular", "suit your tables better (XGBoost", None),
        ("probabilistic", "hierarchical Bayesian model.", "NumPyro, PyMC, Stan and JAX"),
    ],
)
def test_what_to_ask_first_says_what_is_better_and_names_it(kind, told, names):
    shown = " ".join(render(advised({"answers": {"model-kind": [kind]}})).split())
    assert f"First ask whether {'the' if names else 'gradient'}" in shown
    assert told in shown
    assert f"To try: {names}." in shown if names else "To try" not in shown
