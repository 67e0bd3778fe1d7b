"""A project file in: its answers, or every fault of it at its line with the remedy."""

from __future__ import annotations

import pytest

from recommender import ProfileError, load_observations, load_profile
from recommender.loading import read_profile
from recommender.nouns.errors import UsageError


def answers(toy, text):
    return dict(read_profile(text, "p.yaml", toy).answers)


def told(toy, text):
    with pytest.raises(ProfileError) as caught:
        read_profile(text, "p.yaml", toy)
    return [str(fault).removeprefix("p.yaml:").lstrip() for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{}", {}),
        ("", {}),
        ("{hour: morning}", {"hour": "morning"}),
        ("{hour: [morning]}", {"hour": "morning"}),
        ("{hour: unknown, place: [unknown], milk: null, sugar: ~, cups: }", {}),
        ("{place: home}", {"place": frozenset({"home"})}),
        ("{place: [train, home]}", {"place": frozenset({"home", "train"})}),
        ("{place: none}", {"place": frozenset()}),
        ("{place: [none]}", {"place": frozenset()}),
        ("{place: []}", {"place": frozenset()}),
        ("{sugar: 4}", {"sugar": 4}),
        ("{sugar: 4.0}", {"sugar": 4}),
        ("{cups: 2.5}", {"cups": 2.5}),
        ("{cups: 0}", {"cups": 0}),
        ("{milk: true, oat-milk: false}", {"milk": True, "oat-milk": False}),
        ("{milk: unknown, oat-milk: true}", {"oat-milk": True}),
        ("{milk: false, oat-milk: unknown}", {"milk": False}),
    ],
)
def test_answers_are_read(toy, written, read):
    assert answers(toy, f"answers: {written}") == read


@pytest.mark.parametrize(
    ("written", "says"),
    [
        # Another question's answer, and words that are none.
        ("{hour: home}", "1: `hour` has no answer `home`; that answers `place`; one of: morning, evening, unknown"),
        ("{place: morning}", "1: `place` has no answer `morning`; one of: home, office, train, none, unknown"),
        ("{hour: mornin}", "1: `hour` has no answer `mornin`; did you mean `morning`?"),
        ("{hour: In the morning}", "1: `hour` has no answer `In the morning`; did you mean `morning`?"),
        ("{hour: the-morning}", "1: `hour` has no answer `the-morning`; did you mean `morning`?"),
        ("{hour: 7}", "1: `hour` has no answer `7`; one of: morning, evening, unknown"),
        ("{hour: true}", "1: `hour` has no answer `true`; one of: morning, evening, unknown"),
        ("{HOUR: morning}", "1: no question `HOUR`; did you mean `hour`?"),
        ("{huor: morning}", "1: no question `huor`; did you mean `hour`?"),
        ("{oat: 3}", "1: no question `oat`; did you mean `oat-milk`?"),
        ("{when: morning}", "1: no question `when`; that answers `hour`"),
        ("{12:30: x}", "1: no question `12:30`; one of: hour, place, sugar, cups, milk, oat-milk, no-kettle, my-kitchen"),
        ("{hour: [morning, evening]}", "1: `hour` takes one answer; choose the one that fits best, or write unknown"),
        ("{hour: {morning: true}}", "1: `hour` takes one answer; choose the one that fits best, or write unknown"),
        ("{hour: none}", "1: `hour` has no answer `none`; one of: morning, evening, unknown"),
        # Several answers.
        ("{place: [home, home]}", "1: `home` is listed twice; keep it once"),
        ("{place: [none, home]}", "1: `none` beside other answers to `place`; leave `none` out, or leave the others out"),
        ("{place: [home, unknown]}", "1: `unknown` beside answers to `place`; leave it out, or leave the others out"),
        ("{place: [[home]]}", "1: `place` takes a plain list of answers"),
        ("{place: {home: true}}", "1: `place` takes a plain list of answers"),
        ("{place: 'home, train'}", "1: `place` has no answer `home, train`; write [home, train], in CSV home;train"),
        ("{place: home and train}", "1: `place` has no answer `home and train`; write [home, train], in CSV home;train"),
        ("{place: home；train}", "1: `place` has no answer `home；train`; write [home, train], in CSV home;train"),
        ("{place: 'home, moon'}", "1: `place` has no answer `home, moon`; one of: home, office, train, none, unknown"),
        ("{place: [hone]}", "1: `place` has no answer `hone`; did you mean `home`?"),
        # YAML 1.1's yes and no are text here, and the message says what they stood for.
        ("{milk: yes}", "1: `milk` takes true or false, not `yes`; did you mean `true`?"),
        ("{milk: Off}", "1: `milk` takes true or false, not `Off`; did you mean `false`?"),
        ("{milk: 1}", "1: `milk` takes true or false, not `1`; write true, false or unknown"),
        ("{milk: maybe}", "1: `milk` takes true or false, not `maybe`; write true, false or unknown"),
        # Numbers.
        ("{sugar: 6}", "1: `sugar` takes a whole number from 0 to 5, not `6`"),
        ("{sugar: 2.5}", "1: `sugar` takes a whole number from 0 to 5, not `2.5`"),
        ("{sugar: true}", "1: `sugar` takes a whole number from 0 to 5, not `true`"),
        ("{cups: 12:30}", "1: `cups` takes a number, not `12:30`"),
        ("{cups: .nan}", "1: `cups` takes a number, not `.nan`"),
        ("{cups: -.inf}", "1: `cups` takes a number, not `-.inf`"),
        ("{cups: 2026-11-23}", "1: `cups` takes a number, not `2026-11-23`"),
        ("{cups: " + "9" * 5000 + "}", "1: `cups` has too many digits; is the unit right?"),
        ("{cups: " + "9" * 32 + "}", "1: `cups` has too many digits; is the unit right?"),
        ("{cups: '5'}", "1: `cups` takes a number, not the text '5'; write it without the quotes"),
        ("{cups: -3}", "1: `cups` takes a number from 0 up, not `-3`"),
        ("{cups: 1.0e16}", "1: `cups` is too large; is the unit right?"),
        # A question that another answer rules out.
        (
            "\n  milk: false\n  oat-milk: true",
            "3: `oat-milk` does not apply here, because of `milk` (p.yaml:2); remove it, or change the answer that rules it out",
        ),
        ("[hour, morning]", "1: `answers` takes a mapping; write a line for each under `answers:`"),
        ("morning", "1: `answers` takes a mapping; write a line for each under `answers:`"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_is_told_with_the_remedy(toy, written, says):
    assert told(toy, f"answers: {written}") == [says]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty; begin with `answers:` and a line for each answer"),
        ("# nothing\n", "is empty; begin with `answers:` and a line for each answer"),
        ("- hour: morning", "1: the top level is a list; begin with `answers:` and a line for each answer"),
        ("morning", "1: the top level is a single value; begin with `answers:` and a line for each answer"),
        ("answers: {}\n---\nanswers: {}", "2: holds several documents; keep one to a file"),
        ("name: x", "has no `answers`; add `answers:`"),
        ("name: x\nrules: []", "2: is a rule file (it has `rules:`), not a project file; give its folder to `--rules`"),
        ("candidate: {id: tea}", "1: is a rule file (it has `candidate:`), not a project file; give its folder to `--rules`"),
        ("ansers: {}", "1: unknown key `ansers`; did you mean `answers`?"),
        ("answers: {}\nansers: {}", "2: unknown key `ansers`; did you mean `answers`?"),
        ("answers：", "1: the top level is a single value; it holds FULLWIDTH COLON (U+FF1A); write the one of ASCII"),
        ("answers: {}\n\u3000hour: evening", "2: unknown key ` hour`; it holds IDEOGRAPHIC SPACE (U+3000); write the one of ASCII"),
        ("answers:\n  hour：evening", "1: `answers` takes a mapping; it holds FULLWIDTH COLON (U+FF1A); write the one of ASCII"),
        ("answers:\n  hour:evening", "1: `answers` takes a mapping; write `hour: `, with a space"),
        ("answers:\n  \u00a0hour: evening", "2: no question ` hour`; it holds NO-BREAK SPACE (U+00A0); write the one of ASCII"),
        ("hour: evening", "1: the question `hour` is answered outside of `answers`; move it below `answers:`, two spaces further in"),
        ("answers: {}\nhour: evening", "2: the question `hour` is answered outside of `answers`; move it below `answers:`, two spaces further in"),
        ("answers: {}\nzzz: 1", "2: unknown key `zzz`; use schema, name, notes, answers, weights, or begin your own keys with x-"),
        ("schema: 2\nanswers: {}", "1: `schema` 2 is not one this version reads; write schema: 1"),
        ('schema: "1"\nanswers: {}', "1: `schema` 1 is not one this version reads; write schema: 1 without the quotes"),
        ("answers:\n  hour: @morning", "2: is not YAML: found character that cannot start any token; put what begins with @ in quotes"),
        ("answers:\n  place:\n  - home\n  -train", "4: is not YAML: could not find expected ':'; write a space after the hyphen of a list"),
        ("answers:\n\thour: morning", "2: is not YAML: a tab cannot indent it; use spaces"),
        ("schema: true\nanswers: {}", "1: `schema` True is not one this version reads; write schema: 1"),
        ("name: [a]\nanswers: {}", "1: `name` takes text"),
        ("answers: {}\nweights: {comfrt: 3}", "2: no criterion `comfrt`; did you mean `comfort`?"),
        ("answers: {}\nweights: {awake: 3}", "2: no criterion `awake`; did you mean `alertness`?"),
        ("answers: {}\nweights: {comfort: 11}", "2: the weight of `comfort` must be from 0 to 10, not 11"),
        ("answers: {}\nweights: {comfort: -1}", "2: the weight of `comfort` must be from 0 to 10, not -1"),
        ("answers: {}\nweights: {comfort: 2.5}", "2: the weight of `comfort` takes a whole number from 0 to 10"),
        ("answers: {}\nweights: {comfort: true}", "2: the weight of `comfort` takes a whole number from 0 to 10"),
        ("answers: {}\nweights: {comfort: high}", "2: the weight of `comfort` takes a whole number from 0 to 10"),
        ("answers: {}\nweights: [comfort]", "2: `weights` takes a mapping; write a line for each under `weights:`"),
        (
            "answers: {}\nweights:\n  comfort: 0\n  alertness: 0\n  practice: 0",
            "3: all weights are zero; let at least one criterion count",
        ),
        ("[" * 1_000_000, "1: is nested deeper than 32 levels; flatten it"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_project_is_told_with_the_remedy(toy, text, says):
    assert told(toy, text) == [says]


def test_all_faults_are_told_at_once_in_the_order_of_the_file(toy):
    text = """\
schema: 3
nmae: everything at once
answers:
  hour: noon
  place:
    - home
    - hone
    - home
  milk: yes
  milk: no
  sugar: 9
  tea: true
weights:
  comfort: 12
  zebra: 1
"""
    assert told(toy, text) == [
        "1: `schema` 3 is not one this version reads; write schema: 1",
        "2: unknown key `nmae`; did you mean `name`?",
        "4: `hour` has no answer `noon`; one of: morning, evening, unknown",
        "7: `place` has no answer `hone`; did you mean `home`?",
        "8: `home` is listed twice; keep it once",
        "9: `milk` takes true or false, not `yes`; did you mean `true`?",
        "10: `milk` is written twice, first at line 9; keep one of the two",
        "11: `sugar` takes a whole number from 0 to 5, not `9`",
        "12: no question `tea`; one of: hour, place, sugar, cups, milk, oat-milk, no-kettle, my-kitchen",
        "14: the weight of `comfort` must be from 0 to 10, not 12",
        "15: no criterion `zebra`; one of: alertness, comfort, practice",
    ]


def test_keys_of_ones_own_and_everything_else_are_kept(toy):
    text = "x-ticket: ML-42\nname: Tea\nnotes: |\n  Two\n  lines\nanswers:\n  hour: morning\nweights: {comfort: 0}"
    profile = read_profile(text, "p.yaml", toy)
    assert (profile.name, profile.notes, dict(profile.weights)) == (
        "Tea",
        "Two\nlines\n",
        {"comfort": 0},
    )
    assert profile.extras == {"x-ticket": "ML-42"}
    assert str(profile.places["hour"]) == "p.yaml:7"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.mkdir(), "is a folder; name a file in it"),
        (lambda path: path.write_bytes(b"\x00\xff"), "is not UTF-8 text"),
        (lambda path: path.write_bytes(b"a: \x00"), "is not YAML"),
        (lambda path: path.write_bytes(b"#" * 1_000_001), "is larger than 1,000,000 bytes"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault(toy, tmp_path, make, says):
    path = tmp_path / "p.yaml"
    make(path)
    with pytest.raises(ProfileError) as caught:
        load_profile(path, toy)
    assert len(caught.value.faults) == 1
    assert says in str(caught.value)
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize("given", [None, 3, b"p.yaml", ["p.yaml"]])
def test_what_is_neither_path_nor_mapping_is_told(toy, given):
    for load in (lambda: load_profile(given, toy), lambda: load_observations(given)):
        with pytest.raises(UsageError, match="; give a path, or a mapping with"):
            load()


def test_the_answers_of_a_profile_are_a_project(toy):
    given = {"answers": {"hour": "evening", "place": ["home", "train"], "cups": 2}}
    profile = load_profile(given, toy)
    again = load_profile({"answers": dict(profile.answers)}, toy)
    assert again.answers == profile.answers
    assert load_profile({"answers": {"place": ("home",)}}, toy).answers["place"] == {"home"}
    with pytest.raises(ProfileError, match="`place` has no answer `moon`"):
        load_profile({"answers": {"place": {"home", "moon"}}}, toy)


def test_a_file_s_name_stands_in_for_the_project_s(toy, tmp_path):
    path = tmp_path / "early-bird.yaml"
    path.write_text("answers: {}")
    assert load_profile(str(path), toy).name == "early-bird"


def test_a_mapping_is_checked_like_a_file_only_without_lines(toy):
    assert load_profile({"answers": {"hour": "morning"}, "weights": {"comfort": 3}}, toy).answers
    with pytest.raises(ProfileError, match="project: `hour` has no answer `noon`"):
        load_profile({"answers": {"hour": "noon"}}, toy)
    with pytest.raises(ProfileError, match="takes a finite number"):
        load_profile({"answers": {"cups": float("nan")}}, toy)
    with pytest.raises(ProfileError, match="`hour` has no answer `nan`"):
        load_profile({"answers": {"hour": float("nan")}}, toy)
    for large in (10**400, float("inf"), float("-inf")):
        with pytest.raises(ProfileError, match="`cups` is too large; is the unit right"):
            load_profile({"answers": {"cups": large}}, toy)


def test_an_empty_list_is_told_as_none_and_what_a_profile_holds_is_not(toy):
    (told,) = read_profile("answers: {place: []}", "p.yaml", toy).readings
    assert (told.written, told.read) == ("place: []", "place: none")
    assert load_profile({"answers": {"place": []}}, toy).readings == (told,)
    assert not read_profile("answers: {place: none}", "p.yaml", toy).readings
    assert not load_profile({"answers": {"place": frozenset()}}, toy).readings


def test_an_answer_beside_the_answers_of_a_mapping_is_not_told_to_be_indented(toy):
    with pytest.raises(ProfileError, match=r"outside of `answers`; move it into `answers`$"):
        load_profile({"hour": "evening"}, toy)


@pytest.mark.parametrize("words", ["name: false", "notes: true"])
def test_yes_and_no_are_no_text(toy, words):
    with pytest.raises(ProfileError, match="takes text"):
        read_profile(f"answers: {{}}\n{words}\n", "p.yaml", toy)


def test_a_weight_may_be_whole_as_json_writes_it(toy):
    found = load_profile({"answers": {}, "weights": {"comfort": 5.0}}, toy)
    assert repr(found.weights["comfort"]) == "5"
    with pytest.raises(ProfileError, match="a whole number"):
        load_profile({"answers": {}, "weights": {"comfort": 5.5}}, toy)
