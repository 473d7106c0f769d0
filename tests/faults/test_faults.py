"""Graph files in trouble: killed, locked, foreign, unwritable, full."""

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from filelock import FileLock

import kg
from kg.errors import GraphFileError
from kg.graph import store
from kg.graph.faults import one_build_at_a_time
from tests.conftest import EXAMPLES
from tests.faults.killing import run


def kg_command(*args, **options):
    return subprocess.Popen(
        [sys.executable, "-c", "from kg.cli import main; main()", *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **options,
    )


def test_killed_builds_leave_whole_files_and_end_as_if_undisturbed():
    done = run(papers=300, kills=4, say=lambda _: None)
    assert done["kills"] == 4
    assert done["ended"] >= 1


def test_a_file_that_another_build_writes_is_not_touched(tmp_path):
    target = tmp_path / "x.kg"
    with FileLock(f"{target}.lock"), pytest.raises(GraphFileError, match="Another build"):
        kg.build(EXAMPLES, to=target)
    assert not target.exists()
    with one_build_at_a_time(target):
        assert (tmp_path / "x.kg.lock").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_locked_database_is_told_in_plain_words(graph_file, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "PATIENCE", 0.1)
    copy = tmp_path / "x.kg"
    copy.write_bytes(graph_file.read_bytes())
    (tmp_path / "a.jsonl").write_text('{"title": "On Bread"}')
    other = sqlite3.connect(copy, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(GraphFileError, match=r"locked\.\nAnother program"):
            kg.build(tmp_path / "a.jsonl", to=copy)
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.mark.parametrize("place", ["nowhere/x.kg", "a.jsonl/x.kg", "."])
def test_a_place_that_cannot_be_written_is_told_before_anything_is_read(tmp_path, place):
    (tmp_path / "a.jsonl").write_text("nonsense")
    with pytest.raises(GraphFileError, match=r"Cannot write|is a folder"):
        kg.build(tmp_path / "a.jsonl", to=tmp_path / place, strict=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_told_and_its_graph_can_be_read(graph_file, tmp_path):
    (tmp_path / "x.kg").write_bytes(graph_file.read_bytes())
    tmp_path.chmod(0o500)
    try:
        with kg.open(tmp_path / "x.kg") as graph:
            assert graph.stats()["papers"] == 30
        with pytest.raises(GraphFileError, match="Cannot write"):
            kg.build(EXAMPLES, to=tmp_path / "x.kg")
    finally:
        tmp_path.chmod(0o700)


def test_a_foreign_database_is_left_alone(tmp_path):
    target = tmp_path / "other.db"
    db = sqlite3.connect(target)
    db.execute("CREATE TABLE t (a)")
    db.commit()
    db.close()
    before = target.read_bytes()
    with pytest.raises(GraphFileError, match="not a graph file"):
        kg.build(EXAMPLES, to=target)
    assert target.read_bytes() == before


def test_a_damaged_file_is_told(graph_file, tmp_path):
    copy = tmp_path / "x.kg"
    data = bytearray(graph_file.read_bytes())
    data[4096 : len(data) // 2] = os.urandom(len(data) // 2 - 4096)
    copy.write_bytes(data)
    done = kg_command("stats", copy)
    _, err = done.communicate()
    assert done.returncode == 1
    assert "Traceback" not in err
    assert "damaged" in err


def test_a_full_disk_keeps_what_was_committed(tmp_path):
    target = tmp_path / "x.kg"
    records = [
        {"title": f"Net{n}: Bread", "abstract": f"We propose Net{n}. On MNIST it wins. " * 20}
        for n in range(1000)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))  # noqa: E731
    done = kg_command("build", tmp_path / "a.jsonl", "-o", target, preexec_fn=limit)
    _, err = done.communicate()
    assert done.returncode == 1
    assert "Traceback" not in err
    assert "what was reported as done is kept" in err
    with kg.open(target) as graph:
        assert graph.stats()["papers"] > 0
    with kg.build(tmp_path / "a.jsonl", to=target) as graph:
        assert graph.stats()["papers"] == 1000


def test_interrupting_a_build_keeps_what_was_committed(tmp_path):
    target = tmp_path / "x.kg"
    lines = [
        json.dumps({"title": f"Net{n}", "abstract": f"On MNIST, {n}. " * 30}) for n in range(20000)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    # A shell starts what runs in its background deaf to Ctrl-C, and children inherit that.
    hear = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731
    done = kg_command("build", tmp_path / "a.jsonl", "-o", target, preexec_fn=hear)
    while done.poll() is None and not target.exists():
        time.sleep(0.05)
    time.sleep(1)
    done.send_signal(signal.SIGINT)
    _, err = done.communicate()
    assert done.returncode == 130
    assert err.strip() == "Interrupted. What was reported as done is kept."
    assert not (tmp_path / "x.kg.lock").exists()
    kg.open(target).close()


def test_two_readers_ask_while_a_build_writes(graph_file, tmp_path):
    target = tmp_path / "x.kg"
    target.write_bytes(graph_file.read_bytes())
    lines = [json.dumps({"title": f"Net{n}", "abstract": "We use MNIST."}) for n in range(450)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    seen = []
    with kg.open(target) as one, kg.open(target) as other:
        kg.build(
            tmp_path / "a.jsonl",
            to=target,
            on_progress=lambda done, total: seen.append(
                (done, one.stats()["papers"], len(other.papers(on="MNIST")))
            ),
        ).close()
        assert [papers - done for done, papers, _ in seen] == [30] * 3
        assert seen[-1][2] > 400
