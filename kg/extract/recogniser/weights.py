"""The file of weights: one compressed archive of arrays, nothing in it that runs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from kg.errors import KgError
from kg.extract.recogniser.features import Features
from kg.extract.recogniser.forest import Forest
from kg.extract.recogniser.network import Floats, Network
from kg.extract.recogniser.relating import Relating
from kg.extract.version import SHIPPED, weights_version

_LAYOUT = 3


@dataclass(frozen=True, eq=False)
class Weights:
    """All that was learned.

    Attributes:
        words: Folded words that have a vector, most frequent first.
        vectors: Shape (words + 1, dimensions); row 0 is for all others.
        network: Encoder and heads.
        forest: The judge of candidates.
        relating: The linear model of relations.
        weighing: The forest that has the last word on them.
        version: Digest of the file.
    """

    words: Sequence[str]
    vectors: Floats
    network: Network
    forest: Forest
    relating: Relating
    weighing: Forest
    version: str = ""

    def features(self) -> Features:
        """Return what turns tokens into the network's rows."""
        return Features({word: row for row, word in enumerate(self.words, 1)})


def save(weights: Weights, path: Path) -> None:
    """Write weights; vectors as bytes, the rest in half precision."""
    scale = np.abs(weights.vectors).max(axis=1, keepdims=True) / 127 + 1e-12
    arrays: dict[str, Any] = {
        "layout": np.array([_LAYOUT]),
        "words": np.frombuffer("\n".join(weights.words).encode(), dtype=np.uint8),
        "vectors": np.round(weights.vectors / scale).astype(np.int8),
        "scale": scale.astype(np.float16),
    }
    for prefix, forest in (("forest", weights.forest), ("weighing", weights.weighing)):
        arrays[f"{prefix}_feature"] = forest.feature.astype(np.uint8)
        for name in ("limit", "value", "base"):
            arrays[f"{prefix}_{name}"] = getattr(forest, name)
    for name in Relating._fields:
        arrays[f"relating_{name}"] = getattr(weights.relating, name).astype(np.float16)
    for name, value in weights.network.parameters.items():
        arrays[f"network_{name}"] = value.astype(np.float16)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, value in arrays.items():
            # A fixed date: the same weights give the same bytes.
            entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as out:
                np.lib.format.write_array(out, np.ascontiguousarray(value), allow_pickle=False)


@lru_cache(maxsize=2)
def load(path: Path = SHIPPED) -> Weights:
    """Return the weights of a file.

    Raises:
        KgError: It is missing, or no file of weights.
    """
    hint = "Reinstall paperkg, train anew with kg train, or do without: --fast"
    try:
        content = path.read_bytes()
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        return _restored(arrays, weights_version(content))
    except OSError:
        raise KgError(f"The recogniser's weights are missing: {path}", hint) from None
    except (KeyError, ValueError, zipfile.BadZipFile, EOFError):
        raise KgError(
            f"{path} is not a file of weights of this version of paperkg.", hint
        ) from None


def _restored(arrays: dict[str, Any], version: str) -> Weights:
    if arrays["layout"][0] != _LAYOUT:
        raise ValueError("another layout")
    vectors = arrays["vectors"].astype(np.float32) * arrays["scale"].astype(np.float32)
    prefix = "network_"
    learned = {n.removeprefix(prefix): a for n, a in arrays.items() if n.startswith(prefix)}
    network = Network(vectors, learned)
    relating = Relating(*(arrays[f"relating_{n}"].astype(np.float32) for n in Relating._fields))
    words = arrays["words"].tobytes().decode().split("\n")
    forest, weighing = _forest(arrays, "forest"), _forest(arrays, "weighing")
    return Weights(words, vectors, network, forest, relating, weighing, version)


def _forest(arrays: dict[str, Any], prefix: str) -> Forest:
    feature = arrays[f"{prefix}_feature"].astype(np.int64)
    return Forest(feature, *(arrays[f"{prefix}_{name}"] for name in ("limit", "value", "base")))
