"""A project that would do harm is refused with a message, soon, and nothing is written."""

import struct
import time
import zipfile

import pytest
from builders import refi_projects as rf

import wbkit as wb


def bomb(path):
    """Pack 1 GB of zeros."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", rf.project())
        with archive.open("Sources/a.txt", "w", force_zip64=True) as stream:
            for _ in range(1000):
                stream.write(bytes(1_000_000))


def lying_bomb(path):
    """Pack zeros and say that they are few."""
    rf.qdpx(path, rf.project(rf.source([(0, 3)])), {"Sources/gesprek.txt": bytes(50_000_000)})
    content = bytearray(path.read_bytes())
    size = struct.pack("<I", 50_000_000)
    while size in content:
        at = content.index(size)
        content[at:at + 4] = struct.pack("<I", 1000)
    path.write_bytes(content)


def entities(path, *, kind="<!DOCTYPE a [%s]>"):
    many = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    xml = rf.project().replace("?><", "?>" + kind % f'<!ENTITY l0 "lol">{many}' + "<", 1)
    rf.qdpx(path, xml.replace('name="proef"', 'name="&l9;"'))


def external(path):
    rf.qdpx(path, rf.project().replace(
        "?><", '?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><', 1))


def nested(path):
    code = f'<Code guid="{rf.guid("n")}" name="n" isCodable="true">'
    rf.qdpx(path, rf.project(codes=code * 10_000 + "</Code>" * 10_000))


def nested_tags(path):
    rf.qdpx(path, "<a>" * 300_000)


def truncated(path):
    rf.qdpx(path, rf.project(rf.source([(0, 3)])), {"Sources/gesprek.txt": b"Een tekst." * 999})
    path.write_bytes(path.read_bytes()[:-60])


def escaping(path, name="../../escaped.txt"):
    rf.qdpx(path, rf.project(rf.source([(0, 3)], path=f"internal://{name}")), {name: b"Een tekst."})


def many(path):
    rf.qdpx(path, rf.project(), {f"Sources/{at}": b"" for at in range(20_001)})


def protected(path):
    rf.qdpx(path, rf.project())
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)


DANGERS = [
    (bomb, "more than 200 times its size"), (lying_bomb, "damaged"),
    (escaping, "leads outside the archive"),
    (lambda path: escaping(path, "/etc/escaped.txt"), "leads outside"),
    (lambda path: escaping(path, "C:\\escaped.txt"), "leads outside"),
    (entities, "declares a document type"), (external, "declares a document type"),
    (nested, "more than 200 levels"), (nested_tags, "more than 200 levels"),
    (truncated, "damaged or no project"), (many, "20002 parts"),
    (protected, "protected with a password"),
    (lambda path: path.write_bytes(b""), "damaged"),
    (lambda path: path.write_bytes(b"\0" * 999), "damaged"),
    (lambda path: rf.qdpx(path, "<Project"), "not whole XML"),
    (lambda path: rf.qdpx(path, '<?xml version="1.0" encoding="klingon"?><a/>'), "not whole XML"),
    (lambda path: rf.qdpx(path, "<html/>"), "begins with 'html'"),
    (lambda path: rf.qdpx(path, rf.project(), {"b.qde": b""}, qde="a.qde"),
     "2 files with the ending"),
]


@pytest.mark.parametrize(("make", "words"), DANGERS)
def test_a_dangerous_project_is_refused_soon(tmp_path, make, words):
    folder = tmp_path / "deep" / "deeper"
    folder.mkdir(parents=True)
    path = folder / "a.qdpx"
    make(path)
    before = sorted(tmp_path.rglob("*"))
    started = time.perf_counter()
    with pytest.raises(wb.CodingError, match=words):
        wb.read_refi(path)
    assert time.perf_counter() - started < 5
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("cut", range(1, 40))
def test_a_project_cut_anywhere_gives_a_message(tmp_path, cut):
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(rf.source([(0, 3)])),
                   {"Sources/gesprek.txt": b"Een tekst. " * 50})
    content = path.read_bytes()
    path.write_bytes(content[:len(content) * cut // 40])
    with pytest.raises(wb.CodingError, match="is damaged or no project"):
        wb.read_refi(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(wb.CodingError, match=r"x\.qdpx: there is no such file"):
        wb.read_refi(tmp_path / "x.qdpx")
