"""Series on tests, votes and enforcement: measures, each with the rows it was computed from.

Days between a test and its answer run from the day of the test in Korea to the day of the vote in New York;
by New York's calendar each is one day longer, so that no comparison changes. A vote's row names the day of
its test itself.
"""

from __future__ import annotations

from math import sqrt

import pandas as pd

from argument.tests.windows import LIMB
from report.data.sources import sources
from report.data.package import load, remembered
from report.dates import last_days
from report.rule import by_cutoff, limb, seen
from report.trace import Measure, count, mean, measure, measures, only, percent_of, total

PERIODS = {"before the 1st": (1991, 2005), "1st to 2nd": (2006, 2008), "2nd to 3rd": (2009, 2012),
           "3rd to 4th": (2013, 2015), "since the 4th": (2016, 2019)}
TWO_SIDED_95 = 1.96


# The Security Council ---------------------------------------------------------------------------------------

def sanctions_drafts() -> pd.DataFrame:
    """Return the sanctions drafts that came to a vote."""
    return load("tests/unsc_votes").query("kind == 'sanctions'")


def backed_by_china() -> pd.DataFrame:
    """Return the sanctions drafts that China voted for."""
    return sanctions_drafts().query("vote_china == 'yes'")


def drafts_backed(vantage: str) -> Measure:
    """Return in words how many of the sanctions drafts up to the vantage China voted for."""
    drafts = seen("C25", sanctions_drafts(), vantage)
    return measure(drafts, f"{(drafts['vote_china'] == 'yes').sum()} of {len(drafts)}")


def answers() -> pd.DataFrame:
    """Return, for each nuclear test, the resolution that answered it and the days it took."""
    votes = sanctions_drafts().query("trigger_kind == 'nuclear test'").sort_values("date")
    number = load("tests/nuclear_tests").set_index("date")["test"]
    made = []
    for address, vote in votes.iterrows():
        test_date, vote_date = vote["trigger_date"], vote["date"]
        days = measure(votes.loc[[address]], (vote_date - test_date).days, unit="days",
                       period=(f"{test_date:%Y-%m-%d}", f"{vote_date:%Y-%m-%d}"))
        made.append({"test": int(number[test_date]), "test_date": test_date, "vote_date": vote_date,
                     "item": vote["item"], "days": days, "vote_china": vote["vote_china"]})
    return pd.DataFrame(made)


def days_to_vote() -> pd.Series:
    """Return the days from trigger to vote, by the row's calendar, for each draft with a single trigger."""
    votes = sanctions_drafts().dropna(subset=["trigger_date"])
    return measures(votes.assign(days=(votes["date"] - votes["trigger_date"]).dt.days), "days", unit="days")


CAST = {"yes": "for", "no": "against", "abstain": "abstains"}


def answered() -> pd.DataFrame:
    """Return the votes on sanctions and on the Panel of Experts, with the days they took where known."""
    votes = load("tests/unsc_votes")
    votes = votes[votes["kind"].isin(["sanctions", "panel mandate"])].sort_values("date")
    item = votes["item"].str.replace("S/RES/", "").str.replace("draft on the Panel of Experts", "Panel")
    what = item.str.replace("S/2022/431", "draft") + ", " + votes["date"].dt.strftime("%b %Y")
    remark = votes["trigger"].str.replace(" since .*", "", regex=True)
    return votes.assign(days=days_to_vote().reindex(votes.index), what=what,
                        cast=votes["vote_china"].map(CAST),
                        after=votes["trigger_kind"].replace({"missile or satellite launch": "launch"}),
                        remark=remark.str.replace("mandate expiring.*", "end of mandate", regex=True))


def tightening_acts(vantage: str) -> pd.DataFrame:
    """Return China's tightening acts outside the Council, with the last day that each may mean."""
    acts = load("tests/china_actions").query("direction == 'tightens' and domain != 'Security Council'")
    return seen("C26", acts, vantage).assign(day=lambda acts: last_days(acts["date"]))


def acts_on_record(vantage: str) -> pd.DataFrame:
    """Return China's acts on record: from the first sanctions to the article, or since the sixth test."""
    acts = load("tests/china_actions")
    since = limb(LIMB).setting(f"acts_since_{vantage}")
    return seen("C25", acts[last_days(acts["date"]) >= since], vantage)


def acts_told(vantage: str) -> Measure:
    """Return in words how many acts on record tighten and how many shield."""
    acts = acts_on_record(vantage)
    tightens, shields = ((acts["direction"] == way).sum() for way in ("tightens", "shields"))
    return measure(acts, f"{tightens} tighten and {shields} shield")


# The General Assembly ---------------------------------------------------------------------------------------

@remembered
def agreement(issue: str, country: str = "CHN") -> pd.DataFrame:
    """Return votes in the General Assembly together and alike with North Korea, by year of the session."""
    rows = load("tests/unga_agreement").query("issue == @issue and country == @country")
    return pd.DataFrame({column: measures(rows, column, by="year", unit="votes")
                         for column in ("votes", "same")})


@remembered
def net_agreement(issue: str) -> pd.DataFrame:
    """Return China's share of votes alike less the mean of other states: without the North's own moves."""
    others = limb(LIMB).listed("others")
    shares = {country: _shares_alike(issue, country) for country in ("CHN", *others)}
    years = [year for year in shares["CHN"].index if all(year in shares[country] for country in others)]
    net = {year: shares["CHN"][year] - mean(shares[country][year] for country in others) for year in years}
    return pd.DataFrame({"value": pd.Series(net, dtype=object)})


def _shares_alike(issue: str, country: str) -> pd.Series:
    votes = agreement(issue, country)
    pairs = zip(votes["same"], votes["votes"], strict=True)
    return pd.Series([percent_of(same, both) for same, both in pairs], index=votes.index)


def published_agreement() -> pd.DataFrame:
    """Return the share of votes alike as the voting dataset prints it, in percent."""
    printed = measures(load("tests/unga_agreement_published"), "with_china", by="year")
    return pd.DataFrame({"value": 100 * printed})


def margin(*samples: pd.DataFrame) -> Measure:
    """Return half the 95 percent interval of a pooled share of votes alike, or of a difference, in points.

    Votes are taken as independent, which they are not: the interval is too narrow. It may reach past 100
    percent.
    """
    shares = [total(sample["same"]) / total(sample["votes"]) for sample in samples]
    variance = total((share * (1 - share) / total(sample["votes"])).given(unit="of 1")
                     for share, sample in zip(shares, samples, strict=True))
    return Measure(100 * TWO_SIDED_95 * sqrt(variance.number), "points", variance.period, variance.rows)


def _pooled_share(votes: pd.DataFrame) -> Measure:
    return percent_of(total(votes["same"]), total(votes["votes"]))


def before_and_after_tests() -> pd.DataFrame:
    """Return, for each test, agreement with the North before and after it in percent, change and margin.

    Agreement is pooled over two sessions on either side (three for nuclear votes). The tests of 2016 share
    their sessions.
    """
    made = []
    for answer in answers().itertuples():
        entry = {"test": answer.test, "session": answer.test_date.year}
        for issue, width in (("all", 2), ("nuclear", 3)):
            around = _around(issue, entry["session"], width)
            entry |= {f"{issue}_{which}": share for which, share in around.items()}
        made.append(entry)
    return pd.DataFrame(made)


def _around(issue: str, session: int, width: int) -> dict[str, Measure]:
    votes = agreement(issue)
    sides = votes.loc[session - width:session - 1], votes.loc[session:session + width - 1]
    before, after = (_pooled_share(side) for side in sides)
    return {"before": before, "after": after, "change": (after - before).given(unit="points"),
            "margin": margin(*sides)}


def agreement_by_period(country: str, issue: str) -> pd.DataFrame:
    """Return a country's votes alike with the North pooled between the tests, percent, and its interval."""
    votes, made = agreement(issue, country), []
    for period, (first, last) in PERIODS.items():
        inside = votes.loc[first:last]
        share, reach = _pooled_share(inside), margin(inside).given(unit="percent")
        made.append({"period": period, "first": first, "last": last, "votes": total(inside["votes"]),
                     "share": share, "low": share - reach, "high": share + reach})
    return pd.DataFrame(made)


COUNTRIES = {"CHN": "China", "CUB": "Cuba", "VNM": "Viet Nam", "RUS": "Russia"}


def agreement_steps(issue: str) -> pd.DataFrame:
    """Return agreement with the North as steps between the tests: a period at its first year and its end."""
    made = []
    for code, name in COUNTRIES.items():
        for step in agreement_by_period(code, issue).itertuples():
            made += [{"country": name, "issue": issue, "year": year, "period": step.period,
                      "votes": step.votes, "share": step.share} for year in (step.first, step.last + 1)]
    return pd.DataFrame(made)


# Food aid ---------------------------------------------------------------------------------------------------

def food_counts() -> pd.DataFrame:
    """Return food aid by donor in thousand tonnes: by INTERFAIS, and China's by the CRS."""
    counted = load("lifelines/food_aid_interfais").query("donor != 'Total'")
    other = load("lifelines/food_aid_china").query("origin == 'crs' and period == 'year'")
    tonnes = measures(other, "value_low_t") / 1000
    first = counted.assign(count="INTERFAIS",
                           thousand_tonnes=measures(counted, "value_kt", unit="thousand tonnes"))
    second = other.assign(count="Congressional Research Service", donor="China",
                          thousand_tonnes=[one.given(unit="thousand tonnes") for one in tonnes])
    return pd.concat([first, second])[["year", "donor", "count", "thousand_tonnes"]]


# Supplies, caps and lists -----------------------------------------------------------------------------------

def nuclear_supply(vantage: str) -> pd.DataFrame:
    """Return the investigations up to the vantage into nuclear goods that went to the North."""
    part, found = limb("C29.supplied"), seen("C29", load("tests/investigations"), vantage)
    return found[found["category"].str.startswith(part.setting("goods"))
                 & (found["direction"] == part.setting("direction"))]


def chinese_listings() -> pd.DataFrame:
    """Return the dated entries of Chinese and Hong Kong persons and firms on the US list."""
    listed = load("tests/ofac_listings").query("`class` == 'Chinese or Hong Kong'")
    return listed.dropna(subset=["designated"])


def linked_to_china(listed: pd.DataFrame) -> pd.DataFrame:
    """Return the entries of the UN list with an address in China or Hong Kong."""
    return listed[listed["china_link"] == "address in China or Hong Kong"]


LISTED_BY_US = "United States: Chinese persons and firms"
LISTED_IN_CHINA = "United Nations: address in China or Hong Kong"
LISTED_BY_UN = "United Nations: all"


def listings_by_year() -> pd.DataFrame:
    """Return US listings of Chinese persons and firms and UN listings of any, by year."""
    chinese, listed = chinese_listings(), load("tests/un_listings")
    linked = linked_to_china(listed)
    parts = {LISTED_BY_US: (chinese, chinese["designated"].str[:4].astype(int)),
             LISTED_IN_CHINA: (linked, linked["listed"].dt.year),
             LISTED_BY_UN: (listed, listed["listed"].dt.year)}
    return pd.DataFrame([{"who": who, "year": int(year), "entries": count(group, unit="entries")}
                         for who, (rows, years) in parts.items() for year, group in rows.groupby(years)])


def year_of_un_list() -> str:
    """Return the year in which the Council's list stood as the table has it; raise ValueError for several."""
    ids = set(load("tests/un_listings")["source_id"])
    year, = {str(sources()[id].date)[:4] for id in ids}
    return year


def chemicals(group: str) -> pd.Series:
    """Return the tonnes reported of a group of goods by supplier, ``all`` among them, doubted ones apart.

    The Series has the suppliers as its index; doubted figures stand under ``doubted``, added up, where there
    are any.
    """
    goods = load("tests/dual_use_chemicals").query("group == @group and by == 'Comtrade'")
    sold = measures(goods[~goods["suspect"]], "tonnes", by="supplier")
    doubted = measures(goods[goods["suspect"]], "tonnes")
    return pd.concat([sold, pd.Series({"doubted": total(doubted)})]) if len(doubted) else sold


def chemical_share(group: str, *, doubted: bool = False) -> Measure:
    """Return China's share of reported sales of a group of goods in percent, doubted figures out or in."""
    sold = chemicals(group)
    left_out = "doubted" in sold and not doubted
    return percent_of(sold["China"], sold["all"] - sold["doubted"] if left_out else sold["all"])


def violation_counts() -> pd.DataFrame:
    """Return how many states and territories were named in breaches, by the period of the reports."""
    return load("tests/violation_counts").query("named == 'in violations'")


def allowed_and_sold() -> pd.DataFrame:
    """Return yearly caps beside what was reported and what is estimated, for coal and refined petroleum."""
    return pd.concat([_allowed(), _sold(), _reported()])[["goods", "kind", "what", "quantity", "unit"]]


def _allowed() -> pd.DataFrame:
    caps = load("tests/caps").query("per == 'year' and unit in ['million tonnes', 'million barrels']")
    caps = caps[caps["goods"].isin(["coal", "refined petroleum"]) & (caps["note"] != "superseded by 2397")]
    open_ended, for_a_year = (caps["start"].dt.strftime(words) for words in ("cap from %Y", "cap for %Y"))
    return caps.assign(kind="allowed", what=open_ended.where(caps["end"].isna(), for_a_year),
                       quantity=_quantities(caps))


def _sold() -> pd.DataFrame:
    sold = load("tests/after_bans").query("unit in ['million tonnes', 'million barrels']")
    months = [pd.to_datetime(sold[c], format="ISO8601").dt.strftime("%b") for c in ("start", "end")]
    within_a_year = months[0] + " to " + months[1] + " " + sold["end"].str[:4]
    span = sold["start"].where(sold["start"] == sold["end"], within_a_year)
    how = sold["measure"].replace({"moved on to Chinese barges": "by Chinese barge"})
    return sold.assign(kind=sold["standing"].map({"customs of China, open": "open"}).fillna("estimated"),
                       what=how + ", " + span, quantity=_quantities(sold))


def _quantities(rows: pd.DataFrame) -> list[Measure]:
    return [only(rows.loc[[address]], "value") for address in rows.index]


def _reported() -> pd.DataFrame:
    told = load("lifelines/refined_1718").query("seller == 'China and Russia' and period_type == 'year'")
    told = told.dropna(subset=["barrels"])
    millions = measures(told, "barrels", unit="barrels") / 1e6
    return told.assign(kind="open", goods="refined petroleum", unit="million barrels",
                       quantity=[one.given(unit="million barrels") for one in millions],
                       what="reported, " + told["period_start"].astype(str).str[:4])


# Missiles ---------------------------------------------------------------------------------------------------

RANGES = {"SRBM": "short", "MRBM": "medium", "IRBM": "medium", "ICBM": "intercontinental"}
OTHER_RANGE = "other and unknown"


def missiles_after_the_article() -> pd.DataFrame:
    """Return the missiles that were launched after the last event that the article names."""
    missiles = load("tests/missile_tests")
    return missiles[~by_cutoff(missiles["date_utc"])]


def missiles_by_range() -> pd.DataFrame:
    """Return missiles launched by year and range; for submarines, launchers, gliders, unknown: other."""
    missiles = load("tests/missile_tests")
    missiles = missiles.assign(year=missiles["date_utc"].str[:4].astype(int),
                               range=missiles["type"].map(RANGES).fillna(OTHER_RANGE))
    return pd.DataFrame([{"year": year, "range": reach, "missiles": count(group, unit="missiles")}
                         for (year, reach), group in missiles.groupby(["year", "range"])])
