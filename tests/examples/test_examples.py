"""Each example runs and says something."""

import subprocess
import sys

import pytest

from tests.conftest import EXAMPLES

SCRIPTS = sorted(EXAMPLES.parent.glob("*.py"))


def test_there_are_examples():
    assert len(SCRIPTS) == 3


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.stem)
def test_example(script):
    done = subprocess.run(
        [sys.executable, script], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert "CIFAR-10" in done.stdout or "ImageNet" in done.stdout
    assert len(done.stdout.splitlines()) > 5
