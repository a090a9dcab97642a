"""What is in another language than the page says which, wherever it stands."""

from __future__ import annotations

import re

import pytest
from lxml import html
from markupsafe import Markup

from report.data.sources import sources
from report.show.languages import RUN, language_of, runs, told
from tests.pages.conftest import SITE

# Texts on the page in another script whose nearest language is the page's own.
UNTOLD = """() => {
  const other = /[\\p{Script=Hangul}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]/u, found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const { lang } = parentElement.closest("[lang]");
    if (other.test(data) && !/^(ko|zh|ja)/.test(lang)) found.push(data.slice(0, 60));
  }
  return found;
}"""


def untold(page: str) -> list[str]:
    """Return the texts of a page in another script whose nearest language is the page's own."""
    root = html.fromstring(page)
    found = []
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        own = next(e.get("lang") for e in (element, *element.iterancestors()) if e.get("lang"))
        around = next((e.get("lang") for e in element.iterancestors() if e.get("lang")), own)
        for text, language in ((element.text, own), (element.tail, around)):
            if text and RUN.search(text) and not language.startswith(("ko", "zh", "ja")):
                found.append(text.strip()[:60])
    return found


def test_every_page_tells_the_language_of_its_words(site):
    """A Korean, Chinese or Japanese title, quotation or cell that is read out as English."""
    pages = {p.relative_to(SITE).as_posix(): p.read_text(encoding="utf-8") for p in SITE.rglob("*.html")}
    other = {name: text for name, text in pages.items() if RUN.search(text)}
    assert other, "the book has such words"
    found = {name: texts for name, text in other.items() if 'lang="en"' in text and (texts := untold(text))}
    assert found == {}


def test_words_without_a_language_are_seen():
    """The check above, on a page that does not tell."""
    page = '<html lang="en"><body><p>{}</p></body></html>'
    assert untold(page.format("so 북한 it")) == ["so 북한 it"]
    assert untold(page.format(told("so 북한 it"))) == []


@pytest.mark.parametrize(("text", "language"), [
    ("중국의 대북 식량지원", "ko"), ("北투자", "ko"),
    ("成立中朝聯合司令部", "zh"), ("中朝合弁企業への制裁", "ja"),
])
def test_letters_tell_the_language(text, language):
    """A Korean headline that begins with a Chinese character, or a Japanese one, taken for Chinese."""
    assert language_of(text) == language
    assert list(runs(f"Title: {text} (2017)")) == [("Title: ", ""), (text, language), (" (2017)", "")]


def test_a_source_tells_where_letters_do_not():
    """A Japanese title in Chinese characters alone."""
    said = [s for s in sources().values() if s.language]
    assert said and all(language_of(run) == s.language for s in said for run in RUN.findall(s.title))


def test_what_is_told_is_escaped():
    """Markup in a title that becomes markup of the page."""
    assert told("<b>북한</b>") == '&lt;b&gt;<span lang="ko">북한</span>&lt;/b&gt;'
    assert re.sub("<[^>]+>", "", told("약 54만t")) == "약 54만t"


def test_html_keeps_its_tags():
    """Tags of a citation printed as text, since its language was told."""
    assert told(Markup("In <i>책 2</i>, a & b.")) == 'In <i><span lang="ko">책</span> 2</i>, a & b.'


def test_no_page_shows_a_tag(site):
    """HTML that was escaped twice: “In <i>Why China…</i>” on a page of citations."""
    shown = re.compile(r"&lt;/?(?:i|b|em|strong|a|span|p)\b")
    pages = {page.name: page.read_text(encoding="utf-8") for page in site.rglob("*.html")}
    assert [name for name, text in pages.items() if shown.search(_without_code(text))] == []


def _without_code(html: str) -> str:
    """Return a page without its code and without the code that others are offered."""
    return re.sub(r"<pre.*?</pre>", "", html, flags=re.DOTALL)
