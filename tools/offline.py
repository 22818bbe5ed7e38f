"""Run a command where only this machine can be reached: no network but loopback (Linux).

    python tools/offline.py make test

Ends as the command ends; 75 where the system does not let anybody make such a place.
"""

import shutil
import struct
import subprocess
import sys

NOT_ALLOWED = 75  # EX_TEMPFAIL
INSIDE = "--inside"
SET_FLAGS, UP_RUNNING = 0x8914, 0x1 | 0x40  # SIOCSIFFLAGS; IFF_UP, IFF_RUNNING
NAMESPACE = ("unshare", "--map-root-user", "--net")


def main(words: list[str]) -> int:
    """Run the words as a command in a network of its own."""
    if words[:1] == [INSIDE]:
        raise_loopback()
        return subprocess.run(words[1:], check=False).returncode
    if not is_allowed():
        sys.stderr.write("offline: this system does not let us make a network of our own "
                         "(unshare -rn)\n")
        return NOT_ALLOWED
    return subprocess.run([*NAMESPACE, sys.executable, __file__, INSIDE, *words],
                          check=False).returncode


def is_allowed() -> bool:
    """Whether this system lets us make a network of our own."""
    return shutil.which(NAMESPACE[0]) is not None and subprocess.run(
        [*NAMESPACE, "true"], check=False, capture_output=True).returncode == 0


def raise_loopback() -> None:
    """Switch on the network of this machine with itself."""
    import fcntl  # noqa: PLC0415 - Windows has none
    import socket  # noqa: PLC0415

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plug:
        fcntl.ioctl(plug, SET_FLAGS, struct.pack("16sH14s", b"lo", UP_RUNNING, b""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
