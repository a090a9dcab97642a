"""The form of the page of one's own rule, filled in with clicks and keys alone, as readers do."""

from __future__ import annotations

import random
import re

from playwright.sync_api import Page

LIKELY = {"voices": 0.15, "vantage": 0.1}  # how likely a choice is made, where not in three of ten rules
LABEL = "(select, value) => [...select.options].find((o) => o.value === value).textContent"
WAY = "(select, value) => [...select.options].findIndex((o) => o.value === value) - select.selectedIndex"
# What the page shows in the second frame after a change, when all of it has to be right.
SHOWN = """() => new Promise(
  (next) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(next))))
  .then(() => Object.fromEntries([...document.querySelectorAll(".own-verdicts tbody")].flatMap((body) =>
  ["then", "now"].map((v) => [`${body.dataset.claim} ${v}`,
    body.querySelector(`td.${v} .word`).textContent]))))"""


def chance(ledger: dict, dice: random.Random) -> dict:
    """Return a random rule: each choice of the form is made with some likelihood."""
    rule: dict = {}
    origins = sorted(ledger["origins"])
    for one in ledger["rule"]["choices"]:
        if dice.random() > LIKELY.get(one["name"], 0.3):
            continue
        if one["kind"] == "one":
            rule[one["name"]] = dice.choice(one["options"])["value"]
        elif one["kind"] == "number":
            steps = round((one["most"] - one["least"]) / one["step"])
            rule[one["name"]] = round(one["least"] + dice.randint(0, steps) * one["step"], 2)
        elif one.get("of") in ("kinds", "ways"):
            column = {"kinds": "kind", "ways": "read_as"}[one["of"]]
            known = sorted({s[column] for s in ledger["sources"].values()})
            rule[one["name"]] = dice.sample(known, dice.randint(1, 2))
        elif one["name"] == "origins":
            rule["origins"] = dice.sample(origins, 2)
        elif one["name"] == "sources":
            rule["sources"] = dice.sample(sorted(ledger["sources"]), 2)
        elif one["name"] == "swap":
            r = dice.choice([r for c in ledger["claims"] for r in c["readings"] if r["variants"]])
            rule["swap"] = [(r["id"], dice.randint(1, len(r["variants"])))]
        elif one["name"] == "off":
            claim = dice.choice([c for c in ledger["claims"] if c["readings"]])
            rule["off"] = [dice.choice(claim["readings"])["id"]]
        elif one["name"] == "at":
            claim, limb = dice.choice([(c["id"], limb) for c in ledger["claims"] for limb in c["limbs"]
                                       if limb["op"] and limb["threshold"] is not None])
            rule["at"] = [(f"{claim}.{limb['name']}", round(limb["threshold"] * dice.uniform(0.5, 1.5)))]
    return rule


def pick(page: Page, selector: str, value: str) -> None:
    """Choose an option by keys alone: its first word, where the list is long, then the arrows."""
    page.focus(selector)
    label = page.eval_on_selector(selector, LABEL, value)
    if page.eval_on_selector(selector, "select => select.options.length") > 12:
        page.keyboard.type(label.split()[0])
    at = page.eval_on_selector(selector, WAY, value)
    for _ in range(abs(at)):
        page.keyboard.press("ArrowDown" if at > 0 else "ArrowUp")


def type_over(page: Page, selector: str, number: float) -> None:
    """Type a number in the place of what stands in a field."""
    page.focus(selector)
    page.keyboard.press("Control+a")
    page.keyboard.type(f"{number:g}")


def unfold(page: Page, claim: str) -> None:
    """Open a claim's row, unless it is open."""
    button = page.locator(f'.own-verdicts [data-claim="{claim}"] .own-open')
    if button.get_attribute("aria-expanded") == "false":
        button.click()


def set_by_hand(page: Page, rule: dict) -> None:
    """Make each choice of a rule in the form with clicks and keys, as a reader would."""
    for name, value in rule.items():
        if name in ("without", "read"):
            for member in value:
                page.uncheck(f'.own-form [name="{name}"][value="{member}"]')
        elif name in ("origins", "sources"):
            for member in value:
                pick(page, f'[data-add="{name}"]', member)
                page.click(f'[data-adds="{name}"]')
        elif name in ("off", "at", "swap"):
            for member in value:
                unfold(page, re.split("[-.]", member if name == "off" else member[0])[0].upper())
                if name == "off":
                    page.uncheck(f'[data-reading="{member}"]')
                elif name == "at":
                    type_over(page, f'[data-limb="{member[0]}"]', member[1])
                else:
                    pick(page, f'[data-variants="{member[0]}"]', str(member[1]))
        elif isinstance(value, str):
            pick(page, f'.own-form [name="{name}"]', value)
        else:
            type_over(page, f'.own-form [name="{name}"]', value)
