"""Which records are of one paper, and what becomes of their fields."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Paper
from kg.resolve.identity import identifiers, identity, set_apart
from kg.resolve.ids import arxiv_id, doi
from kg.resolve.merge import Gathering, conflicts, merge_papers

PREPRINT = Paper("2401.00001", "On Bread", "Crust.", arxiv_id="2401.00001", date="2024-01-02")
JOURNAL = Paper("10.1/b", "Bread, Revisited", "Crust and crumb.", doi="10.1/b", date="2024")
BOTH = Paper("2401.00001", "On  bread!", doi="10.1/b", arxiv_id="2401.00001", ids=("s2:ab",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2312.00752v2", "2312.00752"),
        ("https://arxiv.org/pdf/2312.00752v2.pdf", "2312.00752"),
        ("10.48550/arXiv.2312.00752", "2312.00752"),
        ("oai:arXiv.org:hep-th/9901001", "hep-th/9901001"),
        ("math.GT/0309136v1", "math/0309136"),
        ("10.1016/j.neunet.2012.10342", None),
        ("https://x.org/article/1234567", None),
        ("2020.29798", None),
    ],
)
def test_arxiv_ids_are_told_from_what_looks_like_them(text, found):
    assert arxiv_id(text) == found


def test_dois_with_a_divided_registrant():
    assert doi("doi:10.1000.10/123456") == "10.1000.10/123456"


def test_records_are_chained_into_one_paper_in_any_order():
    outcomes = set()
    for records in permutations([PREPRINT, JOURNAL, BOTH]):
        gathering = Gathering()
        for record in records:
            gathering.add(record)
        outcomes.add(tuple(gathering.papers()))
    ((paper,),) = outcomes
    assert (paper.id, paper.title, paper.date) == ("2401.00001", "Bread, Revisited", "2024-01-02")
    assert paper.ids == ("s2:ab", "title:on bread")
    assert identity(PREPRINT) | identity(JOURNAL) <= identity(paper)


def test_an_id_of_a_file_makes_no_two_records_one_paper():
    gathering = Gathering()
    for title in ("On Bread", "On Tea"):
        gathering.add(Paper("1", title, ids=("1",)))
    assert [p.title for p in gathering.papers()] == ["On Bread", "On Tea"]
    assert len({set_apart(p).id for p in gathering.papers()}) == 2


def test_contradictions_are_told_from_fuller_values():
    assert [field for field, *_ in conflicts(PREPRINT, JOURNAL)] == ["title"]
    other = Paper("x", "On Bread", "Something else.", date="2023")
    assert [field for field, *_ in conflicts(PREPRINT, other)] == ["abstract", "date"]


NAMES = st.lists(st.sampled_from(["1", "openalex:W1", "s2:b", "title:a"]), max_size=2, unique=True)
RECORDS = st.builds(
    lambda title, arxiv, doi, ids: Paper(
        arxiv or doi or min(ids, default="s"), title, arxiv_id=arxiv, doi=doi, ids=tuple(ids)
    ),
    st.sampled_from(["A", "a!", "B", "C++", "C", "𝕊", "面包"]),
    st.sampled_from([None, "2401.00001", "2401.00002"]),
    st.sampled_from([None, "10.1/b", "10.1/cc"]),
    NAMES,
)


@settings(max_examples=100, deadline=None)
@given(RECORDS, RECORDS, RECORDS)
def test_merging_keeps_every_identifier_and_never_depends_on_the_order(a, b, c):
    assert merge_papers(a, b) == merge_papers(b, a)
    assert merge_papers(merge_papers(a, b), c) == merge_papers(a, merge_papers(b, c))
    assert identifiers(merge_papers(a, b)) == identifiers(a) | identifiers(b)
    assert merge_papers(merge_papers(a, b), b) == merge_papers(a, b)


@settings(max_examples=100, deadline=None)
@given(st.lists(RECORDS, max_size=6), st.randoms(use_true_random=False))
def test_gathering_never_depends_on_the_order(records, random):
    outcomes = []
    for _ in range(2):
        random.shuffle(records)
        gathering = Gathering()
        for record in records:
            gathering.add(record)
        outcomes.append(gathering.papers())
    assert outcomes[0] == outcomes[1]
