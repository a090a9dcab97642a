"""The indicators beside the votes of C02, and the tables that they rest on."""

from report.book import indicators
from report.data.package import altered, load


def value(id: str) -> float:
    return {i.id: i for i in indicators("C02")}[id].value


def test_votes_on_others_sum_to_the_council():
    """Catches a misread count: fifteen members vote, and a unanimous vote is one that China joined."""
    cast = load("message/votes_elsewhere")
    assert (cast[["votes_yes", "votes_no", "votes_abstain"]].sum(axis=1) == 15).all()
    unanimous = cast[cast["votes_yes"] == 15]
    assert set(unanimous["vote_china"]) == {"yes"} and set(unanimous["vote_basis"]) == {"unanimous"}


def test_an_adopted_text_has_nine_votes_and_no_veto():
    """Catches an outcome that does not follow from its count, or a veto of China on an adopted text."""
    cast = load("message/votes_elsewhere")
    assert ((cast["votes_yes"] >= 9) | (cast["outcome"] == "not adopted")).all()
    assert set(cast[cast["vote_china"] == "no"]["outcome"]) == {"vetoed"}


def test_a_vote_turned_turns_the_indicator():
    """Catches an indicator that counts something else than China's votes for sanctions."""
    before = value("c02-yes-elsewhere-then")
    with altered("message/votes_elsewhere#S/RES/1737", "vote_china", "abstain"):
        assert value("c02-yes-elsewhere-then") == before - 1


def test_no_proposal_before_the_article_eased_sanctions():
    """Catches a draft of 2019 or 2021 seen from before the article."""
    own = load("message/initiatives")
    eases = own["kind"] == "draft to ease sanctions"
    assert own[eases]["date"].min() > own[~eases]["date"].max()
    assert value("c02-own-proposals-then") + value("c02-own-proposals-now") == len(own)
