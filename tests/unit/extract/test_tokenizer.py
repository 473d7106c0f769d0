"""The tokenizer of chunks: the tokens are spaCy's own, whatever the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.tokenizer import COLUMNS, language

NLP = language()
RULES = NLP.tokenizer._chunks._rules
TEXTS = [
    "",
    " ",
    "  two blanks  before, and  after  ",
    "A Title\n\nAnd a text.\nOver lines \n and\tmore ",
    "It doesn't work; they cannot, won't (e.g. on U.S. data).",
    "ResNet-50-based models on CIFAR-10/CIFAR-100, MNIST,SVHN and network(CNN).",
    "See https://example.org/a_(b)?c=d. Or :-) at 10.5% (p<0.05), i.e. 3x.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_are_those_of_spacy(text):
    _agree(text)


@settings(deadline=None, max_examples=50)
@given(
    st.text(
        st.sampled_from("aBé1-./,;:()'’%\"\n \t\u2028nt")
        | st.characters(exclude_categories=["Cs"]),
        max_size=60,
    )
)
def test_tokens_of_any_text_are_those_of_spacy(text):
    _agree(text)


def _agree(text):
    mine, theirs = NLP.tokenizer(text), RULES(text)
    columns = mine.user_data[COLUMNS]
    assert mine.text == theirs.text == columns.text
    assert [(t.text, _norm(t), t.idx) for t in mine] == [(t.text, _norm(t), t.idx) for t in theirs]
    assert columns.folds == [t.norm_ for t in mine]
    assert columns.starts == [t.idx for t in theirs]
    assert columns.ends == [t.idx + len(t) for t in theirs]


def _norm(token):
    return "" if token.is_space else token.norm_  # to spaCy, one kind of blank is two blanks


@pytest.mark.parametrize("chunk", ["(", "a", "-", "a-", "a.", "1,", "'", "http://a/", "é)"])
def test_a_chunk_without_end_is_read_soon(chunk):
    """Under a second, where affix rules, whose cost is the square of the length, need an hour."""
    text = chunk * (400_000 // len(chunk))
    start = time.process_time()
    assert NLP.tokenizer(text).text == text
    assert time.process_time() - start < 60
