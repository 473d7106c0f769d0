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
        ("The DAG is recovered with a low SHD.", "structural-hamming-distance", True),
        ("A Transformer translates sentences.", "transformer", True),
        ("A Transformer in the substation lowers the voltage.", "transformer", False),
        ("Adam and Eve are named in the corpus.", "adam", False),
        ("Swish is a smooth activation.", "swish", True),
        ("Swish went the basketball.", "swish", False),
        ("Whisper transcribes speech.", "whisper", True),
        ("Whisper it to the nurse.", "whisper", False),
        ("SAM segments what is clicked: segmentation for all.", "segment-anything-model", True),
        ("SAM seeks low sharpness of the loss.", "sharpness-aware-minimization", True),
        ("SAM seeks low sharpness of the loss.", "segment-anything-model", False),
        ("Messages on the CAN bus are forged.", "controller-area-network", True),
        ("A CAN makes art that no school has seen.", "creative-adversarial-network", True),
        ("We CAN do it.", "controller-area-network", False),
        ("The CAM shows the evidence by class activation.", "class-activation-map", True),
        ("The CAM of the engine is worn.", "class-activation-map", False),
        ("We find the mode of the posterior by MAP.", "maximum-a-posteriori", True),
        ("Retrieval reaches a MAP of 0.4.", "map", True),
        ("The robot drew a MAP of the house.", "maximum-a-posteriori", False),
        ("LDA finds topics.", "latent-dirichlet-allocation", True),
        ("LDA finds the best discriminant.", "linear-discriminant-analysis", True),
        ("A PRM joins sampled configurations.", "probabilistic-roadmap", True),
        ("A PRM is a reward model of steps.", "process-reward-model", True),
        ("EM fits the mixture.", "expectation-maximization", True),
        ("We report EM on SQuAD.", "exact-match", True),
        ("The DST tracker is tested on SGD, a dialogue corpus.", "sgd", True),
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
