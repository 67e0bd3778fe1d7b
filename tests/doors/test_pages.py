"""The pages of `recommender web`, made from addresses alone, without a server."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender import load_observations, load_pack, load_profile, next_question, recommend, render
from tests.conftest import ROOT

for extra in ("fastapi", "jinja2"):
    pytest.importorskip(extra, reason="the extra `web` is not installed")

from recommender.web.address import Address, understand  # noqa: E402
from recommender.web.pages import FILES, Pages  # noqa: E402

PACKS = {"toy": load_pack(str(ROOT / "tests" / "toy" / "rules")), "shipped": load_pack()}
SITES = {name: Pages(pack) for name, pack in PACKS.items()}


def visit(query="", pack="shipped", preferred=""):
    return SITES[pack].visit(parse_qsl(query, keep_blank_values=True), preferred)


class Links(HTMLParser):
    """Collect addresses that a page leads to, and the hidden pairs of its form."""

    def __init__(self, text):
        super().__init__()
        self.links, self.pairs = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "a":
            self.links.append(told["href"])
        if tag == "input" and told.get("type") == "hidden":
            self.pairs.append((told["name"], told["value"]))


def shown(text):
    return re.search(r'name="asked" value="([^"]+)"', text)[1]


def test_two_clicks_lead_to_a_first_answer():
    first = visit().start()
    here = next(link for link in Links(first.text).links if "goal=product" in link)
    second = visit(urlsplit(here).query).start()
    there = next(link for link in Links(second.text).links if "targets=android" in link)
    reply = visit(urlsplit(there).query).start()
    assert (reply.status, reply.text) == (303, "advice?goal=product&targets=android")
    advice = visit("goal=product&targets=android").advice()
    pack = PACKS["shipped"]
    profile = load_profile({"answers": {"goal": "product", "targets": ["android"]}}, pack)
    told = recommend(profile, pack)
    assert advice.status == 200
    assert f"{told.probability // 100}%" in advice.text


@pytest.mark.parametrize("pack", PACKS)
def test_the_interview_is_that_of_the_package_and_ends_at_the_advice(pack):
    """What the page asks, one after another, is what the package would ask."""
    rules, answers, pairs = PACKS[pack], {}, []
    for _ in range(len(rules.questions) + 1):
        reply = visit(urlencode(pairs), pack).ask()
        profile = load_profile({"answers": answers}, rules)
        expected = next_question(profile, rules, skipped=profile.unknown)
        if expected is None:
            break
        name = shown(reply.text)
        assert name == expected.question
        question = rules.questions[name]
        value = next(iter(question.domain or question.choices), "unknown")
        text = str(value).lower()
        answers[name] = [value] if question.type == "many" else value
        pairs.append((name, text))
    assert reply.status == 303
    assert reply.text.startswith("advice?")
    assert pairs


def test_a_question_says_how_many_are_to_be_expected():
    least, enough = PACKS["shipped"].asked
    text = visit("goal=product").ask().text
    assert f"Question 2. Usually {least} to {enough} are enough, and at most" in text
    assert f'<progress max="{enough}" value="1"' in text
    assert "Question 1 of at most 8;" in visit(pack="toy").ask().text


def test_changing_an_answer_keeps_its_place_and_all_others():
    text = (
        visit("goal=product&targets=android&targets=ios&hardware=unknown&ask=targets&name=x")
        .ask()
        .text
    )
    pairs = Links(text).pairs
    assert pairs == [
        ("goal", "product"),
        ("hardware", "unknown"),
        ("name", "x"),
        ("asked", "targets"),
    ]
    assert text.index('value="product"') < text.index("<fieldset") < text.index('name="hardware"')
    assert re.search(r'value="ios" checked', text)


def test_a_question_sent_empty_is_shown_again_with_what_is_wrong():
    reply = visit("goal=product&asked=targets").ask()
    assert reply.status == 422
    assert "Choose an answer, or say that you don" in reply.text
    assert 'href="#targets"' in reply.text
    assert "autofocus" in reply.text
    assert Links(reply.text).pairs[0] == ("goal", "product")


def test_wrong_answers_are_told_in_the_words_of_their_questions_and_nothing_is_lost():
    reply = visit(
        "goal=nonsense&maintainers=many%20people&targets=android&targets=none&name=mine&weight.maturity=99"
    ).advice()
    assert reply.status == 422
    for question in ("goal", "maintainers", "targets"):
        assert f'<a href="#{question}">{PACKS["shipped"].questions[question].ask}' in reply.text
    assert 'value="many people"' in reply.text
    assert 'value="mine"' in reply.text
    assert reply.text.count(" autofocus") >= 1
    assert re.search(r'value="android" checked', reply.text)


def test_answers_that_others_rule_out_are_left_out_and_said():
    pack = PACKS["shipped"]
    name, question = next((n, q) for n, q in pack.questions.items() if n == "source-framework")
    value = next(iter(question.choices))
    reply = visit(f"model-source=scratch&{name}={value}").advice()
    assert reply.status == 200
    assert "Left out, since other answers rule it out" in reply.text
    assert not any(f"{name}=" in link for link in Links(reply.text).links if "files/" in link)


def test_a_question_that_is_ruled_out_is_not_shown():
    hidden = re.search(
        r'<fieldset id="group-source-framework"[^>]*>', visit("model-source=scratch").every().text
    )[0]
    assert "hidden disabled" in hidden
    there = re.search(
        r'<fieldset id="group-goal"[^>]*>', visit("model-source=scratch").every().text
    )[0]
    assert "hidden" not in there


def test_every_file_holds_what_the_address_says():
    query = "goal=product&targets=android&hardware=unknown&weight.mobile-deployment=8&name=mine"
    pack = PACKS["shipped"]
    project = load_profile(
        {
            "name": "mine",
            "answers": {"goal": "product", "targets": ["android"], "hardware": "unknown"},
            "weights": {"mobile-deployment": 8},
        },
        pack,
    )
    text = visit(query).file("project.yaml").text
    assert "goal: product" in text
    assert "hardware: unknown" in text
    assert "mobile-deployment: 8" in text
    for name, (_, told_in) in FILES.items():
        if told_in:
            assert visit(query).file(name).text == render(recommend(project, pack), told_in)
    assert visit("goal=nonsense").file("report.md").status == 303


def test_the_advice_begins_with_the_plan_and_the_strongest_reasons():
    pack = PACKS["shipped"]
    advice = recommend(
        load_profile({"answers": {"goal": "research", "targets": ["server"]}}, pack), pack
    )
    text = unescape(visit("goal=research&targets=server").advice().text)
    first, second = advice.rivals()
    reason = advice.explanation.favoring(first, second)[0]
    ahead = text[: text.index('<form method="get" action="advice"')]
    assert (
        pack.rules[reason.rule].because in ahead or pack.rules[reason.rule].review.because in ahead
    )
    assert f"Build and train in {pack.candidates[first].title}." in ahead
    assert "By what is known, " in ahead or " points and " in ahead


def test_a_route_says_what_was_proved_here_or_that_nothing_was():
    pack, query = PACKS["shipped"], "goal=product&targets=android&model-source=hub"
    untried = "None of this was tried on this machine: recommender probe tries it"
    bare = unescape(visit(query).advice().text)
    assert untried in bare
    assert "Not measured on this machine." in bare
    rows = [
        {"check": "export-executorch", "candidate": "pytorch", "verdict": "confirmed", "because": "same <numbers>"},
        {"check": "export-mobile", "candidate": "tensorflow", "verdict": "refuted", "because": "no"},
    ]  # fmt: skip
    seen = load_observations({"schema": 1, "kind": "probe-report", "observations": rows}, pack)
    site = Pages(pack, seen)
    reply = site.visit(parse_qsl(query)).advice()
    text = unescape(reply.text)
    assert untried not in text
    assert "The check export-executorch: confirmed on this machine (same <numbers>)." in text
    assert "What was measured on this machine does not count for this project." in text
    assert "<numbers>" not in reply.text
    here = site.visit(parse_qsl(query + "&this-machine=run")).advice()
    assert "As measured on this machine: " in unescape(here.text)
    profile = understand(Address.read(parse_qsl(query), pack), pack).profile
    expected = render(recommend(profile, pack, observations=seen), "json")
    assert site.visit(parse_qsl(query)).file("advice.json").text == expected


@pytest.mark.parametrize("query", ["goal=research", "goal=product&existing-code=none"])
def test_probability_and_support_are_cut_alike_wherever_they_stand(query):
    """None is rounded up: 79.6 % is not clear, and 80 % would read as if it were."""
    pack = PACKS["shipped"]
    told = recommend(understand(Address.read(parse_qsl(query), pack), pack).profile, pack)
    sure, support = told.probability, max(told.support.shares)
    assert {sure % 100 >= 50, support % 100 >= 50} != {False}, "rounding would show"
    text = unescape(visit(query).advice().text)
    ahead, strip = text[: text.index('<div class="beside">')], text[text.index('id="moving"') :]
    ahead = re.sub(r"which is [\d.]+%", "", ahead[ahead.index("<h1>") :])
    allowed = {f"{sure // 100}%", f"{support // 100}%"}
    assert {*re.findall(r"[\d.]+%", ahead)} == allowed
    assert re.search(r"<strong>[^<]* · (\d+%)", strip)[1] == f"{sure // 100}%"
    so_far = unescape(visit(query + "&ask=hardware").ask().text)
    assert f"(probability {sure // 100}%)" in so_far
    assert f"probability {sure // 100 / 100:.2f}" in repr(told)


def test_with_nothing_answered_there_is_the_first_question_and_no_figure():
    text = unescape(visit().advice().text)
    shown_first = text[: text.index('<form method="get" action="advice"')]
    assert "nothing is answered yet" in shown_first
    assert '<a href="ask"' in shown_first
    assert "%" not in shown_first
    assert "How sure" not in shown_first
    assert "How sure" in visit("goal=product").advice().text


def test_what_to_ask_first_stands_under_the_headline():
    sentence = PACKS["shipped"].referrals["trees-for-tables"].sentence
    text = unescape(visit("model-kind=tabular&model-source=scratch").advice().text)
    headed = text[text.index("<h1>") : text.index("<h2")]
    assert sentence in headed
    assert sentence not in unescape(visit("model-kind=vision").advice().text)


def test_a_weight_moves_the_advice_and_the_packs_own_is_not_written():
    base = visit("goal=product&targets=android").advice().text
    moved = visit("goal=product&targets=android&weight.mobile-deployment=0").advice().text
    figure = re.compile(r'<table class="matrix">.*?</table>', re.DOTALL)
    assert figure.search(base)[0] != figure.search(moved)[0]
    usual = PACKS["shipped"].criteria["mobile-deployment"].weight
    reply = visit(f"goal=product&targets=android&weight.mobile-deployment={usual}").advice()
    assert (reply.status, reply.text) == (303, "advice?goal=product&targets=android")


@pytest.mark.parametrize(("query", "preferred", "language"), [
    ("", "", "en"), ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("", "fr, de;q=0.7", "en"),
    ("lang=zh", "en", "zh"), ("lang=en", "zh", "en"), ("lang=xx", "zh", "zh"), ("", "en;q=0.1, zh;q=nan", "en"),
])  # fmt: skip
def test_the_language_is_the_readers(query, preferred, language):
    reply = visit(query, preferred=preferred).start()
    assert reply.language == language
    assert f'<html lang="{"zh-Hans" if language == "zh" else "en"}">' in reply.text


def test_nothing_of_a_chinese_page_stays_english():
    for page in (
        visit("lang=zh").start(),
        visit("lang=zh&goal=product").ask(),
        visit("lang=zh").every(),
    ):
        text = re.sub(r"(?s)<(style|script|nav).*?</\1>|<[^>]+>", "", page.text)
        assert not re.findall(r"[a-z]+(?: [a-z]+){3,}", text)


def test_what_is_slipped_in_stays_text():
    slipped = urlencode(
        {
            "name": "<script>alert(1)</script>",
            "<b>": "x",
            "goal": '"><img src=x>',
            "maintainers": "<i>",
        }
    )
    for reply in (
        visit(slipped).advice(),
        visit(slipped).every(),
        visit(slipped + "&asked=goal").ask(),
        visit("name=%3Cscript%3Ealert(1)").advice(),
    ):
        assert "<script>alert" not in reply.text
        assert "<img" not in reply.text
        assert "<i>" not in reply.text


KEYS = st.sampled_from(
    [
        *PACKS["toy"].questions,
        "name",
        "lang",
        "ask",
        "asked",
        "then",
        "weight.taste",
        "weight.comfort",
        "x",
    ]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "",
            "evening",
            "home",
            "train",
            "none",
            "unknown",
            "true",
            "false",
            "3",
            "5",
            "0",
            "zh",
            "advice",
        ]
    ),
    st.text(max_size=8),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(KEYS, VALUES), max_size=8))
def test_any_address_is_answered_and_the_tidy_one_says_the_same(pairs):
    """A page sends its reader on at most once, to an address that stays as it is."""
    pack = PACKS["toy"]
    for page in ("start", "ask", "every", "advice"):
        assert getattr(SITES["toy"].visit(pairs), page)().status in (200, 303, 422)
    known = understand(Address.read(pairs, pack), pack)
    tidy = known.address.quiet().pairs()
    again = understand(Address.read(tidy, pack), pack)
    assert again.address.quiet().pairs() == tidy
    assert (again.profile.answers, again.profile.weights) == (
        known.profile.answers,
        known.profile.weights,
    )
    if not known.faults:
        assert SITES["toy"].visit(tidy).advice().status == 200


def test_a_question_called_as_a_key_of_the_page_has_another():
    from dataclasses import replace

    pack = PACKS["toy"]
    named = replace(
        pack, questions={**pack.questions, "lang": replace(pack.questions["milk"], id="lang")}
    )
    address = Address.read([("q.lang", "true"), ("lang", "zh")], named)
    assert (address.written, address.lang) == ({"lang": ("true",)}, "zh")
    assert address.pairs() == [("q.lang", "true"), ("lang", "zh")]
