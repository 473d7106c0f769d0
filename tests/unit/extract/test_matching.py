"""The table of phrases finds what spaCy's PhraseMatcher finds, in the same order."""

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from kg.extract.matching import PhraseTable

NLP = spacy.blank("en")
WORDS = st.lists(st.sampled_from("abc"), min_size=1, max_size=4)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=6), st.lists(st.sampled_from("abcd"), max_size=20))
def test_matches_are_those_of_spacy(phrases, text):
    table, matcher = PhraseTable[str](), PhraseMatcher(NLP.vocab)
    for phrase in phrases:
        table.add(phrase, " ".join(phrase))
        matcher.add(" ".join(phrase), [Doc(NLP.vocab, phrase)])
    found = matcher(Doc(NLP.vocab, text)) if text else []
    theirs = [(NLP.vocab.strings[key], start, end) for key, start, end in found]
    assert list(table.matches(text)) == theirs
