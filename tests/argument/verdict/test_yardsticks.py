"""The lists of threats beside the criterion of C39."""

from report.book import indicators
from report.data.package import altered


def test_a_survey_for_a_year_was_made_before_it():
    """Catches the survey for 2017, of late 2016, seen as one of the years after the article."""
    shown = {i.id: i for i in indicators("C39")}
    assert shown["c39-experts-then"].period[1] == "2016" and shown["c39-experts-now"].period[0] == "2017"


def test_a_place_lost_is_counted():
    """Catches an indicator that counts the years read and not those at the front."""
    def years() -> float:
        return {i.id: i for i in indicators("C39")}["c39-assessments-now"].value

    before = years()
    row = "verdict/threat_rankings#Assessment of the intelligence community|2018"
    with altered(row, "at_the_front", False):
        assert years() == before - 1
