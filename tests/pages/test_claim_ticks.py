"""The ticks and lists of a claim's box, in a browser: what becomes of its word, and who hears of it."""

from __future__ import annotations

import copy

import pytest
from playwright.sync_api import expect

from report.rule import VANTAGES
from tests.pages.conftest import until
from tests.pages.naive_rule import words
from tests.pages.rule_by_hand import SHOWN


@pytest.mark.parametrize("width", [1280, 360])
def test_in_a_claims_box_a_reading_is_ticked_off_and_its_word_follows(width, open_page, ledger):
    """Ticks that do nothing, that judge by another rule, or that lead to another claim."""
    page = open_page("trade.html", width=width)
    box = page.locator("#box-c14")
    box.locator("summary").first.click()
    box.locator('tr[data-reading="c14-kotra-then"] .tick').uncheck()
    said = box.locator(".tick-said")
    said.wait_for()
    rule = {"off": ["c14-kotra-then"]}
    assert f"then {words(ledger, rule)['C14', 'then']} (" in said.inner_text()
    assert f"now {words(ledger, rule)['C14', 'now']} (" in said.inner_text()
    box.locator(".tick-more").click()
    box.locator('.tick-form [data-limb="share"]').fill("95")
    box.locator('.tick-form [data-limb="share"]').press("Tab")
    word = words(ledger, rule | {"at": [("C14.share", 95.0)]})["C14", "then"]
    until(
        page,
        "w => document.querySelector('#box-c14 .tick-said').textContent.includes(`then ${w} (`)", arg=word)
    said.locator("a").click()
    page.wait_for_selector(".own-rule[data-ready]", state="attached")
    assert page.evaluate(SHOWN)["C14 then"] == word and page.troubles == []


def spoken(ledger: dict, id: str, at: int) -> dict:
    """Return the ledger with a variant of a reading, by its number, in the reading's place."""
    changed = copy.deepcopy(ledger)
    for claim in changed["claims"]:
        for r in claim["readings"]:
            if r["id"] == id:
                r |= {name: r["variants"][at - 1].get(name) for name in ("value", "met", "rests_on")}
                r.pop("said", None)
    return changed


@pytest.mark.parametrize("width", [1280, 360])
def test_in_a_claims_box_a_variant_speaks_for_its_reading(width, open_page, ledger):
    """A variant that can be read but not tried, that moves another word than it should, that no
    screen reader hears of, or that is lost on the way to the page of the whole rule.
    """
    id, at, claim = next(
        (r["id"], n, c) for c in ledger["claims"] for r in c["readings"]
        for n, _ in enumerate(r["variants"], 1)
        if words(spoken(ledger, r["id"], n), {}) != words(ledger, {}))
    page = open_page(f"{claim['chapter']}.html", width=width)
    box = page.locator(f"#box-{claim['id'].lower()}")
    box.locator("summary").first.click()
    assert box.locator(".tick-said").get_attribute("role") == "status"  # there before it says anything
    select = box.locator(f'tr[data-reading="{id}"] .tick-swap')
    select.focus()
    for _ in range(at):
        page.keyboard.press("ArrowDown")
    said = box.locator(".tick-said")
    expect(said).to_contain_text("By your choices")
    word = words(spoken(ledger, id, at), {})
    assert all(f"{v} {word[claim['id'], v] or 'no verdict'}" in said.inner_text() for v in VANTAGES)
    assert box.locator("tr.speaks").count() == 1
    assert page.evaluate("document.activeElement.className") == "tick-swap"
    said.locator("a").click()
    page.wait_for_selector(".own-rule[data-ready]", state="attached")
    assert f"swap={id}:{at}" in page.url
    assert page.evaluate(SHOWN) == {f"{c} {v}": w or "no verdict" for (c, v), w in word.items()}
    assert page.troubles == []


@pytest.mark.parametrize("width", [1280, 360])
def test_what_a_reading_says_is_in_sight_and_whether_it_is_met(width, open_page):
    """A list of long names, or a column too many, that pushes figures and their criterion out of sight."""
    page = open_page("trade.html", width=width)
    box = page.locator("#box-c14")
    box.locator("summary").first.click()
    box.locator(".tick-swap").first.wait_for()
    assert box.evaluate("box => [...box.querySelectorAll('table.readings')].every((table) => "
                        "table.offsetWidth <= table.parentElement.clientWidth)")
