"""The pages of `recommender web` in a real browser: by keyboard, on a phone, with and without JavaScript."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from .command import serving

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
for extra in ("fastapi", "uvicorn", "jinja2"):
    pytest.importorskip(extra, reason="the extra `web` is not installed")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
KNOWN = "goal=product&targets=android&targets=ios&model-source=scratch&hardware=unknown"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as running:
        # Containers have no user namespaces for the browser's own sandbox.
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def server():
    with serving() as address:
        yield address


LOOKS = [
    pytest.param(PHONE, "dark", id="phone-dark"),
    pytest.param(DESK, "light", id="desk-light"),
]
PAGES = {
    "start": "/", "start-zh": "/?goal=product&lang=zh", "question": f"/ask?{KNOWN}",
    "question-fault": f"/ask?{KNOWN}&asked=maintainers", "all": "/all", "all-fault": "/all?goal=x&maintainers=y&lang=zh",
    "advice": f"/advice?{KNOWN}", "advice-zh": f"/advice?{KNOWN}&lang=zh", "advice-none": "/advice",
}  # fmt: skip


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_quiet_fits_and_is_accessible(browser, server, name, size, scheme):
    page = browser.new_page(viewport=size, color_scheme=scheme)
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server + PAGES[name])
    page.evaluate(
        "document.querySelectorAll('details:not(.report)').forEach(each => each.open = true)"
    )
    violations = axe.Axe().run(page).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"web-{name}-{size['width']}.png", full_page=True)
    page.close()
    assert not [each for each in said if "422" not in each]
    assert all(url.startswith((server, "data:")) for url in asked), asked
    assert not [(each["id"], [n["html"] for n in each["nodes"]]) for each in violations]
    assert wide <= size["width"], "nothing is cut off or scrolls sideways"


@pytest.mark.parametrize("scripts", [True, False])
def test_two_clicks_give_advice_and_back_reload_and_the_address_keep_it(browser, server, scripts):
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto(server)
    page.get_by_role("link", name=re.compile("product", re.IGNORECASE)).first.click()
    page.locator("ul.choices a").first.click()
    assert "/advice?goal=" in page.url
    told, address = page.inner_text("h1"), page.url
    page.go_back()
    assert page.locator("ul.choices").count() == 1
    page.go_forward()
    assert page.inner_text("h1") == told
    page.reload()
    assert page.inner_text("h1") == told
    other = browser.new_page()
    other.goto(address)
    assert other.inner_text("h1") == told
    other.close()
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_interview_is_answered_with_the_keyboard_alone(browser, server, scripts):
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto(f"{server}/ask?goal=product")
    question = page.inner_text("legend")
    for _ in range(30):
        page.keyboard.press("Tab")
        if (
            page.evaluate("document.activeElement.matches('fieldset input')")
            if scripts
            else page.locator("fieldset input:focus").count()
        ):
            break
    page.keyboard.press("Space")
    page.locator("fieldset input:focus").press("Enter")
    page.wait_for_url(lambda url: "asked" not in url and url.count("=") > 1)
    assert page.inner_text("legend") != question
    assert question in page.inner_text(".answers")
    page.context.close()


def test_all_questions_have_a_stop_each_and_arrow_keys_go_through_their_answers(browser, server):
    page = browser.new_page()
    page.goto(f"{server}/all")
    stops = page.evaluate("""[...document.querySelectorAll('a[href], button, input, summary')]
        .filter(each => each.checkVisibility() && !each.disabled && each.tabIndex >= 0 && each.type !== 'radio').length
        + new Set([...document.querySelectorAll('input[type=radio]')].filter(each => each.checkVisibility()).map(each => each.name)).size""")
    questions = page.locator("fieldset:visible").count()
    assert stops <= questions + 10
    boxes = page.locator("#group-targets input")
    boxes.first.focus()
    for key in ("ArrowDown", "ArrowDown", "Space", "ArrowUp", "ArrowUp", "ArrowUp", "Space"):
        page.keyboard.press(key)
    ticked = [number for number in range(boxes.count()) if boxes.nth(number).is_checked()]
    assert ticked == [2, boxes.count() - 1]
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('#group-targets')")
    page.close()


def test_an_empty_answer_puts_the_focus_on_its_field(browser, server):
    page = browser.new_page()
    page.goto(f"{server}/ask?goal=product")
    page.get_by_role("button", name="Go on").click()
    page.locator("fieldset :focus").wait_for()
    assert page.title().startswith("Please look again")
    page.close()


def test_what_if_moves_the_advice_at_once_and_the_address_with_it(browser, server):
    page = browser.new_page()
    page.goto(f"{server}/advice?{KNOWN}")
    before = page.inner_text("#account .matrix")
    page.get_by_text("How much each criterion counts").click()
    slider = page.get_by_role("slider", name="On a phone")
    slider.focus()
    slider.press("Home")
    page.wait_for_url(re.compile(r"weight\."))
    assert page.inner_text("#account .matrix") != before
    assert page.evaluate("document.activeElement.type") == "range", "the focus stays"
    assert page.locator("#before").is_visible()
    moved, address = page.inner_text("h1"), page.url
    page.goto(address)
    assert page.inner_text("h1") == moved, "the address says what is shown"
    page.close()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_what_is_not_counted_is_told_in_sight_and_beside_its_question(browser, server, size):
    page = browser.new_page(viewport=size)
    page.goto(f"{server}/advice?goal=product&targets=android")
    address, told = page.url, page.inner_text("#now strong")
    held, fault = page.locator("#held"), page.locator("#group-targets .fault")
    assert not held.is_visible()
    page.locator("#what-if details[data-question='targets'] summary").click()
    nowhere = page.locator("#group-targets input[value=none]")
    nowhere.press("Space")
    playwright.expect(fault).to_have_text(re.compile("none fits"))
    said = "Not counted until this is put right: Where will the trained model run? The last answer"
    playwright.expect(held).to_contain_text(said)
    playwright.expect(held).to_be_in_viewport(ratio=1)
    assert page.locator("#status").text_content().startswith(said), "it is read out"
    described = page.locator("#group-targets").get_attribute("aria-describedby").split()
    assert page.locator(f"#{described[-1]}").inner_text() == fault.inner_text()
    assert not axe.Axe().run(page).response["violations"]
    page.locator("#what-if details[data-question='goal'] summary").click()
    with page.expect_response(lambda reply: "goal=research" in reply.url):
        page.locator("#group-goal input[value=research]").check()
    playwright.expect(held).to_be_in_viewport(ratio=1)
    assert (page.url, page.inner_text("#now strong")) == (address, told)
    nowhere.press("Space")
    page.wait_for_url(re.compile("goal=research"))
    assert not held.is_visible()
    assert fault.count() == 0
    assert page.inner_text("#now strong") != told
    page.close()


def ticked(page):
    return page.evaluate(
        "[...new FormData(document.getElementById('what-if'))].filter(([name, value]) => value && !/weight/.test(name)).join('&')"
    )


def test_back_undoes_a_what_if_and_the_ticks_are_those_of_the_address(browser, server):
    page = browser.new_page()
    seen = []
    page.goto(f"{server}/advice?goal=product&targets=android")
    seen.append((page.url, page.inner_text("h1"), ticked(page)))
    page.locator("#what-if details[data-question='goal'] summary").click()
    for goal in ("prototype", "research"):  # one question is one step back
        page.locator(f"#group-goal input[value={goal}]").check()
        page.wait_for_url(re.compile(goal))
    seen.append((page.url, page.inner_text("h1"), ticked(page)))
    page.locator("#what-if details[data-question='targets'] summary").click()
    page.locator("#group-targets input[value=browser]").check()
    page.wait_for_url(re.compile("browser"))
    seen.append((page.url, page.inner_text("h1"), ticked(page)))
    page.locator("#group-targets input[value=none]").check()
    playwright.expect(page.locator("#held")).to_be_visible()

    def stands(url, told, answers):
        page.wait_for_url(url)
        page.wait_for_function("told => document.querySelector('h1').innerText === told", arg=told)
        assert ticked(page) == answers
        assert not page.locator("#held").is_visible()

    page.reload()
    stands(*seen[2])
    page.go_back()
    stands(*seen[1])
    page.go_back()
    stands(*seen[0])
    page.go_forward()
    stands(*seen[1])
    page.get_by_role("link", name="All on one page").click()
    page.wait_for_url(re.compile("/all"))
    page.go_back()
    stands(*seen[1])
    page.close()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_what_moves_stays_in_sight_while_a_weight_is_moved(browser, server, size):
    page = browser.new_page(viewport=size)
    page.goto(f"{server}/advice?{KNOWN}&existing-code=tensorflow-2")
    page.get_by_text("How much each criterion counts").click()
    slider = page.locator("#what-if input[type=range]").last
    slider.scroll_into_view_if_needed()
    before = page.inner_text("#now")
    for other in page.locator("#what-if input[type=range]").all():
        if other.get_attribute("name") in ("weight.team", "weight.mobile-deployment"):
            other.press("Home")
    slider.focus()
    page.wait_for_function("text => document.querySelector('#now').innerText !== text", arg=before)
    playwright.expect(page.locator("#now")).to_be_in_viewport(ratio=1)
    playwright.expect(slider).to_be_in_viewport()
    told = page.inner_text("#now strong")
    assert "%" in told
    assert page.locator("#now .line").count() >= 1, "reasons move too"
    assert page.locator("#before").inner_text().endswith(before.split("\n")[0])
    page.close()


def test_a_changed_answer_hides_the_questions_that_it_rules_out(browser, server):
    page = browser.new_page()
    page.goto(f"{server}/advice?goal=product&model-source=hub")
    asks = page.locator("#what-if details[data-question='source-framework']")
    page.get_by_text("Questions that are still open").click()
    was = asks.is_visible()
    page.locator("#what-if details[data-question='model-source'] summary").click()
    page.locator("#group-model-source input[value='scratch']").check()
    page.locator("#group-model-source input[value='hub']").uncheck()
    page.wait_for_url(re.compile("model-source=scratch"))
    page.wait_for_function("!location.search.includes('hub')")
    assert was
    assert not asks.is_visible()
    page.close()


def test_without_scripts_what_if_is_a_form(browser, server):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{server}/advice?{KNOWN}")
    page.locator("#what-if details[data-question='goal'] summary").click()
    page.locator("#group-goal input[value=research]").check()
    page.get_by_role("button", name="See what that changes").click()
    assert "goal=research" in page.url
    assert "hardware=unknown" in page.url, "nothing that was said is lost"
    assert not page.locator("#tools").is_visible()
    page.context.close()


def test_the_advice_has_few_stops_and_its_files_can_be_downloaded(browser, server):
    page = browser.new_page()
    page.goto(f"{server}/advice?goal=product&targets=android&name=mine")
    with page.expect_download() as waited:
        page.get_by_role("link", name="project.yaml").click()
    assert waited.value.suggested_filename == "project.yaml"
    assert "name: mine" in Path(waited.value.path()).read_text("utf-8")
    page.evaluate("document.activeElement.blur()")
    stops = page.evaluate("""[...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
        .filter(each => each.checkVisibility() && !each.disabled).length""")
    assert stops < 40
    page.close()


def test_paper_holds_the_answers_and_no_closed_bar(browser, server):
    page = browser.new_page(viewport=DESK)
    page.goto(f"{server}/advice?{KNOWN}")
    asked = page.locator(".paper dt").first
    assert not asked.is_visible()
    page.emulate_media(media="print")
    assert asked.inner_text() == "What is the project for?"
    assert page.locator(".paper dd").first.inner_text().startswith("A product or service")
    assert page.locator("details:not([open]) >> visible=true").count() == 0
    assert page.locator("#answer h1").is_visible()
    page.close()
