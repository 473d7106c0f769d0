"""Corpora annotated after other guides: they teach the encoder through heads that are thrown away."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import defaultdict
from pathlib import Path
from typing import Any

from kg.extract.pipeline import LAST_FINDER, run
from kg.extract.recogniser.features import Features
from kg.extract.recogniser.network import LABELS
from kg.extract.tokenizer import PaperEnglish
from kg.extract.tokens import Tokens
from kg.training.examples import span_labels
from kg.training.fitting import Aside, Example

#: Share of SciREX's documents: it is forty times as large as all else and annotated by machine.
_SHARE = 0.08
#: File by file, the head that learns from it: sources of one taste share a head.
_HEADS = {
    "scirex": "scirex",
    "tdmsci_train": "sentences",
    "crossner_ai_train": "sentences",
    "crossner_ai_dev": "sentences",
    "crossner_ai_test": "sentences",
    "dataset_names_train": "datasets",
}
_SAMPLE = {"scirex": 30, "sentences": 10, "datasets": 10}


def read_asides(folder: Path, nlp: PaperEnglish, features: Features) -> dict[str, Aside]:
    """Return the examples of a folder of token-and-span files, by head.

    Args:
        folder: Holds any of the files NAME.jsonl.gz of `_HEADS`: {"tokens": […], "spans": [[start,
            end, kind], …]} a line, ends exclusive, with "doc" where sentences belong together.
        nlp: The pipeline of the rules.
        features: What turns tokens into rows.
    """
    examples: dict[str, list[Example]] = defaultdict(list)
    for name, head in _HEADS.items():
        path = folder / f"{name}.jsonl.gz"
        if not path.exists():
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if _wanted(record):
                    examples[head].append(_example(record, nlp, features))
    return {head: Aside(e, len(LABELS), _SAMPLE[head]) for head, e in examples.items()}


def _wanted(record: dict[str, Any]) -> bool:
    if not 4 <= len(record["tokens"]) <= 80:
        return False
    return "doc" not in record or zlib.crc32(record["doc"].encode()) % 1000 < _SHARE * 1000


def _example(record: dict[str, Any], nlp: PaperEnglish, features: Features) -> Example:
    starts, ends, length = [], [], 0
    for token in record["tokens"]:
        starts.append(length)
        ends.append(length + len(token))
        length = ends[-1] + 1
    state = run(nlp, Tokens(nlp.tokenizer.columns(" ".join(record["tokens"])), 0), LAST_FINDER)
    text = state.text
    places = [(text.at(starts[a]), text.at(ends[b - 1] - 1) + 1, k) for a, b, k in record["spans"]]
    rows = features(text, state.found, "aside")
    return Example(rows, {"span": span_labels(len(text), places)})
