"""Which entities of one paper are one thing under two names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.same import merge
from kg.words import stem


def joined(kind, *names, known=()):
    found = merge({(kind, name): [name] for name in names}, {(kind, name): name for name in known})
    return {second[1]: first[1] for second, first in found.items()}


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("Task", "semi-supervised bread detection", "SSBD"),
        ("Method", "Global Crumb Pruning", "Global CP"),
        ("Method", "Layer Recurrent Neural Network", "Layer-RNN"),
        ("Task", "decoding speech", "speech decoding"),
        ("Task", "classifying crumbs", "crumb classification"),
        ("Method", "integer program", "integer programming"),
        ("Method", "Structural Crust", "Structural Crust model"),
        ("Task", "image classification", "classification"),
    ],
)
def test_two_names_of_one_thing_are_joined(kind, first, second):
    assert joined(kind, first, second) in ({second: first}, {first: second})


@pytest.mark.parametrize(
    ("kind", "names", "known"),
    [
        (
            "Method",
            ["decoding speech", "speech decoding"],
            (),
        ),  # the order of a method's words tells
        ("Method", ["SVM", "Sparse Vanilla Method"], ["SVM"]),
        ("Method", ["Grad-CAM", "Grad-CAM++"], ()),
        ("Method", ["Wavelet Transform", "Wavelet Transformer"], ()),
        ("Method", ["Transformer", "Spiking Transformer"], ()),
        ("Task", ["classification", "image classification", "text classification"], ()),
        ("Task", ["SLAM", "dense SLAM"], ["SLAM", "dense SLAM"]),
        ("Metric", ["accuracy", "top-1 accuracy"], ["top-1 accuracy"]),
        ("Metric", ["rate", "error rate"], ["error rate"]),
    ],
)
def test_two_things_stay_two(kind, names, known):
    assert joined(kind, *names, known=known) == {}


def test_a_short_form_that_is_spelt_out_already_stands_for_nothing_else():
    entities = {
        ("Method", "a"): ["Neural Addition Unit", "NAU"],
        ("Method", "b"): ["Neural Arithmetic Unit"],
    }
    assert merge(entities, {}) == {}


def test_a_measure_is_known_by_its_plain_name():
    assert joined("Metric", "classification accuracy", "accuracy", known=["accuracy"]) == {
        "classification accuracy": "accuracy"
    }


def test_the_name_that_a_catalogue_knows_is_kept():
    assert joined("Method", "CTM", "Crumb Tensor Machine", known=["Crumb Tensor Machine"]) == {
        "CTM": "Crumb Tensor Machine"
    }


def test_one_stem_of_a_verb_and_its_nouns():
    assert len({stem(w) for w in ("classify", "classification")}) == 1
    assert len({stem(w) for w in ("generate", "generation", "generator", "generating")}) == 1
    assert stem("transformer") != stem("transform")


WORDS = st.lists(
    st.sampled_from("Bread bread Baking CNN of Model -x GAN+ recognition recognize".split()),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(st.lists(WORDS, unique=True, max_size=6), st.sampled_from(["Task", "Method", "Metric"]))
def test_joining_ends_and_leads_to_names_that_stand(names, kind):
    found = joined(kind, *names)
    assert set(found.values()).isdisjoint(found)
    assert set(found.values()) <= set(names)
