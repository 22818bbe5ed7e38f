"""Two hundred damaged files: a right result or a message within five seconds, no traceback."""

import random
import time

import pytest
from builders import transcripts
from builders.codebooks import GOOD
from builders.transcripts import RULES, SPOKEN, SRT, VTT

from wbkit.data.documents import Documents
from wbkit.errors import WbkitError
from wbkit.intake.documents import read_documents
from wbkit.study.codebook import Codebook, load_codebook

SEED, EACH, LONGEST = 20221115, 34, 5.0
WHOLE = {
    "a.docx": transcripts.docx(*SPOKEN, table=[("TL", "een"), ("I1", "twee")]),
    "a.odt": transcripts.odt(*SPOKEN),
    "a.txt": "\n".join(SPOKEN * 5).encode(),
    "a.vtt": VTT.encode(),
    "a.srt": SRT.encode("cp1252"),
    "codebook.toml": GOOD.encode(),
}
INSERTED = [b"\0", b"\xff\xfe", b"<!ENTITY a 'b'>", b"*", b"[[[", b"-->", b"</v>", b'"""', b"\r",
            "ĳ\u202e😀".encode(), b": " * 50, b"9" * 400]


def damaged(content, rng):
    """Change a few places: bytes turned, cut out, doubled, put in, or the end taken off."""
    content = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        if not content:
            break
        at = rng.randrange(len(content))
        upto = at + rng.randint(1, 60)
        choice = rng.randrange(6)
        if choice == 0:
            content[at] ^= 1 << rng.randrange(8)
        elif choice == 1:
            del content[at:upto]
        elif choice == 2:
            content[at:at] = content[at:upto]
        elif choice == 3:
            content[at:at] = rng.choice(INSERTED)
        elif choice == 4:
            del content[at:]
        else:
            content[at:upto] = rng.randbytes(min(60, upto - at))
    return bytes(content)


def damaged_inside(content, rng):
    """Damage a part of an archive and pack it again, so that the archive itself is whole."""
    parts = transcripts.unpacked(content)
    name = rng.choice(sorted(parts))
    return transcripts.packed(parts | {name: damaged(parts[name], rng)})


def attempt(folder, name, content):
    """Read a file; give the result, or the message."""
    file = folder / name
    file.write_bytes(content)
    try:
        if name == "codebook.toml":
            return load_codebook(file)
        return read_documents(transcripts.source(
            folder=folder, file=name, format=name.partition(".")[2], texts=RULES))
    except WbkitError as error:
        return str(error)


@pytest.mark.parametrize("name", WHOLE)
def test_a_damaged_file_gives_a_result_or_a_message(tmp_path, name):
    rng = random.Random(f"{SEED} {name}")
    results = []
    for at in range(EACH):
        inside = name.endswith(("docx", "odt")) and at % 2
        content = (damaged_inside if inside else damaged)(WHOLE[name], rng)
        started = time.perf_counter()
        results.append(attempt(tmp_path, name, content))
        assert time.perf_counter() - started < LONGEST
    messages = [one for one in results if isinstance(one, str)]
    assert all(isinstance(one, Documents | Codebook | str) for one in results)
    assert all(name in one and len(one) > 40 for one in messages)


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_file_is_read(tmp_path, name):
    assert isinstance(attempt(tmp_path, name, WHOLE[name]), Documents | Codebook)
