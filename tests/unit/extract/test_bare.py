"""Everyday words that name something in the right company alone."""

import pytest


@pytest.mark.parametrize(
    ("text", "word", "named"),
    [
        ("We help with segmentation, tracking and more.", "segmentation", True),
        ("We help with segmentation of frogs near ponds.", "segmentation", False),
        ("It has a model size of 3 MB.", "model size", True),
        ("It has a small model size near the pond.", "model size", False),
    ],
)
def test_company(annotate, text, word, named):
    assert any(m.text == word for m in annotate(text).mentions) is named


def test_one_place_in_company_is_enough(annotate):
    text = "We study segmentation. The segmentation of frogs is hard."
    assert sum(m.text == "segmentation" for m in annotate(text).mentions) == 2
