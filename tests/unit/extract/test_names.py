"""Catalogue names: spelling, plurals, capitals, senses."""

import pytest


def found(annotation):
    return {(m.text, m.kind, m.entity) for m in annotation.mentions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We test on CIFAR10.", ("CIFAR10", "Dataset", "cifar-10")),
        ("We train CNNs.", ("CNNs", "Method", "convolutional-neural-network")),
        ("We use self attention here.", ("self attention", "Method", "self-attention")),
        ("Vision transformers are slow.", ("Vision transformers", "Method", "vision-transformer")),
        ("It models long-short-term memory.", None),
        ("We study network pruning.", None),
    ],
)
def test_spellings(annotate, text, expected):
    if expected:
        assert expected in found(annotate(text))


def test_capitals_of_a_single_word_count(annotate):
    assert not any(
        entity == "kolmogorov-arnold-network" for *_, entity in found(annotate("I kan do it."))
    )
    assert any(entity == "adam" for *_, entity in found(annotate("We train it with Adam.")))


@pytest.mark.parametrize(
    ("text", "entity", "there"),
    [
        ("We train spiking neurons on SHD.", "spiking-heidelberg-digits", True),
        ("We recover the graph up to a small SHD.", "spiking-heidelberg-digits", False),
        ("Mamba is a state space model.", "mamba", True),
        ("The venom of the Mamba is studied.", "mamba", False),
        ("SGD follows noisy gradients.", "stochastic-gradient-descent", True),
        ("Many targets of the SGD concern poverty.", "stochastic-gradient-descent", False),
        ("GLUE tests natural language understanding.", "glue", True),
        ("We GLUE parts together with epoxy.", "glue", False),
    ],
)
def test_senses_are_told_by_the_paper(annotate, text, entity, there):
    named = {m.entity for m in annotate(text).mentions if m.rule == "names"}
    assert (entity in named) is there


def test_what_the_paper_defines_wins_over_the_catalogue(annotate):
    text = "Spiking networks aside, we report the structural Hamming distance (SHD). A low SHD is good."
    shds = {m.entity for m in annotate(text).mentions if m.text == "SHD"}
    assert shds == {"structural-hamming-distance"}


def test_phrases_that_only_look_like_names_are_swallowed(annotate):
    annotation = annotate("This question attracted attention. Deep neural networks answer it.")
    assert annotation.mentions == ()


def test_mentions_slice_out_of_the_field(annotate):
    annotation = annotate("We train ResNet‐50 on Fashion‐MNIST.", "FooNet: A Study")
    assert {m.text for m in annotation.mentions} >= {"FooNet", "ResNet‐50", "Fashion‐MNIST"}
    for m in annotation.mentions:
        assert annotation.paper.text(m.field)[m.start : m.end] == m.text
