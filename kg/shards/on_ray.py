"""Shards on a Ray cluster: each goes to whatever actor is free, and to another when its machine dies."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from kg.errors import KgError
from kg.shards.places import Shard
from kg.shards.work import Done, Job, Work

#: Tasks that Ray is given at most; with more shards than these, some take their turn together.
_TASKS = 10_000


class Actor:
    """`Work` as Ray Data calls it; the annotator is loaded once for each actor."""

    def __init__(self, make: Callable[..., Callable[[Shard], Done]], *arguments: Any) -> None:
        self._work = make(*arguments)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return what became of the shard in a row."""
        return {"done": self._work(row["item"])}


def run(
    job: Job,
    shards: Sequence[Shard],
    workers: int,
    version: str,
    make: Callable[..., Callable[[Shard], Done]] = Work,
) -> Iterator[Done]:
    """Annotate shards on the cluster that RAY_ADDRESS names, or on one of this machine alone.

    Args:
        job: What is wanted of each shard.
        shards: The shards.
        workers: Actors at most; 0 or less takes one for each processor of the cluster.
        version: What the annotator of every machine must be.
        make: What makes the work of an actor from job, number of processes and version.

    Raises:
        KgError: Ray is not installed, or its cluster cannot be used.
    """
    with _cluster() as ray:
        most = workers if workers > 0 else int(ray.cluster_resources().get("CPU", 1))
        pool = ray.data.ActorPoolStrategy(min_size=1, max_size=max(1, min(most, len(shards))))
        rows = ray.data.from_items(list(shards), override_num_blocks=min(len(shards), _TASKS))
        done = rows.map(
            Actor, fn_constructor_args=(make, job, 1, version), compute=pool, num_cpus=1
        )
        try:
            yield from (row["done"] for row in done.iter_rows())
        except (ray.exceptions.RayError, ray.data.exceptions.UserCodeException) as error:
            why = str(error).strip().rsplit("\n", 1)[-1]
            hint = "What is annotated stays; run the same command again. Ray's logs are in /tmp/ray"
            raise KgError(f"Ray gave up: {why}", hint) from None


@contextmanager
def _cluster() -> Iterator[Any]:
    """Yield Ray, connected; a cluster that was not there before is stopped at the end."""
    try:
        import ray
        import ray.data.exceptions
    except ImportError:
        raise KgError("The engine ray is not installed.", "pip install 'paperkg[ray]'") from None
    ours = not ray.is_initialized()
    if ours:
        try:
            ray.init(logging_level=logging.ERROR, log_to_driver=False, include_dashboard=False)
        except (RuntimeError, ConnectionError, ValueError) as error:
            raise KgError(f"Ray cannot be used: {error}", "Check RAY_ADDRESS.") from None
    context, logger = ray.data.DataContext.get_current(), logging.getLogger("ray.data")
    before = context.enable_progress_bars, logger.level
    context.enable_progress_bars = False
    logger.setLevel(logging.ERROR)
    try:
        yield ray
    finally:
        context.enable_progress_bars = before[0]
        logger.setLevel(before[1])
        if ours:
            ray.shutdown()
