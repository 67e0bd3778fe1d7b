"""`recommender ask` in real terminals of 60 and 110 columns, and in one that cannot draw."""

from __future__ import annotations

import signal

import pytest

from recommender import load_pack, load_profile
from recommender.language import Language

from .command import TOY
from .terminal import DOWN, ENTER, SPACE, UP, Terminal

UNKNOWN = UP * 3 + ENTER
"""To "I don't know" from the first choice; of a line to type, the empty one."""
LEAVE = UP + ENTER

WIDTHS = pytest.mark.parametrize("columns", [60, 110])


@pytest.fixture
def ask():
    started = []

    def start(*args, **size):
        terminal = Terminal("ask", *args, **size)
        started.append(terminal)
        return terminal

    yield start
    for each in started:
        each.child.close(force=True)


def squeezed(text):
    return "".join(text.split())


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [40, 60, 110])
def test_every_question_is_shown_whole_in_words_and_broken_between_them(columns, lang, ask):
    pack = load_pack()
    language = Language(pack, lang)
    terminal = ask("--all", "--lang", lang, columns=columns, rows=90)
    shown = (lambda text: " ".join(text.split())) if lang == "en" else squeezed
    for number, question in enumerate(pack.questions, 1):
        count = f"[{number} of" if lang == "en" else f"[第 {number} 个"
        terminal.wait(count)
        lines = terminal.lines
        while not any(line.startswith("?") for line in lines):
            terminal.wait(count)
            lines = terminal.lines
        first = max(at for at, line in enumerate(lines) if line.startswith("?"))
        text = shown("\n".join(lines[first:]).replace("»", " ").replace("○", " "))
        words = [language.ask(question), language.help(question)]
        words += [label for _, label in language.answers(question)]
        for each in words:
            assert shown(each) in text, each
        assert not [other for other in pack.questions if "-" in other and other in text]
        if lang == "zh":
            for english in ("arrow", "enter", "space", "Use", "number", "know"):
                assert english not in text.replace("ai-edge", "")
        terminal.send(UNKNOWN)
    terminal.wait("Your answers so far" if lang == "en" else "您目前的回答")


@WIDTHS
def test_back_restores_the_cursor_the_ticks_and_what_was_typed(columns, ask, tmp_path, toy):
    saved = tmp_path / "p.yaml"
    terminal = ask("--rules", TOY, "--all", "--save", str(saved), columns=columns)
    terminal.wait("When will you drink it?")
    terminal.send(DOWN + ENTER, "? [2 of")
    terminal.send(SPACE + DOWN * 2 + SPACE + ENTER, "? [3 of")
    terminal.send(DOWN * 4 + ENTER, "? [4 of")
    terminal.send("2.5" + ENTER, "? [5 of")
    terminal.send(DOWN + ENTER, "? [6 of")
    terminal.send(DOWN * 3 + ENTER, "? [5 of")
    assert terminal.chosen == "No"
    terminal.send(DOWN * 2 + ENTER, "? [4 of")
    terminal.wait("> 2.5")
    terminal.send("\x7f" * 3 + "back" + ENTER, "? [3 of")
    assert terminal.chosen.startswith("4")
    terminal.send(UP * 6 + ENTER, "? [2 of")  # round by the end: back
    assert [line for line in terminal.lines if "●" in line] == [" » ● At home", "   ● On the train"]
    terminal.send(DOWN * 5 + ENTER, "? [1 of")
    assert terminal.chosen == "In the evening"
    for number in range(2, 7):  # Enter keeps each
        terminal.send(ENTER, f"? [{number} of")
    terminal.child.sendcontrol("c")
    assert terminal.end() == 130
    assert load_profile(saved, toy).answers == {
        "hour": "evening", "place": frozenset({"home", "train"}), "sugar": 4, "cups": 2.5, "milk": False,
    }  # fmt: skip


@pytest.mark.parametrize("asked", ["one of some", "some of some", "a number", "the last page"])
def test_an_interrupt_by_signal_stops_it_as_ctrl_c_does(asked, ask, tmp_path):
    """Ctrl-C comes as a signal too: between two prompts the terminal is not in raw mode."""
    saved = tmp_path / "p.yaml"
    terminal = ask("--rules", TOY, "--all", "--save", str(saved), columns=80)
    terminal.wait("When will you drink it?")
    answers = [DOWN + ENTER, SPACE + ENTER, DOWN * 4 + ENTER]
    at = {"one of some": 0, "some of some": 1, "a number": 3, "the last page": 1}[asked]
    for number, keys in enumerate(answers[:at], 2):
        terminal.send(keys, f"? [{number} of")
    if asked == "the last page":
        terminal.send(LEAVE, "Your answers so far")
    terminal.child.kill(signal.SIGINT)
    assert terminal.end() == 130
    assert ("hour: evening" in saved.read_text()) == bool(at)


@WIDTHS
def test_back_works_into_resumed_answers(columns, ask, tmp_path, toy):
    saved = tmp_path / "p.yaml"
    saved.write_text("name: nap\nanswers: {hour: evening, place: [office]}\n")
    terminal = ask(
        "--rules", TOY, "--all", "--resume", str(saved), "--save", str(saved), columns=columns
    )
    terminal.wait("? [3 of")
    terminal.send(UP * 2 + ENTER, "? [2 of")
    assert terminal.chosen == "● At the office"
    terminal.send(DOWN * 4 + ENTER, "? [1 of")
    assert terminal.chosen == "In the evening"
    terminal.send(UP + ENTER, "? [2 of")
    terminal.send(ENTER, "? [3 of")
    terminal.child.sendcontrol("c")
    terminal.end()
    known = load_profile(saved, toy)
    assert known.answers == {"hour": "morning", "place": frozenset({"office"})}
    assert known.name == "nap"


@WIDTHS
def test_any_answer_can_be_changed_on_the_page_before_the_end(columns, ask, tmp_path, toy):
    saved = tmp_path / "p.yaml"
    saved.write_text("answers: {hour: evening, milk: true, oat-milk: true, cups: 2}\n")
    terminal = ask("--rules", TOY, "--resume", str(saved), "--save", str(saved), columns=columns)
    while "Your answers so far" not in terminal.wait(""):
        terminal.send(LEAVE, "] " if "? [" in terminal.text else "Your answers so far")
    shown = terminal.text[terminal.text.index("Your answers so far") :]
    assert "When will you drink it? In the evening" in shown
    assert "How many cups a day? 2" in shown
    assert "Is there milk? Yes" in shown
    assert terminal.chosen == "Show the advice"
    milk = [line.strip() for line in terminal.lines].index("Is there milk?")
    rows = [line for line in terminal.lines[:milk] if line.endswith("?") and line[:3].isspace()]
    terminal.send(DOWN * (3 + len(rows)) + ENTER, "] Is there milk?")
    assert terminal.chosen == "Yes"
    terminal.send(DOWN + ENTER, "Your answers so far")
    shown = terminal.text[terminal.text.rindex("Your answers so far") :]
    assert "Is there milk? No" in shown
    assert "oat milk" not in shown  # it does not apply any more
    terminal.send(ENTER)
    assert terminal.end() == 0
    assert load_profile(saved, toy).answers == {"hour": "evening", "milk": False, "cups": 2.0}


@WIDTHS
def test_it_says_when_no_answer_can_change_the_advice_and_stops_if_asked_to(columns, ask):
    terminal = ask("--rules", TOY, "--all", columns=columns)
    terminal.wait("When will you drink it?")
    told = terminal.send(ENTER, "? [2 of")
    assert "questions cannot change this, however they are answered. You may stop here" in told
    terminal.send(LEAVE, "Your answers so far")
    terminal.send(DOWN + ENTER, "? [2 of")  # ask the others too
    told = terminal.send(DOWN + SPACE + ENTER, "? [3 of")
    assert told.count("You may stop here") == 1
    terminal.send(LEAVE, "Your answers so far")
    terminal.send(ENTER)
    assert terminal.end() == 0
    assert "choose Coffee" in terminal.text


@WIDTHS
def test_all_that_is_said_is_said_in_chinese(columns, ask, tmp_path):
    saved = tmp_path / "p.yaml"
    terminal = ask("--all", "--lang", "zh", "--save", str(saved), columns=columns)
    terminal.wait("方向键选择，回车确认")
    terminal.send(ENTER, "[第 2 个")
    assert "空格勾选，回车确认" in terminal.text.replace(" ", "")
    nothing = "Nothing is ticked: the space bar ticks."
    terminal.send(ENTER, Language(load_pack(), "zh").phrase(nothing))
    terminal.child.sendcontrol("c")
    assert terminal.end() == 130
    said = squeezed(terminal.text)
    assert "已停止，共有1个回答。回答保存在" in said
    assert "接着回答：recommenderask--resume" in said
    for english in ("stopped", "answers", "Use", "arrow", "They are"):
        assert english not in terminal.text


@WIDTHS
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_terminal_that_cannot_draw_gets_lines_broken_between_words(columns, lang, ask, tmp_path):
    terminal = ask("--all", "--lang", lang, columns=columns, rows=200, TERM="dumb")
    language = Language(load_pack(), lang)
    terminal.wait("?")
    terminal.send("?\r1\r99\rback\r", "(you said:" if lang == "en" else "（您先前的回答")
    shown = (lambda text: " ".join(text.split())) if lang == "en" else squeezed
    text = shown("\n".join(terminal.lines))
    said = language.phrase("(you said: {answer})", answer=language.answer("goal", "research"))
    for question in ("goal", "targets"):
        for each in [language.ask(question), *(label for _, label in language.answers(question))]:
            assert shown(each) in text
    assert shown(language.help("goal")) in text
    assert shown(said) in text
    assert shown(language.phrase("“{word}” is none of the answers.", word="99")) in text


@pytest.mark.parametrize(("rows", "told"), [(24, True), (60, False)])
def test_a_list_that_is_longer_than_the_screen_says_so(rows, told, ask):
    terminal = ask(columns=80, rows=rows)
    terminal.wait("the list goes on below the screen" if told else "Stop here and show the advice")
    terminal.wait("enter confirms")
    assert ("the list goes on below the screen" in terminal.text) == told
    assert ("Stop here and show the advice" not in terminal.text) == told
    terminal.send("\x04", then="the input ended")
    assert terminal.end() == 5
