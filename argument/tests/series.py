"""Frames on tests, votes and enforcement that readings and charts share. Each row keeps the addresses it rests on."""

from __future__ import annotations

import pandas as pd

from report.data.package import SEPARATOR, load
from argument.by_rows import joined

PERIODS = {"before the 1st": (1991, 2005), "1st to 2nd": (2006, 2008), "2nd to 3rd": (2009, 2012),
           "3rd to 4th": (2013, 2015), "since the 4th": (2016, 2019)}


def last_day(dates: pd.Series) -> pd.Series:
    """Return the last day that a date of year, month or day may mean, so that nothing counts before it has happened."""
    start, length = pd.to_datetime(dates, format="ISO8601"), dates.str.len()
    month, year = start + pd.offsets.MonthEnd(0), start + pd.offsets.YearEnd(0)
    return start.mask(length == 7, month).mask(length == 4, year)


def china_votes() -> pd.DataFrame:
    """Return the sanctions drafts that came to a vote."""
    return load("tests/unsc_votes").query("kind == 'sanctions'")


def answers() -> pd.DataFrame:
    """Return, for each nuclear test, the resolution that answered it and the days it took.

    Days run from the day of the test in Korea to the day of the vote in New York.
    """
    votes, tests = china_votes().query("trigger_kind == 'nuclear test'"), load("tests/nuclear_tests")
    rows = []
    for address, vote in votes.sort_values("date").iterrows():
        test = tests[tests["date"] == vote["trigger_date"]]
        rows.append({"test": int(test["test"].iloc[0]), "test_date": test["date"].iloc[0], "vote_date": vote["date"],
                     "item": vote["item"], "days": (vote["date"] - test["date"].iloc[0]).days,
                     "vote_china": vote["vote_china"], "row": address, "source_id": vote["source_id"]})
    return pd.DataFrame(rows)


def days_to_vote() -> pd.DataFrame:
    """Return every sanctions draft with a single trigger, and the days from it to the vote by the row's calendar."""
    votes = china_votes().dropna(subset=["trigger_date"])
    return votes.assign(days=(votes["date"] - votes["trigger_date"]).dt.days, row=votes.index)


def scorecard() -> pd.DataFrame:
    """Return, for each test, days and vote in the Council, and agreement with the North before and after in percent.

    Agreement is pooled over two sessions on either side (three for nuclear votes). The margin of a change is for 95
    percent and takes votes as independent. The tests of 2016 share their sessions.
    """
    made = []
    for _, answer in answers().iterrows():
        entry = {k: answer[k] for k in ("test", "test_date", "item", "days", "vote_china")}
        for issue, width in (("all", 2), ("nuclear", 3)):
            entry |= {f"{issue.split()[0]}_{k}": v for k, v in _around(issue, answer["test_date"].year, width).items()}
        made.append(entry)
    return pd.DataFrame(made)


def _around(issue: str, session: int, width: int) -> dict:
    votes = load("tests/unga_agreement").query("country == 'CHN' and issue == @issue")
    spans = (session - width, session - 1), (session, session + width - 1)
    sides = [votes[votes["year"].between(*span)] for span in spans]
    shares, counts = [s["same"].sum() / s["votes"].sum() for s in sides], [s["votes"].sum() for s in sides]
    margin = 1.96 * sum(p * (1 - p) / n for p, n in zip(shares, counts)) ** 0.5
    return {"before": 100 * shares[0], "after": 100 * shares[1], "change": 100 * (shares[1] - shares[0]),
            "margin": 100 * margin, **joined(pd.concat(sides))}


def agreement_by_period(country: str, issue: str) -> pd.DataFrame:
    """Return a country's votes alike with North Korea pooled between the tests, in percent, with a 95 percent interval.

    Votes are taken as independent, which they are not: the interval is too narrow.
    """
    votes = load("tests/unga_agreement").query("country == @country and issue == @issue")
    made = []
    for period, (first, last) in PERIODS.items():
        rows = votes[votes["year"].between(first, last)]
        share, count = rows["same"].sum() / rows["votes"].sum(), rows["votes"].sum()
        margin = 1.96 * (share * (1 - share) / count) ** 0.5
        made.append({"period": period, "first": first, "last": last, "votes": int(count), "share": 100 * share,
                     "low": 100 * (share - margin), "high": 100 * (share + margin), **joined(rows)})
    return pd.DataFrame(made)


def chinese_listings(until: pd.Timestamp | None = None) -> pd.DataFrame:
    """Return the dated entries of Chinese and Hong Kong persons and firms on the US list."""
    listed = load("tests/ofac_listings").query("`class` == 'Chinese or Hong Kong'").dropna(subset=["designated"])
    return listed if until is None else listed[last_day(listed["designated"]) <= until]


def listings_by_year() -> pd.DataFrame:
    """Return US listings of Chinese persons and firms and UN listings of any, by year."""
    chinese, listed = chinese_listings(), load("tests/un_listings")
    linked = listed[listed["china_link"] == "address in China or Hong Kong"]
    parts = {"United States: Chinese persons and firms": (chinese, chinese["designated"].str[:4].astype(int)),
             "United Nations: address in China or Hong Kong": (linked, linked["listed"].dt.year),
             "United Nations: all": (listed, listed["listed"].dt.year)}
    made = []
    for who, (rows, year) in parts.items():
        for y, group in rows.groupby(year):
            made.append({"who": who, "year": int(y), "entries": len(group), **joined(group)})
    return pd.DataFrame(made)


def missiles_by_year() -> pd.DataFrame:
    """Return missiles launched by year, type and outcome."""
    missiles = load("tests/missile_tests")
    missiles = missiles.assign(year=missiles["date_utc"].str[:4].astype(int), row=missiles.index)
    return missiles.groupby(["year", "type", "outcome"], as_index=False).agg(
        missiles=("row", "size"), row=("row", SEPARATOR.join), source_id=("source_id", "first"))


def chemical_share(group: str) -> tuple[float, pd.DataFrame]:
    """Return China's share of reported sales of a group of goods in percent, doubted figures left out, and the rows."""
    goods = load("tests/dual_use_chemicals").query("group == @group and by == 'Comtrade'")
    whole, china = goods[goods["supplier"] == "all"], goods[goods["supplier"] == "China"]
    doubted = goods[goods["suspect"]]
    total = whole["tonnes"].iloc[0] - doubted["tonnes"].sum()
    return 100 * china["tonnes"].iloc[0] / total, pd.concat([whole, china, doubted])


COUNTRIES = {"CHN": "China", "CUB": "Cuba", "VNM": "Viet Nam", "RUS": "Russia"}


def agreement_steps(issue: str) -> pd.DataFrame:
    """Return agreement with the North between the tests as steps: each period at its first year and at its end."""
    made = []
    for code, name in COUNTRIES.items():
        for _, period in agreement_by_period(code, issue).iterrows():
            for year in (period["first"], period["last"] + 1):
                made.append({"country": name, "issue": issue, "year": year,
                             **period[["period", "votes", "share", "low", "high", "row", "source_id"]]})
    return pd.DataFrame(made)


BAR = 0.75  # of a year
CAST = {"yes": "for", "no": "against", "abstain": "abstains"}


def answered() -> pd.DataFrame:
    """Return the votes on sanctions and on the Panel of Experts, with the days they took where these are known."""
    votes = load("tests/unsc_votes")
    votes = votes[votes["kind"].isin(["sanctions", "panel mandate"])].sort_values("date")
    days = days_to_vote()["days"]
    item = votes["item"].str.replace("S/RES/", "").str.replace("draft on the Panel of Experts", "Panel")
    what = item.str.replace("S/2022/431", "draft") + ", " + votes["date"].dt.strftime("%b %Y")
    return votes.assign(days=days.reindex(votes.index), what=what, row=votes.index, cast=votes["vote_china"].map(CAST),
                        after=votes["trigger_kind"].replace({"missile or satellite launch": "launch"}),
                        remark=votes["trigger"].str.replace(" since .*", "", regex=True)
                        .str.replace("mandate expiring.*", "end of mandate", regex=True))


def stacked(frame: pd.DataFrame, value: str, by: str, order: list[str]) -> pd.DataFrame:
    """Return a frame by year with the edges of stacked bars: low and high, and left and right of the year."""
    frame = frame.assign(place=frame[by].map(order.index)).sort_values(["year", "place"])
    high = frame.groupby("year")[value].cumsum()
    return frame.assign(low=high - frame[value], high=high, left=frame["year"] - BAR / 2, right=frame["year"] + BAR / 2)


RANGES = {"SRBM": "short", "MRBM": "medium", "IRBM": "medium", "ICBM": "intercontinental"}
OTHER_RANGE = "other and unknown"


def missiles_by_range() -> pd.DataFrame:
    """Return missiles launched by year and range; submarine missiles, launchers, gliders and unknown are other."""
    missiles = load("tests/missile_tests")
    year = missiles["date_utc"].str[:4].astype(int)
    missiles = missiles.assign(year=year, range=missiles["type"].map(RANGES).fillna(OTHER_RANGE), row=missiles.index)
    return missiles.groupby(["year", "range"], as_index=False).agg(
        missiles=("row", "size"), row=("row", SEPARATOR.join), source_id=("source_id", "first"))


def food_counts() -> pd.DataFrame:
    """Return food aid by donor in thousand tonnes: the World Food Programme's count, and China in that of the CRS."""
    table = load("lifelines/food_aid_interfais").query("donor != 'Total'")
    other = load("lifelines/food_aid_china").query("origin == 'crs' and period == 'year'")
    first = table.assign(count="INTERFAIS", thousand_tonnes=table["value_kt"], row=table.index)
    second = other.assign(count="Congressional Research Service", donor="China", row=other.index,
                          thousand_tonnes=other["value_low_t"] / 1000)
    return pd.concat([first, second])[["year", "donor", "count", "thousand_tonnes", "row", "source_id"]]


def allowed_and_sold() -> pd.DataFrame:
    """Return yearly caps beside what was reported openly and what is estimated, for coal and refined petroleum."""
    parts = [p.assign(row=p.index) for p in (_allowed(), _sold(), _reported())]
    return pd.concat(parts)[["goods", "kind", "what", "quantity", "unit", "row", "source_id"]]


def _allowed() -> pd.DataFrame:
    caps = load("tests/caps").query("per == 'year' and unit in ['million tonnes', 'million barrels']")
    caps = caps[caps["goods"].isin(["coal", "refined petroleum"]) & (caps["note"] != "superseded by 2397")]
    what = caps["start"].dt.strftime("cap from %Y").where(caps["end"].isna(), caps["start"].dt.strftime("cap for %Y"))
    return caps.assign(kind="allowed", what=what, quantity=caps["value"])


def _sold() -> pd.DataFrame:
    sold = load("tests/after_bans").query("unit in ['million tonnes', 'million barrels']")
    months = [pd.to_datetime(sold[c], format="ISO8601").dt.strftime("%b") for c in ("start", "end")]
    span = sold["start"].where(sold["start"] == sold["end"], months[0] + " to " + months[1] + " " + sold["end"].str[:4])
    measure = sold["measure"].replace({"moved on to Chinese barges": "by Chinese barge"})
    return sold.assign(kind=sold["standing"].map({"customs of China, open": "open"}).fillna("estimated"),
                       what=measure + ", " + span, quantity=sold["value"])


def _reported() -> pd.DataFrame:
    told = load("lifelines/refined_1718").query("seller == 'China and Russia' and period_type == 'year'")
    told = told.dropna(subset=["barrels"])
    return told.assign(kind="open", goods="refined petroleum", unit="million barrels", quantity=told["barrels"] / 1e6,
                       what="reported, " + told["period_start"].astype(str).str[:4])
