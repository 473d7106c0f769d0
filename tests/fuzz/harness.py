"""Damages golden files at random for as long as you like, without the cost of hypothesis.

    python -m tests.fuzz.harness --examples 10000            every format
    python -m tests.fuzz.harness --atheris --format bibtex --seconds 600    guided by coverage

What breaks a reader is written to a file and its traceback printed; it belongs into test_found.py.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from contextlib import nullcontext
from pathlib import Path

if "--atheris" in sys.argv:
    import atheris

    watched = atheris.instrument_imports(include=["kg.readers", "kg.resolve", "bibtexparser"])
else:
    watched = nullcontext()
with watched:
    from kg.readers import READERS
from tests.fuzz.strategies import _BITS, SEEDS
from tests.fuzz.test_readers import consume


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few stretches cut, repeated, moved or replaced."""
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        start = chance.randint(0, len(data))
        stop = min(len(data), start + chance.choice((0, 0, 1, 2, 8, 64, 1000)))
        cut = data[start:stop]
        put = chance.choice((b"", cut * 2, cut[::-1], chance.choice(_BITS), chance.randbytes(3)))
        data = data[:start] + put + data[stop:]
    return data if chance.random() < 0.9 else data[: chance.randint(0, len(data))]


def run(format: str, examples: int, seed: int) -> int:
    """Try so many examples; return how many broke the reader."""
    chance = random.Random(f"{format} {seed}")
    broken = 0
    for number in range(examples):
        data = mutate(chance.choice(SEEDS[format]), chance)
        begun = time.process_time()
        try:
            consume(data, format if number % 2 else None)
            assert time.process_time() - begun < 5, "slow"
        except Exception:
            broken += 1
            Path(f"fuzz-{format}-{number}").write_bytes(data)
            traceback.print_exc()
    return broken


def guided(format: str, seconds: int) -> None:
    """Let atheris choose the bytes, golden files first; what breaks the reader is kept as crash-*."""
    corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{format}-"))
    for number, seed in enumerate(SEEDS[format]):
        (corpus / str(number)).write_bytes(seed)
    options = [f"-max_total_time={seconds}", "-rss_limit_mb=4000", "-timeout=20", "-max_len=20000"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], lambda data: consume(data, format) and None)
    atheris.Fuzz()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--format", choices=sorted(READERS))
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true", help="needs: pip install atheris")
    parser.add_argument("--seconds", type=int, default=600, help="with --atheris")
    options = parser.parse_args()
    if options.atheris:
        guided(options.format or "json", options.seconds)
    for name in [options.format] if options.format else READERS:
        broken = run(name, options.examples, options.seed)
        sys.stdout.write(f"{name}: {options.examples} examples, {broken} broke it\n")
        sys.stdout.flush()
