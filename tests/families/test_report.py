"""What the report claims is so: each sentence here was once said where it was not true."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from recommender import load_pack, load_profile, recommend, render
from recommender.output.document import Item, Items, Paragraph, Table, words
from recommender.output.report import tell


@pytest.fixture(scope="module")
def pack():
    return load_pack()


def said(advice, section):
    """Give the words of one section of the report."""
    found = next((s for s in tell(advice, full=True).sections if s.id == section), None)
    return " ".join(_words(block) for block in found.blocks) if found else ""


def _words(block):
    if isinstance(block, Items):
        return " ".join(_words(item) for item in block.items)
    if isinstance(block, Item):
        return " ".join(words(line) for line in (block.line, *block.details))
    if isinstance(block, Table):
        return " ".join(words(cell) for row in block.rows for cell in row)
    assert isinstance(block, Paragraph)
    return words(block.line)


def test_an_exclusion_is_not_blamed_for_a_lead_that_is_narrow_anyway(pack):
    profile = load_profile("examples/keyboard-federated.yaml", pack)
    # A rare answer that nobody gave hangs over nothing; here it is not rare.
    hardware = replace(pack.questions["hardware"], rare=())
    sure = replace(pack.thresholds, known=0, either=0, clear=990)
    pack = replace(pack, questions={**pack.questions, "hardware": hardware}, thresholds=sure)
    advice = recommend(profile, pack, samples=0)
    assert advice.decision.hanging
    told = said(advice, "lenses")
    assert "has become “TensorFlow, narrowly”, mainly through " in told
    assert "possible exclusion" not in told


def test_samples_that_favour_another_are_owned_up_to(pack):
    profile = load_profile("examples/keyboard-federated.yaml", pack)
    told = said(recommend(profile, pack), "robustness")
    lead = "In most samples PyTorch comes first. They answer what is still open at random."
    assert told.startswith(lead)
    clear = load_profile("examples/research-lab.yaml", pack)
    assert "samples PyTorch comes" not in said(recommend(clear, pack, samples=200), "robustness")


def test_a_sole_survivor_is_not_said_to_keep_its_lead_by_weights(toy):
    profile = load_profile({"answers": {"hour": "evening", "no-kettle": True}}, toy)
    told = said(recommend(profile, toy, samples=50), "robustness")
    assert "No weight can change it: the others are excluded." in told
    assert "No single weight" not in told


def test_a_removed_option_reads_alike_in_the_report_and_in_the_value(pack):
    profile = load_profile("examples/android-app.yaml", pack)
    advice = recommend(profile, pack, samples=0)
    assert advice.counterfactuals
    assert advice.counterfactuals[0].sentence in said(advice, "changes")


def test_a_decision_record_goes_on_after_because(pack):
    profile = load_profile("examples/keyboard-federated.yaml", pack)
    text = render(recommend(profile, pack, samples=0), "adr")
    assert "Good, because a small network" in text
    for word in ("A", "The", "It"):
        assert f"because {word} " not in text


def test_a_decision_record_says_of_an_open_rule_in_how_many_projects_it_counts(pack):
    """A reason that rests on no answer is no known consequence."""
    profile = load_profile("examples/tensorflow-1-service.yaml", pack)
    advice = recommend(profile, pack, samples=0)
    best, other = advice.rivals()
    found = advice.explanation.moving(best, other)[:3] + advice.explanation.moving(other, best)[:3]
    counts = [each.likelihood // 100 for each in found if each.state == "unknown"]
    text = render(advice, "adr")
    assert counts
    for count in counts:
        assert f" in about {count} of 100 projects like this one, because " in text
    assert "ikely, as it counts" not in text


def test_a_decision_record_chooses_nothing_while_too_little_is_known(pack):
    answers = {"goal": "prototype", "targets": ["browser"], "model-source": ["hub"], "model-kind": ["vision"], "serving-language": ["javascript"]}  # fmt: skip
    advice = recommend(load_profile({"answers": answers}, pack), pack, samples=0)
    assert advice.outcome == "too-little-known"
    text = render(advice, "adr")
    assert "Not chosen yet; the likeliest option is “" in text
    assert "Chosen option" not in text


def test_where_no_reason_counts_the_record_and_the_screen_say_where_it_comes_from(pack):
    advice = recommend(load_profile({"answers": {"goal": "free-tool"}}, pack), pack, samples=0)
    assert not advice.explanation.moving(*advice.rivals())
    text = render(advice, "adr")
    assert "because it suits most projects like this one: nothing that is known of this" in text
    assert "because of the reasons below" not in text
    told = " ".join(render(advice).split())
    assert "What is known speaks for neither; the rest is taken from projects like this" in told
    other = recommend(load_profile("examples/android-app.yaml", pack), pack, samples=0)
    assert "because of the reasons below" in render(other, "adr")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_support_is_told_as_what_it_is_where_no_probability_is_known(pack, language):
    profile = load_profile("examples/android-app.yaml", pack)
    for how in ({"lens": "document"}, {"as_of": dt.date(1999, 1, 1)}):
        advice = recommend(profile, pack, samples=0, **how)
        assert advice.probability is None
        text = " ".join(render(advice, language=language).split())
        share = max(advice.support.shares) // 100
        if language == "en":
            assert "With the open answers completed from the projects most like this one, " in text
            assert f"is first in {share}% of the cases. No calibration says how often" in text
            assert f"(support {share}%)" in text
        assert "probability" not in text


@pytest.mark.parametrize("name", ["text", "markdown", "html", "adr", "json"])
def test_every_report_shows_what_an_overlay_changed(name):
    over = load_pack(overlays=["examples/my-org-rules"])
    (overlay,) = over.overlays
    profile = load_profile("examples/android-app.yaml", over)
    text = render(recommend(profile, over, samples=0), name, full=True)
    assert text.count(overlay.name) >= (1 if name == "json" else 2)
    for rule in overlay.retired:
        assert (rule if name == "json" else over.retired[rule]) in " ".join(text.split())
    if name != "json":
        assert "What the overlays change" in text
        assert f"Overlays: {overlay.name}" in " ".join(text.split())


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "“targets: server” is read as “targets: [server]”."),
        ("zh", "“targets: server”读作“targets: [server]”。"),
    ],
)
def test_what_an_answer_was_read_as_is_told_in_the_readers_language(pack, language, line):
    advice = recommend(load_profile({"answers": {"targets": "server"}}, pack), pack, samples=0)
    for form in ("text", "github"):
        assert line in render(advice, form, language=language)


def test_several_single_answers_are_told_in_one_sentence(pack):
    answers = {"targets": "server", "model-kind": "vision", "hardware": ["rocm"]}
    advice = recommend(load_profile({"answers": answers}, pack), pack, samples=0)
    told = " ".join(render(advice, "text").split())
    assert "Single answers are read as lists of one: targets and model-kind." in told
    assert "“hardware: [rocm]” is read as “hardware: [" in told
    assert "“targets: server”" not in told


def test_the_report_names_the_oldest_date_that_it_rests_on(toy):
    """What was published first, and the earliest day of reading, of all that is cited."""
    answers = {"hour": "morning", "no-kettle": True}
    cited = said(recommend(load_profile({"answers": answers}, toy), toy, samples=0), "sources")
    assert cited.startswith("The oldest of them is of 2026-05-20: [")
    assert "Each was read on 2026-05-05 or later." in cited
    assert "(Society of Tea; an interested party; version second edition; of 2026-05-20; " in cited
    assert "“Strong teas have caught up. Weak ones have not.”" in cited


def test_a_report_that_rests_on_no_dated_page_names_the_day_of_reading_alone(toy):
    cited = said(
        recommend(
            load_profile({"answers": {"hour": "evening", "no-kettle": True}}, toy), toy, samples=0
        ),
        "sources",
    )
    assert cited.startswith("Each was read on 2026-05-05 or later.")
    assert "The oldest of them" not in cited


def test_a_record_of_a_project_without_a_name_asks_about_this_project(pack):
    advice = recommend(load_profile({"answers": {"goal": "product"}}, pack), pack, samples=0)
    assert "PyTorch or TensorFlow: what should this project build on?" in render(advice, "adr")
    assert "PyTorch or TensorFlow：本项目应当选用哪一个？" in render(advice, "adr", language="zh")
