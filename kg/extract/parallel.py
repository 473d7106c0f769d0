"""Annotating on all cores: papers go out to worker processes, what is made of them comes back in order."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING, TypeVar

from kg.errors import KgError
from kg.model import Annotation, Paper

if TYPE_CHECKING:  # it needs spaCy, and who has nothing to annotate does not
    from kg.extract.annotator import Annotator

#: Papers that a worker takes at a time; fewer than `WORTHWHILE` papers need no workers.
CHUNK, WORTHWHILE = 50, 200
#: Chunks under way for each worker: enough that none waits, few enough that memory stays as it is.
AHEAD = 3

_T = TypeVar("_T")
_annotator: Annotator


def extract(
    annotator: Annotator,
    papers: Iterable[Paper],
    make: Callable[[Annotation], _T],
    workers: int = 1,
) -> Iterator[_T]:
    """Yield `make(annotation)` of each paper, in order, whatever the number of workers.

    Args:
        annotator: What annotates; each worker has its own copy.
        papers: The papers.
        make: What is wanted of an annotation; runs where the paper is annotated, so that little has
            to travel. A function of a module.
        workers: Processes beside this one; with one or less, this one does all the work.

    Raises:
        KgError: A worker was ended from outside.
    """
    stream = iter(papers)
    head = list(islice(stream, WORTHWHILE if workers > 1 else 1))
    if not head:
        return
    if workers < 2 or len(head) < WORTHWHILE:
        yield from map(make, annotator.annotate(chain(head, stream)))
        return
    annotator.nlp  # noqa: B018 - loaded once, before the workers are made from this process
    pool = ProcessPoolExecutor(workers, _context(), initializer=_begin, initargs=(annotator,))
    try:
        yield from _ordered(pool, chain(head, stream), make, AHEAD * workers)
    except BrokenProcessPool:
        raise KgError(
            "A worker process was ended from outside, perhaps for want of memory.",
            "What was written stays; run it again with fewer workers: --workers 1",
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def whole(annotation: Annotation) -> Annotation:
    """Return the annotation as it is: what to make of it when all of it is wanted."""
    return annotation


def _ordered(
    pool: ProcessPoolExecutor,
    papers: Iterator[Paper],
    make: Callable[[Annotation], _T],
    ahead: int,
) -> Iterator[_T]:
    pending: deque[Future[list[_T]]] = deque()
    with warnings.catch_warnings():
        # Python warns of threads of any library; those of linear algebra are idle, and know of forks.
        warnings.simplefilter("ignore", DeprecationWarning)
        pending.append(pool.submit(_work, list(islice(papers, CHUNK)), make))
    while chunk := list(islice(papers, CHUNK)):
        pending.append(pool.submit(_work, chunk, make))
        if len(pending) > ahead:
            yield from pending.popleft().result()
    while pending:
        yield from pending.popleft().result()


def _context() -> BaseContext:
    """Return how to make workers: as copies of this process where that is safe, which costs nothing."""
    safe = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if safe else "spawn")


def _begin(annotator: Annotator) -> None:
    global _annotator  # noqa: PLW0603 - the state of a worker process
    _annotator = annotator
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started them


def _work(papers: list[Paper], make: Callable[[Annotation], _T]) -> list[_T]:
    return [make(annotation) for annotation in _annotator.annotate(papers)]
