"""The page where readers set their own rule, in a browser: what it shows against a naive computation from
``ledger.json``, its address, and what is left of it without a script, on paper and for a screen reader.
"""

from __future__ import annotations

import gzip
import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from report.book import verdicts
from report.rule import VANTAGES, claims
from report.rule.links import falls_with
from tests.pages.conftest import styled, until
from tests.pages.naive_rule import words
from tests.pages.rule_by_hand import SHOWN, chance, set_by_hand, type_over
from tests.pages.rule_shown import whole

PAGE = "own_rule.html"
RULES = 50
LIMIT = 25_000  # bytes, gzipped, of the page's scripts and style beside the ledger's own data
OWN = ("judge.js", "own-rule.js", "own-rule.css")
STATE = Path(__file__).with_name("rule_shown.js").read_text(encoding="utf-8")
CELLS = "all => all.map((row) => [...row.cells].map((cell) => cell.textContent))"
IN_TURN = "all => all.map((row) => [row.querySelector('a').dataset.preset, row.cells[1].textContent])"


def opened(open_page, query: str = "", **options) -> Page:
    page = open_page(PAGE + query, **options)
    page.wait_for_selector(".own-rule[data-ready]", state="attached")
    return page


def expected(ledger: dict, rule: dict) -> dict[str, str]:
    return {f"{id} {v}": word or "no verdict" for (id, v), word in words(ledger, rule).items()}


def told(page: Page) -> str:
    """Return the words in which the page tells its rule."""
    found = re.search("“(.*)”", page.inner_text(".own-said"))
    return found[1] if found else ""


def addressed(page: Page) -> str:
    """Return the page's address once it holds the choices; it is written a moment after a change."""
    page.wait_for_timeout(400)
    return page.url.split("/")[-1]


@pytest.mark.parametrize(("width", "seed"), [(1280, 14), (360, 41)])
def test_fifty_rules_set_by_hand_give_what_the_ledger_gives(width, seed, open_page, ledger):
    """A choice of the form that does something else than the Methods page says, or nothing: in a word, its
    counts, how firm it is, a mark, the tally, the map, what falls or the sentence.
    """
    page, dice, changed, made = opened(open_page, width=width), random.Random(seed), 0, set()
    for _ in range(RULES // 2):
        page.click(".own-back")
        rule = chance(ledger, dice)
        set_by_hand(page, rule)
        made |= set(rule)
        page.evaluate(SHOWN)
        shown, ours = page.evaluate(STATE), whole(ledger, rule, told(page))
        for part, expected_part in ours.items():
            assert shown[part] == expected_part, (part, rule)
        changed += shown["verdicts"] != whole(ledger, {}, "")["verdicts"]
    assert made == {one["name"] for one in ledger["rule"]["choices"]}
    assert changed > RULES / 4 and page.troubles == []


def test_without_a_choice_the_page_is_the_book(open_page, ledger):
    """A page that starts from another rule than the verdicts of the book."""
    page = opened(open_page)
    shown = page.evaluate(SHOWN)
    assert shown == {f"{id} {v}": verdicts(id)[v].word or "no verdict" for id in claims() for v in VANTAGES}
    assert page.query_selector_all(".own-rule .moved") == []


@pytest.mark.parametrize("width", [1280, 360])
def test_a_shared_address_shows_the_same_elsewhere(width, open_page):
    """A view that is lost, or is another one, when its address is passed on."""
    page = opened(open_page, width=width)
    page.uncheck('.own-form [name="without"][value="press"]')
    page.select_option('.own-form [name="limbs"]', "weakest")
    page.fill('.own-form [name="upper"]', "0.7")
    shared = addressed(page)
    assert "edition=" in shared and "without=press" in shared
    again = open_page(shared, width=1440, theme="dark", locale="ar-EG", timezone_id="Asia/Seoul")
    again.wait_for_selector(".own-rule[data-ready]", state="attached")
    assert again.evaluate(SHOWN) == page.evaluate(SHOWN)
    assert again.inner_text(".own-said") == page.inner_text(".own-said")
    said = page.inner_text(".own-said")
    assert re.search(rf"Under the rule “.*no press.*”, \d+ of {len(claims())} claims move", said)
    assert page.input_value(".own-share input").endswith(page.url)


def test_one_click_leads_back(open_page, ledger):
    """A reader who cannot find the book's own verdicts again."""
    page = opened(open_page, "?without=press&limbs=weakest&off=c14-kotra-then&at=C14.share:95")
    assert page.evaluate(SHOWN) != expected(ledger, {})
    page.click(".own-back")
    assert page.evaluate(SHOWN) == expected(ledger, {})
    assert addressed(page) == PAGE and page.query_selector_all(".own-rule .moved, .own-chosen li") == []


def test_a_choice_is_taken_back_by_keyboard_though_the_form_is_out_of_sight(open_page):
    """The focus on a button that goes a moment later, so that a reader without a mouse begins at the top."""
    page = opened(open_page, "?off=c14-kotra-then,c14-kotra-now")
    page.focus(".own-chosen li:first-child button")
    page.evaluate("document.querySelector('.own-map').scrollIntoView()")
    page.evaluate(SHOWN)
    page.keyboard.press("Enter")
    page.evaluate(SHOWN)
    assert page.evaluate("document.activeElement.closest('.own-chosen') !== null")
    assert page.locator(".own-chosen li").count() == 1


@pytest.mark.parametrize("asked", ["2", "", "-", "0.36x", "7e99"])
def test_a_number_that_does_not_fit_is_marked_changes_nothing_and_gives_way(asked, open_page, ledger):
    """A number out of bounds that is obeyed, or that stays in its field while the rule has another."""
    page = opened(open_page, "?upper=0.7")
    page.focus('[name="upper"]')
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(asked)
    field = page.locator('[name="upper"]')
    if asked:
        expect(field).to_have_attribute("aria-invalid", "true")
        until(page, "document.querySelector('[data-announce]').textContent.includes('0.7 stands')")
    assert page.evaluate(SHOWN) == expected(ledger, {"upper": 0.7})
    page.keyboard.press("Tab")
    expect(field).to_have_value("0.7")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    assert addressed(page).startswith(PAGE + "?upper=0.7&edition=") and page.troubles == []


@pytest.mark.parametrize("width", [1280, 360])
def test_the_sentence_stays_in_view_and_keeps_its_height(width, open_page):
    """A sentence behind the head of the page, or one that moves all that is below it at each change."""
    page = opened(open_page, width=width)
    box = "document.querySelector('.own-said').getBoundingClientRect()"
    height = page.evaluate(f"{box}.height")
    page.select_option('.own-form [name="limbs"]', "weakest")
    for place in (".own-form", ".own-verdicts", ".own-map", ".own-fails"):
        page.evaluate("place => document.querySelector(place).scrollIntoView()", place)
        page.evaluate(SHOWN)
        assert page.evaluate(f"{box}.height") == height
        assert page.evaluate("""() => {
          const said = document.querySelector(".own-said");
          const { left, right, top, bottom } = said.getBoundingClientRect();
          const middle = (left + right) / 2;
          return [top + 2, bottom - 2].every((y) => document.elementFromPoint(middle, y) === said);
        }"""), place


@pytest.mark.parametrize("width", [1280, 360])
def test_what_is_out_of_sight_has_its_height_and_a_link_to_it_its_target(width, open_page):
    """Parts that the browser leaves alone while they are out of sight and that are taller once they are seen,
    so that a link from the map lands beside its row.
    """
    page = opened(open_page, width=width)
    until(page, "document.querySelector('.own-map.asleep')")
    page.evaluate(SHOWN)
    tall = page.evaluate("document.documentElement.scrollHeight")
    awake = styled(opened(open_page, width=width), ".asleep { content-visibility: visible !important; }")
    awake.evaluate(SHOWN)
    assert awake.evaluate("document.documentElement.scrollHeight") == tall
    page.click('.own-map a[href="#own-c30"]')
    page.evaluate(SHOWN)
    head = page.evaluate("document.querySelector('.own-said').getBoundingClientRect().bottom")
    assert head <= page.locator("#own-c30").bounding_box()["y"] < head + 60


@pytest.mark.parametrize(("query", "ignored"), [
    ("?bogus=1", "bogus"), ("?lower=2", "lower=2"), ("?lower=NaN&upper=1e9", "upper=1e9"),
    ("?without=nobody,press", "without=nobody"), ("?votes=", "votes="), ("?at=C14.share:x", "C14.share:x"),
    ("?swap=c14-kotra-then:99", "swap=c14-kotra-then:99"), ("?%=%E0%A4%A&votes", "votes="),
    ("?votes=unit&votes=reading", "votes"),
    ("?off=" + "c01-none-then," * 3000, "off=c01-none-then"),
    ("?off=<img src=x onerror=alert(1)>", "<img src=x"),
    ("?__proto__=1&constructor=2", "constructor")])
def test_a_malformed_address_is_harmless_and_said(query, ignored, open_page, ledger):
    """An address mangled on its way that empties the page, runs, or is obeyed in silence."""
    page = opened(open_page, query)
    assert ignored in page.inner_text(".own-ignored")
    rule = {"without": ["press"]} if "press" in query else {}
    assert page.evaluate(SHOWN) == expected(ledger, rule)
    assert page.troubles == [] and page.query_selector(".own-rule img") is None


def test_an_address_of_another_edition_says_so(open_page):
    """A view cited from one edition that silently shows another's."""
    page = opened(open_page, "?limbs=weakest&edition=0.0.1")
    assert "made for edition 0.0.1" in page.inner_text(".own-ignored")


def test_what_moved_is_announced_in_one_sentence(open_page):
    """A change that only eyes can see, or that is read out verdict by verdict."""
    page = opened(open_page)
    page.focus('.own-form [name="votes"]')
    page.keyboard.press("ArrowDown")
    until(page, "document.querySelector('[data-announce]').textContent.includes('every reading')")
    said = page.text_content("[data-announce]")
    assert said.count(".") == 1 and "claims move" in said
    assert page.evaluate("document.activeElement.name") == "votes"
    page.evaluate("""() => {
      window.spoken = [];
      const region = document.querySelector("[data-announce]");
      new MutationObserver(() => spoken.push(region.textContent))
        .observe(region, { childList: true, characterData: true, subtree: true });
    }""")
    type_over(page, '.own-form [name="lower"]', 0.25)  # four keys, one change to tell
    until(page, "spoken.length > 0")
    page.wait_for_timeout(500)
    assert len(page.evaluate("spoken")) == 1 and "the lower cut is 0.25" in page.evaluate("spoken[0]")


def test_a_reader_who_follows_a_claim_and_comes_back_finds_the_rule(open_page):
    """Choices lost, or shown in the form and not in the verdicts, when the reader goes on and comes back."""
    page = opened(open_page)
    page.uncheck('.own-form [name="without"][value="press"]')
    page.select_option('.own-form [name="limbs"]', "weakest")
    page.click(".own-presets a >> nth=0")  # a preset is a rule, and not added to the one before
    assert addressed(page).startswith(f"{PAGE}?without=press&edition=")
    page.select_option('.own-form [name="votes"]', "reading")
    addressed(page)
    before = page.evaluate(STATE)
    page.click('.own-verdicts [data-claim="C01"] th > a')
    page.wait_for_url("**/claims.html*")
    page.go_back()
    page.wait_for_selector(".own-rule[data-ready]", state="attached")
    assert page.evaluate(STATE) == before
    assert page.input_value('[name="votes"]') == "reading" and page.input_value('[name="limbs"]') == "mean"
    page.go_forward()
    page.wait_for_url("**/claims.html*")


def test_the_map_and_what_falls_follow(open_page, ledger):
    """A map or a table of what falls that still shows the book's rule."""
    page = opened(open_page, "?limbs=weakest&variants=against&lower=0.45")
    found = words(ledger, {"limbs": "weakest", "variants": "against", "lower": 0.45})
    for v in VANTAGES:
        bad = [id for id in claims() if found[id, v] in ("contradicted", "mostly contradicted", "denied",
                                                         "mostly denied")]
        rows = page.eval_on_selector_all(f'.own-fails[data-vantage="{v}"] tbody tr:not([hidden])', CELLS)
        told = {r[0].split(" ")[0]: r[1] for r in rows if "no longer" not in r[0]}
        assert {id: told[id] for id in bad if falls_with(id)} == {
            id: ", ".join(falls_with(id)) for id in bad if falls_with(id)}
        assert set(told) <= set(bad)
        marks = page.eval_on_selector_all(f".own-map li .{v} .verdict",
                                          "all => all.map((m) => m.getAttribute('aria-label'))")
        ids = page.eval_on_selector_all(".own-map li[data-claim]", "all => all.map((m) => m.dataset.claim)")
        assert dict(zip(ids, marks, strict=True)) == {
            id: f"{v} {found[id, v] or 'no verdict'}" for id in ids}


def test_each_origin_in_turn(open_page, ledger):
    """An origin whose loss moves a verdict missing from the list, or one listed that moves none."""
    page = opened(open_page)
    page.click('[data-turn="origins"]')
    told = dict(page.eval_on_selector_all(".own-turned tbody tr", IN_TURN))
    before = words(ledger, {})
    for origin in sorted(ledger["origins"]):
        after = words(ledger, {"origins": [origin]})
        moved = list(dict.fromkeys(id for id, v in before if after[id, v] != before[id, v]))
        listed = told.get(f"origins={origin.replace('+', '%2B')}", "")
        assert listed == ", ".join(moved), origin


def test_without_a_script_the_page_shows_the_books_rule_and_all_rules_at_once(open_page):
    """A page that is empty, or a form that does nothing, where no script runs."""
    page = open_page(PAGE, java_script_enabled=False)
    assert page.is_hidden(".own-form") and page.is_hidden(".own-share")
    assert page.query_selector_all(".own-rule :is(button, select, input):visible") == []
    shown = page.locator(".own-verdicts tbody").count()
    assert shown == len(claims()) and page.inner_text(".own-said") == "The book's own rule."
    assert page.is_visible("#fig-own-rule-multiverse svg")


def test_on_paper_the_rule_stands_in_words(open_page):
    """A printed view that does not say under which rule it holds."""
    page = opened(open_page, "?without=press")
    page.emulate_media(media="print")
    assert page.is_visible(".own-said") and "no press" in page.inner_text(".own-said")
    assert page.query_selector_all(".own-form:visible, .own-rule button:visible") == []


def test_in_forced_colours_what_moved_is_marked(open_page):
    """Marks made of backgrounds and shadows alone, which forced colours take away."""
    page = opened(open_page, "?without=press", forced_colors="active")
    for part in (".own-verdicts td", ".own-tally td", ".own-map .verdict", ".own-fails tr"):
        style = page.eval_on_selector(f"{part}.moved", "node => getComputedStyle(node).outlineStyle")
        assert style == "solid", part


def test_on_paper_all_of_it_is_printed(open_page):
    """Parts that are out of sight on a screen left blank on paper, or a sentence cut to its lines."""
    page = opened(open_page, "?" + "&".join(
        ["without=press", "limbs=weakest", "votes=reading", "lower=0.2", "upper=0.8", "harder=10",
         "variants=for"]), width=360)
    page.emulate_media(media="print")
    assert page.eval_on_selector_all(
        ".asleep", "all => all.every((one) => getComputedStyle(one).contentVisibility === 'visible')")
    assert page.evaluate("""() => {
      const said = document.querySelector(".own-said");
      return said.scrollHeight <= said.clientHeight;
    }""")


def test_its_scripts_are_small_and_no_other_page_loads_them(open_page, site):
    """A framework, or a rule that every page carries."""
    weight = sum(len(gzip.compress((site / "_static" / name).read_bytes(), 6)) for name in OWN)
    assert 0 < weight <= LIMIT
    other = open_page("trade.html")
    assert [r.url for r in other.asked if any(n in r.url for n in (*OWN, "rule-data", "claim-ticks"))] == []


def test_over_file_it_works(open_page):
    """Data that are fetched, which browsers refuse over file://."""
    page = opened(open_page, protocol="file")
    page.select_option('.own-form [name="limbs"]', "weakest")
    until(page, "document.querySelector('.own-verdicts .moved')")  # out of sight: in the next frame
    assert page.troubles == []
