"""Identities of the THAAD tables: totals that others published, and figures that must fit one another."""

import pytest

from report.data.package import load


def test_months_sum_to_the_independent_yearly_copy():
    """Catches a lost month or nationality: another copy of the official table has 2010 to 2017, to the
    person.
    """
    monthly = load("thaad/visitors_monthly")
    sums = monthly.groupby([monthly["month"].str[:4].astype(int), "nationality"])["all_purposes"].sum()
    years = load("thaad/visitors_annual").query("source_id == 'kosis_stiles' and nationality != 'Total'")
    assert len(years) == 40
    cells = zip(years["year"], years["nationality"], strict=True)
    assert [sums[cell] for cell in cells] == list(years["visitors"])


def test_purposes_do_not_exceed_the_total():
    """Catches purposes swapped with the total: tourism, other and the purposes left out make it up."""
    rows = load("thaad/visitors_monthly")
    assert (rows["tourism"] + rows["other"] <= rows["all_purposes"]).all()
    assert len(rows) == 20 * 120


def test_a_month_as_the_tourism_organisation_released_it():
    """Catches a shifted month: the release of September 2018 has 434 595 Chinese and 247 847 Japanese."""
    rows = load("thaad/visitors_monthly").query("month == '2018-09'").set_index("nationality")["all_purposes"]
    assert (rows["China"], rows["Japan"]) == (434595, 247847)


def test_gathered_changes_by_purpose_and_window():
    """Catches purposes mixed up: gathered -62.3 and -55.1 (March to February), -55.1 and -48.3 (2017 on
    2016).
    """
    china = load("thaad/visitors_monthly").query("nationality == 'China'").set_index("month")

    def change(purpose: str, first: str, last: str) -> float:
        before = china.loc[f"{int(first[:4]) - 1}{first[4:]}":f"{int(last[:4]) - 1}{last[4:]}", purpose].sum()
        return round(100 * (china.loc[first:last, purpose].sum() / before - 1), 1)

    assert (
        change("tourism", "2017-03", "2018-02") == -62.3
        and change("all_purposes", "2017-03", "2018-02") == -55.1
    )
    assert (
        change("tourism", "2017-01", "2017-12") == -55.1
        and change("all_purposes", "2017-01", "2017-12") == -48.3
    )


@pytest.mark.parametrize("year, printed", [("2015", 227300), ("2016", 211400), ("2017", 239900)])
def test_months_of_trade_sum_to_the_ministrys_year(year, printed):
    """Catches a wrong unit or month: the ministry printed the sum of both flows in hundreds of millions."""
    trade = load("thaad/trade_monthly").query("month.str.startswith(@year)")
    assert (trade["exports"] + trade["imports"]).sum() / 1000 == pytest.approx(printed, abs=100)


def test_eleven_months_of_exports_equal_the_ministrys():
    """Catches exports and imports swapped: printed 128.3 and 89.2 billion for January to November 2017."""
    trade = load("thaad/trade_monthly").query("'2017-01' <= month <= '2017-11'")
    reported = load("thaad/trade_reported").query("period_end == '2017-11' and origin == 'motie'")
    printed = reported.set_index("item")["value"]
    assert trade["exports"].sum() / 1000 == pytest.approx(printed["exports to China"], abs=100)
    assert trade["imports"].sum() / 1000 == pytest.approx(printed["imports from China"], abs=400)


def test_car_sales_add_up_and_the_misprinted_fall_is_mended():
    """Catches a lapsed correction: the half-year's fall was printed as 52.3, the base that fits gives 46.7.
    """
    cars = load("thaad/car_sales")
    half, july = (
        cars.loc["thaad/car_sales#2017-01|2017-06|both|investor_20170824"],
        cars.loc["thaad/car_sales#2017-07|2017-07|both|investor_20170824"],
    )
    assert (
        half["cars"] + july["cars"]
        == cars.loc["thaad/car_sales#2017-01|2017-07|both|kherald_20170910", "cars"]
    )
    seven = cars.loc["thaad/car_sales#2016-01|2016-07|both|kherald_20160825", "cars"]
    base = seven - cars.loc["thaad/car_sales#2016-07|2016-07|both|kherald_20160825", "cars"]
    assert half["change"] == pytest.approx(100 * (half["cars"] / base - 1), abs=0.05)


def test_printed_changes_fit_the_printed_years():
    """Catches a change on the wrong row: where a page prints both years, its change is their ratio, to its
    rounding.
    """
    cars = load("thaad/car_sales").dropna(subset=["cars_year_before", "change"])
    worked = 100 * (cars["cars"] / cars["cars_year_before"] - 1)
    assert len(cars) >= 5
    assert ((worked - cars["change"]).abs() < 0.75).all()


def test_tallied_views_fit_the_published_figure():
    """Catches wrong weights: 80 percent unfavourable in South Korea in 2022 as published; answers add to 100.
    """
    views = load("thaad/pew_views")
    published = load("thaad/survey_points").query("pollster == 'Pew'")["value"].iloc[0]
    korea = views.query("country == 'KOR' and year == 2022")["unfavourable"].iloc[0]
    assert korea == pytest.approx(published, abs=1)
    assert (views[["favourable", "unfavourable", "no_answer"]].sum(axis=1) - 100).abs().max() < 0.2
    assert 2013 not in set(views["year"])


def test_stores_shut_do_not_exceed_the_stores_there():
    """Catches shut and total swapped."""
    stores = load("thaad/lotte_stores").dropna(subset=["of_stores"])
    assert (stores["stores"] <= stores["of_stores"]).all()


def test_entries_are_not_spliced_with_visitors():
    """Catches the two counts treated as one: in 2018 the ministry's entries differ from the organisation's
    visitors.
    """
    entries = load("thaad/entries_monthly").query("month.str.startswith('2018')")["entries"].sum()
    visitors = load("thaad/visitors_monthly").query("month.str.startswith('2018') and nationality == 'China'")
    assert entries / visitors["all_purposes"].sum() > 1.02


def test_events_name_one_decision_and_one_order():
    """Catches a second date for the two events on which everything hangs."""
    events = load("thaad/events")
    assert list(events[events["event"].str.startswith("Decision to deploy")]["date"]) == ["2016-07-08"]
    assert list(events[events["event"].str.startswith("Group-tour ban takes effect")]["date"]) == [
        "2017-03-15"
    ]


def test_contacts_named_are_as_many_as_counted():
    """Catches a number of unanswered contacts that does not fit the contacts named."""
    accounts = load("thaad/military_accounts").dropna(subset=["unanswered"])
    named = accounts["contacts"].fillna("").map(lambda cell: len([c for c in cell.split(";") if c]))
    assert list(named) == list(accounts["unanswered"]) and len(accounts) == 4
