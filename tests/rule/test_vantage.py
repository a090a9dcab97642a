"""What a vantage sees, and to which a day belongs."""

import pandas as pd

from report.data.package import package
from report.rule import Vantage, end_of, last_year_of, seen, so_far, vantage_of

DATED = pd.DataFrame({"date": ["2017", "2016-09", "2017-01-25", "2017-02"]})


def test_so_far_a_date_of_a_year_counts_at_its_end():
    """An entry dated 2017 that counts before the article, or a now that has lost what came before."""
    assert so_far(DATED, "then")["date"].tolist() == ["2016-09", "2017-01-25"]
    assert len(so_far(DATED, "now")) == 4


def test_a_day_belongs_to_the_vantage_at_which_it_was_over():
    """A year sorted by its first day, the day of the cutoff on the other side, or rows sorted one by one
    in another way than together.
    """
    assert [vantage_of(day) for day in DATED["date"]] == ["now", "then", "then", "now"]
    cutoff = pd.Timestamp(package().cutoff)
    assert vantage_of(cutoff) is Vantage.THEN and vantage_of(cutoff + pd.Timedelta(days=1)) is Vantage.NOW
    alone = {v: [day for day in DATED["date"] if vantage_of(day) is v] for v in Vantage}
    assert alone == {v: seen("C02", DATED, v)["date"].tolist() for v in Vantage}


def test_a_vantage_ends_with_its_day():
    """A year of the article counted as over, or one that looks further than what the book calls now."""
    assert (end_of("then").date(), end_of("now").date()) == (package().cutoff, package().as_of)
    assert (last_year_of("then"), last_year_of("now")) == (package().cutoff.year - 1, package().as_of.year)
