"""Frames behind the charts of the message: tidy points, each with the addresses (``row``) and sources it rests on."""

from __future__ import annotations

import pandas as pd

from report.data.package import load
from argument.message.c03_closeness import BEFORE, RECENT, all_series, averages, leader_visits
from argument.by_rows import joined, rows_at
from argument.voices import plain

AUTUMN = ("2016-09-01", "2017-02-20")  # the months around the message
NEIGHBOURS = {"PRK": "North Korea", "KOR": "South Korea", "JPN": "Japan", "MNG": "Mongolia", "VNM": "Vietnam",
              "LAO": "Laos", "KHM": "Cambodia", "MMR": "Myanmar", "PAK": "Pakistan"}
SHORT = {"trade": "trade", "visits": "visits of officials", "meetings": "meetings of leaders",
         "entries": "entries to China", "food-aid": "food aid", "votes": "votes alike"}
SPANS = {"then": "2013–16", "now": "since 2018"}
CLOSER, COOLER = "not below before", "below before"


def _rows_of(rows: pd.DataFrame, **columns) -> pd.DataFrame:
    """Return ``columns`` beside the addresses and sources of the rows they were made from, one mark a row."""
    return pd.DataFrame({**columns, "row": rows.index, "source_id": rows["source_id"]}).reset_index(drop=True)


# (a) what China did

def acts() -> pd.DataFrame:
    """Return China's acts toward the North by date, with what each did to the pressure on it."""
    rows = load("tests/china_actions")
    year = rows["date"].str[:4].astype(int)
    frame = _rows_of(rows, year=year, **{c: rows[c] for c in ("date", "act", "what", "direction", "domain")})
    frame["up"] = frame["direction"] == "tightens"
    frame["body"] = frame["domain"].where(frame["domain"] == "Security Council", "other act")
    nth = frame.sort_values("date", kind="stable").groupby(["year", "up"]).cumcount() + 1
    frame["height"] = nth.where(frame["up"], -nth)
    return frame.sort_values("date", kind="stable", ignore_index=True)


# (b) who met whom

def meetings() -> pd.DataFrame:
    """Return the meetings of the leaders of China and the North, one row a meeting, as held or announced."""
    held = leader_visits(("summit",))
    rows = load("alliance/leader_meetings")
    announced = rows[(rows["partner"] == "China") & (rows["basis"] == "announced")]
    rows = pd.concat([held, announced.assign(year=announced["date_start"].str[:4].astype(int))])
    frame = _rows_of(rows, year=rows["year"], date=rows["date_start"], leader=rows["dprk_leader"], place=rows["place"],
                     basis=rows["basis"])
    frame["nth"] = frame.sort_values("date", kind="stable").groupby("year").cumcount() + 1
    return frame


def visits() -> pd.DataFrame:
    """Return visits of senior officials between China and nine neighbours by year, from the break in coding on."""
    rows = load("alliance/elite_visits").query("year >= @BEFORE[0] and year <= 2015")
    return _rows_of(rows, year=rows["year"], country=rows["partner"].map(NEIGHBOURS), visits=rows["all_visits"],
                    north=rows["partner"] == "PRK")


def closeness() -> pd.DataFrame:
    """Return each series of closeness as recent average in percent of the average before, at each vantage it has."""
    made = []
    for series in all_series():
        for vantage in series.notes:
            recent, before = averages(series.yearly, vantage)
            used = series.yearly.loc[BEFORE[0]:RECENT[vantage][1]]
            rows = ";".join(dict.fromkeys(r for r in used["row"] if r))
            made.append({"series": series.label, "unit": series.unit, "name": series.name, "vantage": vantage,
                         "measure": SHORT[series.name], "span": SPANS[vantage],
                         "recent": recent, "before": before, "percent": 100 * recent / before, "row": rows,
                                                  "key": f"{series.name}-{vantage}",
                         "source_id": joined(rows_at(rows))["source_id"],
                                                  "judged": CLOSER if recent >= before else COOLER})
    return pd.DataFrame(made)


# (c) what was said and done around November 2016

def autumn() -> pd.DataFrame:
    """Return dated sayings and doings from the fifth nuclear test to the article, of whatever table holds them."""
    made = [_said(), _tests(), _voted(), _done(), _told(), _launched()]
    frame = pd.concat(made, ignore_index=True).sort_values("date", kind="stable")
    return frame[frame["date"].between(*AUTUMN)].reset_index(drop=True)


def _strip(rows: pd.DataFrame, date: pd.Series, lane: str, event: pd.Series,
           what: pd.Series | None = None) -> pd.DataFrame:
    return _rows_of(rows, date=date, lane=lane, event=event, what=event if what is None else what)


def _said() -> pd.DataFrame:
    rows = load("voices/statements")
    rows = rows[rows["date"].str.len() == 10].drop_duplicates("statement_id")
    return _strip(rows, rows["date"], "said", plain(rows["speaker"]), rows["paraphrase"])


def _tests() -> pd.DataFrame:
    rows = load("tests/nuclear_tests")
    return _strip(rows, rows["date"].dt.strftime("%Y-%m-%d"), "the North", "nuclear test " + rows["test"].astype(str))


def _voted() -> pd.DataFrame:
    rows = load("tests/unsc_votes")
    items = rows["item"].str.replace("procedural vote on", "vote on")
    return _strip(rows, rows["date"].dt.strftime("%Y-%m-%d"), "Security Council", items, rows["measures"])


def _done() -> pd.DataFrame:
    rows = load("tests/china_actions").query("domain not in ('Security Council', 'words')")
    rows = rows[rows["date"].str.len() == 10]
    return _strip(rows, rows["date"], "China's acts", rows["act"], rows["what"])


def _told() -> pd.DataFrame:
    rows = load("message/munich_message").query("meeting_starts.notna()").head(1)
    days = rows["meeting_starts"].dt.strftime("%Y-%m-%d")
    return _strip(rows, days, "said", "meeting in " + rows["place"], rows["series"])


def _launched() -> pd.DataFrame:
    rows = load("tests/missile_tests")
    rows = rows[rows["date_utc"].str.len() == 10].drop_duplicates("date_utc")
    return _strip(rows, rows["date_utc"], "the North", rows["missile"] + " launched")
