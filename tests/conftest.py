"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before numpy is loaded: threads beyond the free cores wait for each other (see kg.cli.app).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import kg
from kg.extract.annotator import Annotator
from kg.model import Annotation, Paper

# Short in the suite; `--hypothesis-profile=long` for an evening.
settings.register_profile(
    "short",
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
settings.register_profile(
    "long", max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("short")

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples" / "papers.txt"
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages and gold annotations, which is no part of the project."""
    if not SHARED.is_dir():
        pytest.skip("the annotated corpus (../shared) is not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    """The rules alone: what they do does not change when the recogniser is trained anew."""
    return Annotator(recogniser=False)


@pytest.fixture(scope="session")
def annotate(annotator: Annotator):
    """Annotate one abstract, with an optional title."""

    def run(abstract: str, title: str = "") -> Annotation:
        return next(annotator.annotate([Paper("x", title, abstract)]))

    return run


@pytest.fixture(scope="session")
def graph() -> Iterator[kg.Graph]:
    """The graph of the examples, in memory."""
    with kg.build(EXAMPLES) as built:
        yield built


@pytest.fixture(scope="session")
def graph_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the examples, as a file."""
    path = tmp_path_factory.mktemp("graph") / "papers.kg"
    kg.build(EXAMPLES, to=path).close()
    return path
