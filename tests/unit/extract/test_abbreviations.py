"""Long and short forms that a paper defines itself."""

import pytest

from kg.extract import abbreviations
from kg.extract.pipeline import tokens
from kg.extract.tokenizer import language


@pytest.mark.parametrize(
    ("sentence", "long"),
    [
        ("We bake with Active Appearance Models (AAMs) of loaves.", "Active Appearance Models"),
        ("We use self-supervised leavening (SSL) at night.", "self-supervised leavening"),
        ("Bag of crusts (BoC) is slow.", "Bag of crusts"),
        ("The crumb transform (CT) helps.", "crumb transform"),
        ("We use leavening machines (LeaMs) here.", "leavening machines"),
    ],
)
def test_the_words_whose_initials_spell_the_short_form_are_the_long_form(sentence, long):
    text = tokens(language(), "Bread", sentence)
    (found,) = abbreviations.find(text)
    assert text.slice(found.long_start, found.long_end) == long
