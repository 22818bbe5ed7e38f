"""The place in which `make offline` runs all tests: loopback, and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[1] / "tools" / "offline.py"
PROBE = """
import socket
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname(), timeout=5)
print("loopback")
try:
    socket.create_connection(("192.0.2.1", 80), timeout=5)  # RFC 5737: an address of nobody
except OSError as fault:
    print(fault.strerror)
"""


def offline(*words):
    done = subprocess.run([sys.executable, str(TOOL), *words], capture_output=True, text=True,
                          check=False)
    if done.returncode == 75:
        pytest.skip(done.stderr.strip())
    return done


def test_only_loopback_is_there():
    done = offline(sys.executable, "-c", PROBE)
    assert done.stdout.splitlines() == ["loopback", "Network is unreachable"], done.stderr


def test_it_ends_as_the_command_ends():
    assert offline(sys.executable, "-c", "raise SystemExit(3)").returncode == 3
