"""Names that no catalogue knows."""

import pytest


def rule_of(annotation, text):
    return next((m.rule for m in annotation.mentions if m.text == text), None)


def kind_of(annotation, text):
    return next((m.kind for m in annotation.mentions if m.text == text), None)


@pytest.mark.parametrize(
    ("title", "abstract", "name", "kind"),
    [
        ("QUILT: Sewing Tokens Together", "We sew.", "QUILT", "Method"),
        ("Pond: A Benchmark for Frogs", "Pond tests how frogs leap.", "Pond", "Benchmark"),
        ("Frogs", "We propose FrogNet, which leaps.", "FrogNet", "Method"),
        ("Frogs", "We release a corpus called LeapSet.", "LeapSet", "Dataset"),
        ("Frogs", "We evaluate on the PondLife-7 dataset.", "PondLife-7", "Dataset"),
        ("Frogs", "Results on CIFAR-10, Foo-300 and SVHN are good.", "Foo-300", "Dataset"),
        ("Frogs", "We present the Leaping Frog Network (LFN).", "Leaping Frog Network", "Method"),
    ],
)
def test_names_are_found_with_their_kind(annotate, title, abstract, name, kind):
    assert kind_of(annotate(abstract, title), name) == kind


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The EEG was taken in Germany by Anna Smith.", "EEG"),
        ("The EEG was taken in Germany by Anna Smith.", "Germany"),
        ("It runs on a GPU at 30 Hz.", "GPU"),
        ("However, we see that birds fly.", "However"),
        ("All is found in [QTVNet].", "QTVNet"),
        ("There are rivers near the QTV there.", "QTV"),
    ],
)
def test_what_is_no_name_is_left_alone(annotate, text, word):
    assert rule_of(annotate(text), word) is None


def test_short_and_long_form_are_one_entity(annotate):
    annotation = annotate("We propose the Leaping Frog Network (LFN). LFN leaps far. LFNs rest.")
    entity = next(e for e in annotation.entities if e.name == "Leaping Frog Network")
    assert set(entity.aliases) == {"Leaping Frog Network", "LFN", "LFNs"}


def test_every_mention_names_its_rule(annotate):
    annotation = annotate("We propose FrogNet, trained on CIFAR-10.", "FrogNet: Leaps")
    assert all(m.rule for m in annotation.mentions)
    assert rule_of(annotation, "CIFAR-10") == "names"


def test_a_variant_keeps_its_own_name(annotate):
    annotation = annotate("We propose the Leaping Frog Network (LFN). It and LFN-B leap.", "Frogs")
    assert rule_of(annotation, "LFN-B") == "shape"


def test_the_manner_is_no_part_of_a_task(annotate):
    annotation = annotate("We study automatic frog detection.")
    assert rule_of(annotation, "frog detection") == "compound"
