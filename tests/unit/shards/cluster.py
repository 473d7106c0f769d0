# ruff: noqa: T201 - its output is what the test reads
"""Annotates files on a local cluster of two nodes, one of which dies: python cluster.py IN UNHURT HURT

In a process of its own, so that neither Ray's threads nor its messages are met by other tests.
"""

import os
import sys
import time
from functools import partial
from pathlib import Path

#: Ray's workers would yield to everything else on the machine, and a busy machine starts them slowly.
SETTINGS = {
    "RAY_worker_niceness": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_enable_worker_prestart": "0",
    "RAY_prestart_worker_first_driver": "0",
    "RAY_raylet_start_wait_time_s": "120",
    "RAY_DEDUP_LOGS": "0",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
}
STORE = 80_000_000
CONFIG = {"health_check_period_ms": 1000, "health_check_failure_threshold": 5}
PATIENCE = 240


class Mortal:
    """Works, once the other node works too; there it only says that it has begun, and is heard no more."""

    def __init__(self, doomed, begun, *arguments):
        import ray

        from kg.shards.work import Work

        self.here = ray.get_runtime_context().get_node_id()
        self.doomed, self.begun = doomed, Path(begun)
        self.work = Work(*arguments)

    def __call__(self, shard):
        if self.here == self.doomed:
            self.begun.touch()
            time.sleep(PATIENCE)
        wait_for(self.begun)
        return self.work(shard)


def wait_for(path):
    end = time.monotonic() + PATIENCE
    while not path.exists():
        if time.monotonic() > end:
            raise TimeoutError(f"{path} never came")
        time.sleep(0.1)


def started():
    """Return a cluster of two nodes; on a busy machine Ray may need a second go."""
    from ray.cluster_utils import Cluster

    head = {"num_cpus": 1, "object_store_memory": STORE, "include_dashboard": False}
    for attempt in range(3):
        cluster = Cluster()
        try:
            cluster.add_node(**head, _system_config=CONFIG)
            return cluster, cluster.add_node(num_cpus=1, object_store_memory=STORE)
        except Exception:
            cluster.shutdown()
            if attempt == 2:
                raise
    raise AssertionError


def main(source, unhurt, hurt):
    import threading

    import ray

    import kg
    from kg.shards import on_ray
    from kg.shards.places import find
    from kg.shards.work import Job, Work

    cluster, other = started()
    try:
        ray.init(address=cluster.address, logging_level="ERROR", log_to_driver=False)
        done = kg.annotate_to(unhurt, source, engine="ray", recogniser=False, workers=2)
        print("unhurt", done.files, done.failed)
        job, begun = Job(str(hurt), recogniser=False), Path(f"{hurt}.begun")

        def kill():
            wait_for(begun)
            cluster.remove_node(other, allow_graceful=False)

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        make = partial(Mortal, other.node_id, str(begun))
        outcome = list(on_ray.run(job, find([source]), 2, Work(job).version, make))
        killer.join(PATIENCE)
        print("hurt", len(outcome), sum(bool(done.failure) for done in outcome))
        print("nodes alive", sum(node["Alive"] for node in ray.nodes()))
    finally:
        ray.shutdown()
        cluster.shutdown()


if __name__ == "__main__":
    os.environ.update(SETTINGS)
    main(*sys.argv[1:])
