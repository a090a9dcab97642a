"""The ten sentences: a word of confidence follows from its grounds, and the page says what the words say."""

import csv
import re
from collections import Counter

import pytest

from argument.believe import beliefs, charts
from argument.believe.beliefs import Confidence
from report.book import numbers, verdicts
from report.data.package import altered, data_folder
from report.data.table import DataError
from report.rule import ReadingError
from report.show import Rests, Sentence, sentences
from tests.references import CHAPTERS


def word(name):
    return beliefs.beliefs()[name].confidence


def test_a_changed_verdict_changes_the_word():
    """A word of confidence that is typed, or kept from before."""
    assert word("returns") is Confidence.ALMOST
    before = verdicts("C21")["now"].word
    with altered("judgements#C18", "judgement", "holds"):
        assert word("cutoff") is Confidence.LIKELY  # a judgement of this report's own allows no more
    with altered("believe/grounds#returns|claim|C21", "says", "contradiction"):
        assert word("returns") is Confidence.UNTOLD
    assert word("cutoff") is Confidence.UNTOLD and verdicts("C21")["now"].word == before


def test_a_verdict_moved_by_its_own_data_moves_the_word():
    """A confidence that does not hear of the readings."""
    assert verdicts("C29")["now"].word == "supported" and word("firms") is Confidence.PROBABLY
    with altered("tests/investigations#shenyang_2017", "nuclear_usable", False):
        assert verdicts("C29")["now"].word != "supported"
        assert word("firms") is Confidence.UNTOLD  # more than one group is shown no longer


def test_a_verdict_that_rises_raises_the_word():
    """A word that can fall and never rise."""
    with altered("claim_limbs#C14|share", "threshold", 60.0), \
            altered("believe/grounds#leverage|claim|C10", "name", "C14"), \
            altered("believe/grounds#leverage|claim|C10", "says", "support"):
        found = verdicts("C14")["now"]
        assert found.word == "supported"
        grades = {"firm": Confidence.ALMOST, "shaky": Confidence.PROBABLY, "thin": Confidence.LIKELY}
        assert word("leverage") is grades[str(found.firmness)]


def test_the_weakest_ground_decides():
    """A mean of grounds, by which a firm claim makes up for one that fails."""
    for one in beliefs.beliefs().values():
        assert one.confidence.grade == min(ground.grade for ground in one.grounds) or one.limit
        assert one.grounds and one.rows and one.changes_it and one.read_where


def test_a_grade_is_data():
    """A rule of confidence that stands in code."""
    assert word("preference") is Confidence.PROBABLY  # a motive, though attested and firm
    with altered("believe/grades#motive|any", "grade", 3):
        assert word("preference") is Confidence.ALMOST
    with altered("believe/grades#firmness|firm", "grade", 1):
        assert word("firms") is Confidence.LIKELY


def test_an_explanation_that_fails_takes_the_sentence_with_it():
    """A sentence on motives that does not hear of the matrix."""
    assert word("motives") is Confidence.LIKELY
    with altered("believe/predictions#2010|stability", "predicts", "more pressure"), \
            altered("believe/predictions#2006|stability", "predicts", "no change"):
        assert word("motives") is Confidence.UNTOLD


def test_an_episode_that_one_indicator_turns_allows_less():
    """A word on what China did that hangs on one indicator, taken for one that does not."""
    assert word("brief") is Confidence.PROBABLY
    with altered("believe/grounds#brief|episode|2013", "name", "2018"):
        assert word("brief") is Confidence.LIKELY
    with altered("believe/grounds#brief|episode|2013", "name", "2010"):
        assert word("brief") is Confidence.UNTOLD


def test_a_limit_lowers_and_never_raises():
    """A limit that lends a sentence more than its grounds bear, or stands without a reason."""
    with altered("believe/beliefs#returns", "limit", "more likely than not"), \
            altered("believe/beliefs#returns", "limit_reason", "x"):
        assert word("returns") is Confidence.LIKELY and "Held lower because: x." in charts.ten().html
    with altered("believe/beliefs#firms", "limit", "almost certainly"):
        assert word("firms") is Confidence.ALMOST
    assert word("firms") is Confidence.PROBABLY
    with altered("believe/beliefs#cutoff", "limit", "probably"), \
            altered("believe/beliefs#cutoff", "limit_reason", "x"):
        assert word("cutoff") is Confidence.UNTOLD
    with altered("believe/beliefs#returns", "limit", "probably"), \
            pytest.raises(DataError, match="'returns' has a limit without a reason"):
        beliefs.beliefs()


@pytest.mark.parametrize(("address", "column", "value", "message"), [
    ("grounds#firms|claim|C29", "name", "C99", r"row 2, column name: 'C99' is no claim"),
    ("grounds#firms|reading|c29-several-now", "says", "support",
     r"row 3, column name: .* is no reading that is met or not"),
    ("grounds#brief|episode|2013", "name", "1999", r"'1999' is no episode; known are 2003"),
    ("grounds#creed|explanation|ideology", "name", "love", r"'love' is no explanation; known are buffer"),
    ("grounds#cutoff|judgement|C18", "name", "C17", r"'C17' has no graded judgement"),
    ("grounds#cutoff|judgement|C18", "belief", "other", r"'other' is no sentence of beliefs"),
    ("policy#firms", "beliefs", "other", r"row 3, column beliefs: .other. is no sentence; known are returns"),
])
def test_a_faulty_ground_is_refused(address, column, value, message):
    """A sentence that rests on a name nobody knows."""
    with altered(f"believe/{address}", column, value), pytest.raises(DataError, match=message):
        beliefs.policies()


def test_a_sentence_without_grounds_is_refused():
    """A sentence that rests on nothing and so cannot fall."""
    with altered("believe/beliefs#returns", "belief", "other"), pytest.raises(DataError, match="no sentence"):
        beliefs.beliefs()
    with pytest.raises(ReadingError, match="'x' rests on nothing"):
        sentences([Sentence("x", "probably", "X.", ())], ["probably"])
    with pytest.raises(ReadingError, match="has the word 'surely'; known are probably"):
        sentences([Sentence("x", "surely", "X.", (Rests("claim", "C21", ""),))], ["probably"])


def test_policy_is_as_sure_as_its_weakest_sentence():
    """Advice that is surer than what it rests on."""
    with (data_folder() / "believe" / "policy.csv").open(encoding="utf-8", newline="") as file:
        rests = [r["beliefs"].split(";") for r in csv.DictReader(file)]
    found = list(beliefs.policies()["confidence"])
    assert found == [str(min((word(one) for one in names), key=lambda w: w.grade)) for names in rests]


def test_the_page_says_what_the_words_say():
    """A tally, or a sentence about the list, that no longer fits it."""
    found, told = beliefs.beliefs(), numbers("believe")
    counts = Counter(one.confidence for one in found.values())
    assert {w.grade: n for w, n in counts.items()} == {g: int(told[f"believe-tally-{g}"]) for g in range(4)}
    assert [one.confidence.grade for one in found.values()] == sorted(
        (one.confidence.grade for one in found.values()), reverse=True)
    surest = [one.name for one in found.values() if one.confidence is Confidence.ALMOST]
    assert len(found) == 10 and surest == ["returns"]
    assert told["believe-seoul-apart"] == "none" and int(told["believe-two-apart"]) == 1
    assert told["believe-unchanged"] == "no" and told["believe-unturned-which"] == "2010, 2013 and 2016-17"
    assert told["believe-withheld-late"] == 2


def test_the_page_is_as_long_as_a_page():
    """A page for people in a hurry that grows beyond one sitting."""
    text = (CHAPTERS / "believe.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    prose = re.sub(r"^```.*?^```|\{[a-z]+\}`[^`]*`", " ", text, flags=re.S | re.M)
    assert 900 <= len(prose.split()) <= 1400
