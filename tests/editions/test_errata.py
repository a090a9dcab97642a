"""Errata fit the editions and the book, or stop the build, and stand on every page concerned."""

from __future__ import annotations

import shutil

import pytest
from sphinx.errors import ExtensionError

from report.data.package import DataPackage, _in_hand, data_folder, package
from report.data.stamp import stamped
from report.data.table import DataError
from report.editions.errata import errata
from report.sphinx import editions
from report.sphinx.nodes import rendered

GOOD = 'one,0.1.0,claim:C14;table:trade/china_share,"It said, wrongly",It is so,1.0.0\n'


@pytest.fixture
def with_errata(tmp_path):
    """Return a function that puts a data package with other errata in hand."""
    tokens = []

    def put(rows: str) -> None:
        root = tmp_path / "data"
        if not root.exists():
            shutil.copytree(data_folder(), root)
            shutil.copy(data_folder().parent / "article.toml", tmp_path)
        (root / "errata.csv").write_text(f"id,edition,place,wrong,right,since\n{rows}", encoding="utf-8")
        (root / "datapackage.json").write_text(stamped(root), encoding="utf-8")
        tokens.append(_in_hand.set(DataPackage(root)))

    yield put
    for token in reversed(tokens):
        _in_hand.reset(token)


def test_the_books_own_errata_fit(with_errata):
    """An erratum of an edition, a claim or a table that is not."""
    with_errata((data_folder() / "errata.csv").read_text(encoding="utf-8").split("\n", 1)[1])
    concerned = {("table", "alliance/leader_meetings"), ("claim", "C10")}
    assert {"summits-2006-2010", "food-aid-2011-zero"} <= {
        one.id for one in errata() if concerned & set(one.places)
    }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("0.1.0", "0.0.9", "row 2, column edition: '0.0.9' is no published edition; write one of 0.1.0"),
        ("1.0.0", "0.1.0", "row 2, column since: '0.1.0' is not after edition 0.1.0"),
        ("1.0.0", "99.0.0", "row 2, column since: '99.0.0' is not after"),
        ("claim:C14", "claim:C99", "row 2, column place: "),
        ("claim:C14", "reading:c14-nobody-then", "row 2, column place: C14 has no reading"),
        ("claim:C14", "page:trade", "row 2, column place: 'page' is nothing that an erratum can concern"),
        ("table:trade/china_share", "table:trade/none", "row 2, column place: no table 'trade/none'"),
        ("claim:C14", "source:nobody", "row 2, column place: citation 'nobody' is not in data/sources.bib"),
        ("one,", "One,", "row 2, column id: 'One' is not of its form"),
        (GOOD, GOOD + GOOD, "row 3: key 'one' stands already"),
        ("It is so", "", "row 2, column right: is empty"),
        ("claim:C14;", "C14;", "row 2, column place: 'C14;table:trade/china_share' is not of its form"),
    ],
)
def test_an_erratum_that_does_not_fit_is_refused(with_errata, old, new, told):
    """An erratum that would be shown nowhere, or of an edition that nobody has."""
    with_errata(GOOD)
    assert len(errata()) == 1
    with_errata(GOOD.replace(old, new, 1))
    with pytest.raises(DataError) as refused:
        errata()
    assert str(refused.value).startswith("data/errata.csv, ") and told in str(refused.value)


def test_a_project_without_errata_has_none(with_errata):
    """An engine that cannot do without the table."""
    with_errata(GOOD)
    package().__dict__["all_tables"] = {n: t for n, t in package().all_tables.items() if n != "errata"}
    package().__dict__.pop("_noting", None)
    assert errata() == []


def test_an_erratum_stands_on_every_page_concerned(with_errata, small):
    """A chapter, a ledger, a table's rows or a page of citations that passes over what was found wrong there.
    """
    with_errata(GOOD)
    env = small[0].env
    pages = editions.concerned(env, errata()[0])
    assert pages == {
        "claims",
        "trade",
        "cite/claim-c14",
        "data",
        "rows/trade-china-share",
        "cite/table-trade-china-share",
    }
    (shown,) = editions.errata_on(env, "rows/trade-china-share")
    assert shown["right"] == "It is so" and editions.errata_on(env, "references") == []


@pytest.mark.parametrize("place", ["chapter:nowhere", "chart:nothing"])
def test_an_erratum_of_a_page_or_chart_that_is_not_stops_the_build(with_errata, place, small):
    """An erratum that leads nowhere."""
    with_errata(GOOD.replace("claim:C14", place))
    kind, name = place.split(":")
    with pytest.raises(ExtensionError, match=f"data/errata.csv, one: there is no {kind} '{name}'"):
        editions.edition_list().context(small[0].env)


def test_the_page_of_editions_lists_them(with_errata, small):
    """An edition without its errata, or an erratum without an address."""
    with_errata(GOOD)
    html = rendered("edition_list.html", **editions.edition_list().context(small[0].env))
    assert 'id="edition-0-1-0"' in html and 'id="erratum-one"' in html and "It said, wrongly" in html
    said = [one.astext() for one in editions.edition_list().words(small[0].env)]
    assert any(one.startswith("Edition 0.1.0") for one in said)


def test_an_error_told_of_a_later_edition_clears_no_earlier_one(with_errata):
    """An edition said to have nothing wrong in it, though an error that is told of the next stood in it."""
    with_errata(GOOD.replace("1.0.0", "1.1.0").replace("0.1.0", "1.0.0"))
    beside = {one["number"]: one["beside"] for one in editions.editions()}
    assert "may stand in it too" in beside["0.1.0"] and beside["1.0.0"] == ""
    assert beside["1.1.0"] == "Nothing has been found wrong in it since."


def test_editions_have_their_own_addresses(monkeypatch):
    """An edition that is said to be kept and cannot be found."""
    monkeypatch.setattr(editions.identity, "SITE", "https://example.org/book/")
    assert editions.editions()[-1]["address"] == "https://example.org/book/v0.1.0/"
    monkeypatch.setattr(editions.identity, "SITE", None)
    assert editions.editions()[-1]["address"] is None
