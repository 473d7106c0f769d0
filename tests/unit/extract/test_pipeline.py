"""The steps as components of spaCy find what annotating finds, and nothing keeps a document in memory."""

import gc

from kg.extract.pipeline import GAP, SPANS, run, tokens, work
from kg.extract.tokens import Tokens

TITLE = "FrogNet: Leaping Networks for Image Classification"
ABSTRACT = (
    "We propose FrogNet, a Convolutional Neural Network (CNN). It reaches 93.5% accuracy on CIFAR-10 and "
    "outperforms ResNet-50 and the TadpoleNet of last year."
)


def test_a_pipeline_of_spacy_finds_the_same(annotator):
    nlp = annotator.nlp
    doc = nlp.make_doc(TITLE + GAP + ABSTRACT)
    doc.user_data["title_length"] = len(TITLE)
    read = nlp(doc)
    mine, theirs = run(nlp, tokens(nlp, TITLE, ABSTRACT)), work(read)
    assert mine.placed == theirs.placed
    assert mine.statements == theirs.statements
    assert mine.figures == theirs.figures
    assert len(mine.figures) == 1
    spans = [(s.text, s.label_, s.id_) for s in read.spans[SPANS]]
    assert ("CIFAR-10", "Dataset", "cifar-10") in spans
    assert len(spans) == len(mine.placed)


def test_work_that_nobody_needs_is_gone_at_once(annotator):
    gc.collect()
    gc.disable()
    try:
        before = _texts()
        assert run(annotator.nlp, tokens(annotator.nlp, TITLE, ABSTRACT)).placed
        assert _texts() == before
    finally:
        gc.enable()


def _texts():
    return sum(isinstance(thing, Tokens) for thing in gc.get_objects())
