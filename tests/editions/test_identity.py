"""Edition, day, addresses and licence are said once, in article.toml, and everything that repeats them
agrees.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date

import pytest
import yaml

from report import identity, ledger
from report.article import ArticleError, article, read_article
from report.data.stamp import stamped as stamped_data
from report.editions.stamp import citation_cff, readme_part, stamped
from tests.references import PROJECT

SET = replace(
    article(),
    edition="7.8.9",
    released=date(2031, 2, 3),
    site="https://example.org/book/",
    repository="https://github.com/owner/name",
    doi="10.5281/zenodo.12345",
)
UNSET = replace(article(), site=None, repository=None, doi=None)
ADDRESS = r"https?://(?!creativecommons|spdx)|doi:|10\.\d{4,}/"


@pytest.mark.parametrize("name", sorted(stamped()))
def test_a_file_says_what_the_settings_say(name):
    """A number, day or address changed by hand in one file and left as it was in another."""
    assert (PROJECT / name).read_text(encoding="utf-8") == stamped()[name], "run make identity"


def test_every_place_has_the_one_number():
    """An edition bumped in one place: ledger, data package, installed package, changelog."""
    number = article().edition
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == ledger.ledger()["edition"] == identity.EDITION == number
    assert f'"version": "{number}"' in stamped_data()
    heading = re.search(r"^## (.*)$", (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)[1]
    assert heading == (f"{number} ({article().released})" if article().is_released else "Unreleased")


def test_a_citation_file_names_what_is_set_and_invents_nothing():
    """A DOI, address or repository that is set and does not reach CITATION.cff, or stands there unset."""
    told = yaml.safe_load(citation_cff(SET))
    assert (told["doi"], told["url"], told["repository-code"]) == (SET.doi, SET.site, SET.repository)
    assert told["date-released"] == "2031-02-03" or told["date-released"] == date(2031, 2, 3)
    assert told["version"] == told["preferred-citation"]["version"] == "7.8.9"
    bare = citation_cff(UNSET)
    assert (
        not re.search(ADDRESS, bare) and not {"doi", "url", "repository-code"} & yaml.safe_load(bare).keys()
    )


def test_a_citation_file_has_one_licence():
    """A list of licences, at which Zenodo stops: "Citation metadata load failed"."""
    assert isinstance(yaml.safe_load(citation_cff(SET))["license"], str)


def test_the_readme_follows():
    """A README that says that no address is known when one is, or the other way round."""
    told, bare = readme_part(SET), readme_part(UNSET)
    for part in (
        "https://example.org/book/",
        "https://github.com/owner/name",
        "https://doi.org/10.5281/",
        "mybinder.org/v2/gh/owner/name/v7.8.9",
        "edition 7.8.9, 2031.",
    ):
        assert part in told, part
    assert "Not known yet" not in told and "Not known yet" in bare and not re.search(ADDRESS, bare)


def test_the_data_package_follows(tmp_path):
    """A data package without its maker, its address and the day of its edition."""
    settings = (PROJECT / "article.toml").read_text(encoding="utf-8")
    settings = re.sub(r"^released = .*\n(?=authors)|^(?:site|doi) = .*\n", "", settings, flags=re.M)
    settings = re.sub(
        r"^edition = .*",
        'edition = "7.8.9"\nreleased = 2031-02-03\nsite = "https://example.org/"\ndoi = "10.5281/zenodo.1"',
        settings,
        count=1,
        flags=re.M,
    )
    (tmp_path / "article.toml").write_text(settings, encoding="utf-8")
    data = tmp_path / "data"
    data.mkdir()
    for name in ("package.toml", "sources.bib", "origins.csv", "origins.toml"):
        (data / name).write_bytes((PROJECT / "data" / name).read_bytes())
    told = stamped_data(data)
    for part in (
        '"version": "7.8.9"',
        '"created": "2031-02-03T00:00:00Z"',
        '"homepage": "https://example.org/"',
        '"id": "https://doi.org/10.5281/zenodo.1"',
        '"contributors"',
    ):
        assert part in told, part


@pytest.mark.parametrize(
    ("line", "by", "told"),
    [
        ('edition = "1.0.0.dev0"', 'edition = "1.0"', "does not fit"),
        ('edition = "1.0.0.dev0"', 'edition = "1.0.0"', "has no day"),
        ('edition = "1.0.0.dev0"', 'edition = "1.0.0.dev0"\nreleased = 2031-01-01', "on the way to one"),
        ('edition = "1.0.0.dev0"', 'edition = "0.1.0"\nreleased = 2031-01-01', "does not come before"),
        ('edition = "1.0.0.dev0"', 'edition = "1.0.0.dev0"\nsite = "https://example.org"', "with the slash"),
        ('edition = "1.0.0.dev0"', 'edition = "1.0.0.dev0"\ndoi = "doi:10.1/x"', "does not fit"),
        (
            'edition = "1.0.0.dev0"',
            'edition = "1.0.0.dev0"\nsiet = "https://example.org/"',
            "correct the name",
        ),
        ('edition = "1.0.0.dev0"', "", "identity.edition is missing"),
        ('number = "0.1.0"', 'numer = "0.1.0"', "give number and released"),
        ("number = 1\n", "numer = 1\n", "lacks its number or its title"),
        (f"as_of = {article().as_of}", f"as_of = {article().as_of}T00:00:00Z", "as_of is missing or of"),
        ("keywords = [", "keywords = 'a' #", r"identity.keywords is missing or of another kind; write, for"),
        ("subtitle = ", "subtitle = 5 #", "subtitle is missing or of another kind; write, for"),
        ('number = 2\n', 'number = 1\n', "number 1 stands twice"),
        ('C11 = ["cfr"]', 'C11 = "cfr"', r"credited.C11 is 'cfr'; write a list of origins, such as"),
        ('light = "#da2d24"', 'light = "#da2d2"', "actors.china.light is '#da2d2'; write a colour such as"),
        ("[topics]", "[topic]", "topic is nothing that is known of an article; correct the name"),
        ('message = "', 'message = 5 #"', "topics.message is 5; write its heading in quotation marks"),
        ("released = 2026-11-24", 'released = "2026-11-24"', "0.1.0 was released '2026-11-24'; wr"),
        ("released = 2026-11-24", "released = 2027-11-24", "released 2026-11-28, before 0.1.0"),
        ("title = ", "\ufefftitle = ", "correct the TOML, or save it without byte-order mark"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused(tmp_path, line, by, told):
    """A wrong address on every page, an edition without a day, a setting that is misspelt and so unset."""
    settings = (PROJECT / "article.toml").read_text(encoding="utf-8")
    number = re.search(r'^edition = ".*?"', settings, re.M)[0]
    settings = re.sub(
        r"^released = .*\n(?=authors)", "", settings.replace(number, 'edition = "1.0.0.dev0"'), flags=re.M
    )
    assert line in settings
    (tmp_path / "article.toml").write_text(settings.replace(line, by, 1), encoding="utf-8")
    with pytest.raises(ArticleError, match=told):
        read_article(tmp_path / "article.toml")


def test_the_state_is_said_in_words():
    """A page on which "now" has no date."""
    assert identity.day(article().as_of) in identity.state() and article().edition in identity.state()
