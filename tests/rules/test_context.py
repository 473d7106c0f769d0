"""Every context rule speaks of the entity in its `match` sentences, and not in its `no_match` ones."""

import pytest

from kg.extract.pipeline import work
from kg.extract.relations import Relations
from kg.rulebook.book import load

BOOK = load()
CASES = [(rule, *pair, True) for rule in BOOK.context for pair in rule.match] + [
    (rule, *pair, False) for rule in BOOK.context for pair in rule.no_match
]


def test_rules_bring_sentences():
    assert len(CASES) > 15
    assert all(rule.match for rule in BOOK.context)


@pytest.mark.parametrize(
    ("rule", "sentence", "name", "speaks"), CASES, ids=lambda v: getattr(v, "id", None)
)
def test_sentence(annotator, rule, sentence, name, speaks):
    state = work(annotator.nlp(sentence))
    statements = Relations(annotator.nlp.tokenizer, [rule]).statements(state.text, state.placed)
    text = state.text
    keys = {
        (p.kind, p.entity)
        for p in state.placed
        if text.slice(p.candidate.start, p.candidate.end) == name
    }
    assert any(s.rule == rule.id for key in keys for s in statements[key]) is speaks
