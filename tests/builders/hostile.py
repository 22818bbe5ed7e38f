"""Inputs that nobody means well with: 356 of them, of every kind that wbkit reads.

Each is made in a folder of its own that holds a whole study, and has a command that meets it.
"""

import io
import os
import random
import socket
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builders.studies import RAW, STUDY, make_notebook, make_study

DIGITS = "9" * 5_000
LONG = "a" * 10_000_000
XLSX_STUDY = STUDY.replace("raw/enquete.csv", "raw/enquete.xlsx").replace(
    'format = "csv"', 'format = "ms-forms"')
HEADINGS = ("nr", "leerweg", "Ik voel mij gezien")
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DEEP = 100_000
Content = bytes | Callable[[], bytes]  # large ones are made when they are needed


@dataclass(frozen=True)
class Hostile:
    """An input, and the command that is given it; ``{file}`` stands for the file itself."""

    kind: str
    name: str
    command: tuple[str, ...]
    make: Callable[[Path], None]


def hostile_inputs() -> list[Hostile]:
    """Return all inputs, in a fixed order."""
    made = [*csv_inputs(), *number_inputs(), *workbook_inputs(), *package_inputs(),
            *described_inputs(), *place_inputs(), *stored_inputs(), *text_inputs(),
            *spss_inputs(), *accepted_inputs(), *spoiled_inputs()]
    twice = [key for key, n in Counter((one.kind, one.name) for one in made).items() if n > 1]
    if twice:
        raise ValueError(f"two inputs have one name: {twice}")
    return made


def both(kind: str, name: str, file: str, study: str, content: Content) -> Iterator[Hostile]:
    """A raw file of the study, that is described as well as prepared."""
    def make(folder: Path) -> None:
        make_study(folder, study=study)
        (folder / "data" / file).write_bytes(content() if callable(content) else content)

    yield Hostile(kind, f"{name}, describe", describing(file), make)
    yield Hostile(kind, f"{name}, prepare", ("prepare", "--study", "data"), make)


def describing(file: str) -> tuple[str, ...]:
    return ("describe", f"data/{file}", "--study", "data", "--name", "new", "--design", "everyone")


def raw_csv(kind: str, name: str, content: str | Content) -> Iterator[Hostile]:
    content = content.encode() if isinstance(content, str) else content
    return both(kind, name, "raw/enquete.csv", STUDY, content)


def csv_inputs() -> Iterator[Hostile]:
    heading = RAW.split("\n")[0]
    plain = RAW.encode()
    for name, content in {
        "a cell of 10 MB": RAW.replace("5;bol;neutraal", f"5;bol;{LONG}"),
        "a heading of 10 MB": RAW.replace("Ik voel mij gezien", LONG),
        "10 MB between open quotes": RAW + f'13;bol;"{LONG}',
        "ten million quotes": '"' * 10_000_000,
        "a million empty lines": RAW + "\n" * 1_000_000,
        "a million separators": RAW + ";" * 1_000_000,
        "only separators": ";;;\n" * 1000,
        "only line ends": "\n" * 10_000,
        "only spaces": " " * 10_000,
        "an open quote": RAW.replace("bbl", '"bbl', 1),
        "100,000 uneven rows": heading + "\n" + "1;2\n" * 100_000,
        "one column": "\n".join(map(str, range(10_000))),
        "headings alone": heading,
        "the same heading 2,000 times": ";".join(["x"] * 2000) + "\n" + ";".join(["1"] * 2000),
    }.items():
        yield from raw_csv("csv", name, content)
    for rows in (0, 1, 2):
        yield from raw_csv("wide csv", f"200,000 columns, {rows} rows", lambda rows=rows: "\n".join(
            ";".join(f"{sign}{n}" for n in range(200_000))
            for sign in ("vraag ", "", "")[:rows + 1]).encode())
    for name, content in {
        "at the start": b"\0" + plain, "in a cell": plain.replace(b"bbl", b"b\0bl"),
        "at the end": plain + b"\0", "in a heading": plain.replace(b"leerweg", b"leer\0weg"),
        "alone": b"\0" * 5000, "10 MB of them": b"\0" * 10_000_000,
        "behind every row": plain.replace(b"\n", b"\0\n"),
    }.items():
        yield from raw_csv("zero bytes", name, content)
    for name, content in {
        "an odd number of bytes": b"\xff\xfe" + RAW.encode("utf-16-le") + b"x",
        "a lone surrogate": b"\xff\xfe" + RAW.encode("utf-16-le") + b"\x00\xd8",
        "surrogates the wrong way round": b"\xff\xfe\x00\xdc\x00\xd8" + RAW.encode("utf-16-le"),
        "a mark alone": b"\xff\xfe", "the other mark alone": b"\xfe\xff",
        "the wrong mark": b"\xfe\xff" + RAW.encode("utf-16-le"),
        "UTF-32": RAW.encode("utf-32"), "plain text behind the mark": b"\xff\xfe" + plain,
        "half UTF-8": plain.replace(b"bbl", b"b\xc3", 1), "overlong UTF-8": plain + b"\xc0\x80",
        "three marks": b"\xef\xbb\xbf" * 3 + plain,
    }.items():
        yield from raw_csv("encoding", name, content)


def number_inputs() -> Iterator[Hostile]:
    nominal = 'kind = "nominal"\nvalues = ["bol", "bbl"]'
    counted = STUDY.replace(nominal, 'kind = "numeric"').replace(
        "margins = { leerweg = { bol = 30, bbl = 10 } }", "margins = {}")
    numbers = RAW.replace("bol", "1").replace("bbl", "2")
    for name, number in {
        "5,000 digits": DIGITS, "minus 5,000 digits": f"-{DIGITS}",
        "5,000 decimals": f"0.{DIGITS}", "5,000 digits and a comma": f"{DIGITS},5",
        "an exponent": "1e999999999", "a tiny exponent": "1e-999999999", "nan": "nan",
        "infinity": "-inf", "hexadecimal": "0x" + "f" * 5_000, "underscores": "1_" * 2_500 + "1",
        "other digits": "٣" * 5_000, "5,000 signs": "-" * 5_000, "many points": "1.2" * 2_500,
    }.items():
        content = numbers.replace("\n5;1;", f"\n5;{number};").encode()
        yield from both("numbers in csv", name, "raw/enquete.csv", counted, content)
    for name, value in {"5,000 digits": DIGITS, "a date of far away": "99999999999-01-01",
                        "a hundred thousand ids": ""}.items():
        content = RAW.replace("\n5;", f"\n{value};") if value else RAW + "".join(
            f"{n};bol;eens\n" for n in range(100_000))
        yield from raw_csv("numbers in csv", f"as id: {name}", content)


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    return (f'<?xml version="1.0"?><worksheet {NAMESPACE}>{before}<sheetData>{rows}</sheetData>'
            f"{after}</worksheet>")


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows_of(*more: str) -> str:
    first = "".join(cell(f"{letter}1", words)
                    for letter, words in zip("ABC", HEADINGS, strict=True))
    second = "".join(cell(f"{letter}2", words)
                     for letter, words in zip("ABC", ("1", "bol", "eens"), strict=True))
    return f'<row r="1">{first}</row><row r="2">{second}</row>{"".join(more)}'


def parts_of(content: str) -> dict[str, bytes]:
    """Return the parts of a workbook of one sheet."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {name: text.encode() for name, text in {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        f'PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override '
        f'PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {NAMESPACE} xmlns:r="{DOCUMENT}"><sheets><sheet '
        'name="Form1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": content,
        "xl/sharedStrings.xml": f"<sst {NAMESPACE}/>",
    }.items()}


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def workbook(
    kind: str, name: str, content: str | Content | dict[str, bytes], command: int = 1
) -> Iterator[Hostile]:
    """A workbook as raw file, that is described (0) or prepared (1)."""
    if isinstance(content, str):
        content = parts_of(content)
    made = (lambda: packed(content)) if isinstance(content, dict) else content
    yield list(both(kind, name, "raw/enquete.xlsx", XLSX_STUDY, made))[command]


PLACES = ("XFE3", "ZZZ3", "ZZZZ3", "AAAAAAAAAA3", "A1048577", "XFD1048577", "A4294967295",
          "A99999999999", f"A{DIGITS}", "A" * 5000 + "1", "xfe3", "A0", "A-1", "A", "3", "", "$A$3",
          "A3:B9999999", "Ä3", "A3 ")


def workbook_inputs() -> Iterator[Hostile]:
    for number, place in enumerate(PLACES):
        row = f'<row r="3">{cell(place, "x")}</row>'
        yield from workbook("cell reference", place[:20], sheet(rows_of(row)), number % 2)
    row = f'<row r="3">{cell("ZZZZZZ3", "x")}</row>'
    for name, content in {
        "single quotes": sheet(rows_of(row.replace('"', "'"))),
        "spaces around =": sheet(rows_of(row.replace('r="', 'r = "'))),
        "a line break before r": sheet(rows_of(row.replace(" r=", "\n r="))),
        "r behind t": sheet(rows_of('<row r="3"><c t="n" r="ZZZZZZ3"><v>1</v></c></row>')),
        "a prefix": sheet(rows_of(row)).replace("<", "<x:").replace("<x:/", "</x:").replace(
            "<x:?", "<?").replace("xmlns=", "xmlns:x="),
        "a row far away": sheet(rows_of('<row r="4294967296"><c><v>1</v></c></row>')),
        "a row of 5,000 digits": sheet(rows_of(f'<row r="{DIGITS}"><c><v>1</v></c></row>')),
        "a dimension": sheet(rows_of(), before='<dimension ref="A1:ZZZZZZ99999999999"/>'),
        "a dimension without sense": sheet(rows_of(), before='<dimension ref="B2:A1"/>'),
        "merged cells": sheet(rows_of(), after='<mergeCells count="1"><mergeCell '
                              'ref="A1:ZZZZZZ9999999999"/></mergeCells>'),
        "merged cells backwards": sheet(rows_of(), after='<mergeCells count="1"><mergeCell '
                                        'ref="C3:A1"/></mergeCells>'),
        "a reference in UTF-16": parts_of("") | {"xl/worksheets/sheet1.xml": sheet(
            rows_of(row)).replace('"1.0"?', '"1.0" encoding="UTF-16"?').encode("utf-16")},
        "entities in r": sheet(rows_of(row.replace("ZZZZZZ3", "&#90;ZZZZZ3"))),
        "the far corner": sheet(rows_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    }.items():
        yield from workbook("cell reference", name, content)
    for name, number in {"5,000 digits": DIGITS, "an exponent": "1e999999", "words": "elf",
                         "nothing": "", "minus 5,000 digits": f"-{DIGITS}"}.items():
        row = f'<row r="3"><c r="A3"><v>{number}</v></c></row>'
        yield from workbook("numbers in xlsx", name, sheet(rows_of(row)))
    for kind in ("s", "d", "b", "e", "str", "zzz"):
        row = f'<row r="3"><c r="A3" t="{kind}"><v>{DIGITS}</v></c></row>'
        yield from workbook("numbers in xlsx", f"5,000 digits of type {kind}", sheet(rows_of(row)))
    yield from workbook("long cells in xlsx", "10 MB",
                        sheet(rows_of(f'<row r="3">{cell("A3", LONG)}</row>')))
    yield from workbook("long cells in xlsx", "a heading of 10 MB",
                        sheet(f'<row r="1">{cell("A1", LONG)}</row>'))
    yield from workbook("long cells in xlsx", "10 MB shared", parts_of(sheet(rows_of(
        '<row r="3"><c r="A3" t="s"><v>0</v></c></row>'))) | {
            "xl/sharedStrings.xml": f"<sst {NAMESPACE}><si><t>{LONG}</t></si></sst>".encode()})


def package_inputs() -> Iterator[Hostile]:
    whole = parts_of(sheet(rows_of()))
    for part in whole:
        yield from workbook("missing parts", part, {
            name: content for name, content in whole.items() if name != part})
        yield from workbook("empty parts", part, whole | {part: b""})
    shared = f'<sst {NAMESPACE} count="4294967295" uniqueCount="18446744073709551615"></sst>'
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    entity = (f'<!DOCTYPE sst [<!ENTITY l0 "ha">{laughs}]><sst {NAMESPACE}><si><t>&l9;</t></si>'
              "</sst>")
    outside = (f'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst {NAMESPACE}><si><t>'
               "&x;</t></si></sst>")
    far = '<row r="3"><c r="A3" t="s"><v>4000000000</v></c></row>'
    for name, content in {
        "a count of shared strings": whole | {"xl/sharedStrings.xml": shared.encode()},
        "entities that grow": whole | {"xl/sharedStrings.xml": entity.encode()},
        "an entity from outside": whole | {"xl/sharedStrings.xml": outside.encode()},
        "a shared string that is not there": parts_of(sheet(rows_of(far))),
        "xml of 100,000 levels": whole | {"xl/worksheets/sheet1.xml": b"<a>" * DEEP},
        "a sheet named ..": whole | {"xl/worksheets/../../evil.xml": b"x"},
        "a part twice as folder": whole | {"xl/worksheets/": b""},
    }.items():
        yield from workbook("strange parts", name, content)
    for name, part, size in (("a sheet", "xl/worksheets/sheet1.xml", 300_000_000),
                             ("shared strings", "xl/sharedStrings.xml", 300_000_000),
                             ("a picture", "xl/media/image1.png", 600_000_000)):
        yield from workbook("zip bombs", name, partial(bomb, whole, part, size), 0)
    for name, sign, size in (("spaces", b" ", 95_000_000), ("cells", b'<c r="A3"/>', 90_000_000)):
        yield from workbook("zip bombs", f"just under the limit: {name}",
                            partial(filled, whole, sign * (size // len(sign))))
    yield from workbook("zip bombs", "60,000 parts",
                        whole | {f"xl/media/{n}.png": b"" for n in range(60_000)})
    good = packed(whole)
    for share in (0.1, 0.5, 0.9, 0.99):
        yield from workbook("cut off", f"after {share:.0%}", good[:int(len(good) * share)])
    yield from workbook("no workbook", "an old xls", b"\xd0\xcf\x11\xe0" + b"\0" * 2000)
    yield from workbook("no workbook", "an empty zip", packed({}))
    yield from workbook("no workbook", "a csv", RAW.encode())


def filled(parts: dict[str, bytes], filling: bytes) -> bytes:
    """Pack a workbook of which the sheet holds this between two rows."""
    name = "xl/worksheets/sheet1.xml"
    rows = b'<row r="3">' + filling + b"</row></sheetData>"
    return packed(parts | {name: parts[name].replace(b"</sheetData>", rows)})


def bomb(parts: dict[str, bytes], bad: str, size: int) -> bytes:
    """Pack one part that unpacks to far more than anybody's memory should hold."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            if name != bad:
                package.writestr(name, content)
        with package.open(bad, "w", force_zip64=True) as part:
            for _ in range(size // 1_000_000):
                part.write(b" " * 1_000_000)
    return stream.getvalue()


def described_inputs() -> Iterator[Hostile]:
    """What can stand in study.toml, in another toml file and in the coding of a codebook."""
    def study(content: bytes) -> Callable[[Path], None]:
        def make(folder: Path) -> None:
            make_study(folder)
            (folder / "data" / "study.toml").write_bytes(content)
        return make

    text = STUDY.encode()
    for name, content in toml_contents(text).items():
        yield Hostile("study.toml", name, ("prepare", "--study", "data"), study(content))

    listed = STUDY.replace("raw/enquete.csv", "raw/lijst.toml").replace(
        'format = "csv"', 'format = "toml"')
    rows = b'[rows.a]\nnr = "1"\nleerweg = "bol"\n"Ik voel mij gezien" = "eens"\n'
    for name, content in toml_contents(rows).items():
        def make(folder: Path, content: bytes = content) -> None:
            make_study(folder, study=listed)
            (folder / "data" / "raw" / "lijst.toml").write_bytes(content)
        yield Hostile("list in toml", name, ("prepare", "--study", "data"), make)


def toml_contents(good: bytes) -> dict[str, bytes]:
    return {
        "nested lists": good + b"\nx = " + b"[" * DEEP,
        "nested tables": good + b"\nx = " + b"{a=" * DEEP,
        "a deep heading": good + b"\n[x" + b".a" * DEEP + b"]\n",
        "a number of 5,000 digits": good + b"\n[extra]\nx = " + DIGITS.encode(),
        "a text of 10 MB": good + b'\n[extra]\nx = "' + LONG.encode() + b'"\n',
        "zero bytes": good + b"\0\0\0", "UTF-16": good.decode().encode("utf-16"),
        "half UTF-8": good + b"\xc3", "nothing": b"", "a binary": bytes(range(256)) * 100,
        "a hundred thousand keys": good + b"\n[extra]\n" + b"".join(
            b"k%d = 1\n" % n for n in range(20_000)),
        "an open text": good + b'\nx = """' + b"a" * 1_000_000,
    }


FILES = ("/dev/zero", "/dev/random", "/dev/stdin", "/proc/self/mem", "/etc/*", "/*", "/**/*",
         "C:/*.csv", "C:\\\\data\\\\*.csv", "/tmp/*.csv", "//server/share/*.csv", "../*",
         "../../../../etc/passwd", "raw/**/*", "raw/[", "raw/*", "raw", ".", "", "~", "~/*.csv",
         "raw/pipe.csv", "raw/loop.csv", "raw/socket.csv", "raw/gone.csv", "raw/\\u0000.csv",
         "raw/" + "a" * 5000, "raw/map.csv")


def place_inputs() -> Iterator[Hostile]:
    """Names of files that are no file."""
    for number, file in enumerate(FILES):
        for format_ in ("csv", "txt")[:1 + number % 2]:
            def make(folder: Path, file: str = file, format_: str = format_) -> None:
                text = STUDY.replace("raw/enquete.csv", file)
                if format_ == "txt":
                    text = (STUDY.partition("[sources")[0] + f'[sources.texts]\nfile = "{file}"\n'
                            'format = "txt"\nunit = "text"\nsynthetic = true\n')
                make_study(folder, study=text)
                odd_files(folder / "data" / "raw")
            yield Hostile("places", f"{file[:30]} as {format_}", ("prepare", "--study", "data"),
                          make)

    def make(folder: Path) -> None:
        make_study(folder)
        odd_files(folder / "data" / "raw")

    for file in ("raw/pipe.csv", "raw/loop.csv", "raw/socket.csv", "raw/map.csv", "raw/gone.csv"):
        yield Hostile("places", f"{file}, describe", describing(file), make)
    for device in ("/dev/zero", "/dev/urandom", "/dev/null", "/"):
        command = tuple(word.replace("data//", "/") for word in describing(device))
        yield Hostile("places", f"{device}, describe", command, make)


def odd_files(raw: Path) -> None:
    """Make a pipe, a loop of links, a socket and a folder with the name of a file."""
    os.mkfifo(raw / "pipe.csv")
    (raw / "loop.csv").symlink_to("loop.csv")
    (raw / "map.csv").mkdir()
    here = Path.cwd()
    with socket.socket(socket.AF_UNIX) as one:
        os.chdir(raw)  # the path of a socket is at most 108 bytes
        try:
            one.bind("socket.csv")
        finally:
            os.chdir(here)


def json_contents() -> dict[str, bytes]:
    return {
        "nested lists": b"[" * DEEP, "nested objects": b'{"a":' * DEEP,
        "a number of 5,000 digits": b'{"considered":' + DIGITS.encode() + b"}",
        "a text of 10 MB": b'{"considered":"' + LONG.encode() + b'"}',
        "zero bytes": b"\0" * 100, "UTF-16": '{"a":1}'.encode("utf-16"), "half UTF-8": b'"\xc3',
        "a lone surrogate": b'{"considered":"\\ud800"}', "nothing": b"", "null": b"null",
        "a list": b"[]", "an infinite number": b'{"considered":1e999}',
    }


def stored_inputs() -> Iterator[Hostile]:
    """Files that wbkit writes itself: codings, records, accounts, manifests, notebooks."""
    for name, content in json_contents().items():
        def codings(folder: Path, content: bytes = content) -> None:
            make_study(folder)
            file = folder / "data" / "coding" / "codings" / "anna" / "leider.jsonl"
            file.parent.mkdir(parents=True)
            file.write_bytes(content)

        def processed(folder: Path, content: bytes = content) -> None:
            make_study(folder)
            (folder / "data" / "processed").mkdir()
            for ending in ("json", "account.json"):
                (folder / "data" / "processed" / f"students.{ending}").write_bytes(content)

        def notebook(folder: Path, content: bytes = content) -> None:
            make_study(folder)
            make_notebook(folder).write_bytes(content)

        yield Hostile("codings", name, ("check", "--study", "data"), codings)
        yield Hostile("processed", name, ("prepare", "--study", "data"), processed)
        yield Hostile("notebooks", name, ("run", "--study", "data"), notebook)


def accepted_inputs() -> Iterator[Hostile]:
    """What can befall data/expected and results."""
    good = b"name,what,kind,fingerprint,sha256\n"
    row = b"a,figure,frequency,0123456789ab,\n"
    for name, content in {
        "a merge conflict": b"<<<<<<< HEAD\n" + good + b"=======\n" + good + b">>>>>>> b\n",
        "zero bytes": good + b"\0" * 100, "UTF-16": good.decode().encode("utf-16"),
        "a cell of 10 MB": good + LONG.encode() + b",table,x,y,z\n", "nothing": b"",
        "an open quote": good + b'"a,table\n', "half a row": good + b"a,table\n",
        "a place outside": good + b"../../study,table,x,y,z\n", "half UTF-8": good + b"\xc3\n",
        "a hundred thousand rows": good + b"".join(
            row.replace(b"a,", b"a%d," % n, 1) for n in range(100_000)),
    }.items():
        def make(folder: Path, content: bytes = content) -> None:
            make_study(folder)
            (folder / "data" / "expected").mkdir()
            (folder / "data" / "expected" / "index.csv").write_bytes(content)
        yield Hostile("accepted", name, ("verify", "--study", "data"), make)
    for name, content in json_contents().items():
        def make(folder: Path, content: bytes = content) -> None:
            make_study(folder)
            (folder / "data" / "expected").mkdir()
            (folder / "data" / "expected" / "index.csv").write_bytes(good)
            (folder / "results").mkdir()
            (folder / "results" / "manifest.json").write_bytes(content)
        yield Hostile("manifest", name, ("verify", "--study", "data"), make)


def text_inputs() -> Iterator[Hostile]:
    """Transcripts that are none."""
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">]><a>&a;</a>'
    kinds = {
        "txt": {"zero bytes": b"\0" * 1000, "a line of 10 MB": LONG.encode(),
                "10 MB of headings": b"# " * 5_000_000, "UTF-16 cut off": b"\xff\xfea"},
        "vtt": {"no cue": b"WEBVTT\n", "10 MB in one cue": b"WEBVTT\n\n00:00.000 --> 00:01.000\n"
                + LONG.encode(), "a time of 5,000 digits": b"WEBVTT\n\n" + DIGITS.encode()
                + b":00:00.000 --> 00:01.000\nja\n", "tags": b"WEBVTT\n\n00:00.000 --> 00:01.000\n"
                + b"<v " * 1_000_000},
        "docx": {"a bomb": partial(bomb, {}, "word/document.xml", 300_000_000),
                 "entities": packed({"word/document.xml": laughs}), "no zip": b"PK\x03\x04" * 50,
                 "deep": packed({"word/document.xml": b"<a>" * DEEP})},
        "odt": {"a bomb": partial(bomb, {}, "content.xml", 300_000_000),
                "entities": packed({"content.xml": laughs}), "no part": packed({"a.xml": b""}),
                "deep": packed({"content.xml": b"<a>" * DEEP})},
    }
    for format_, contents in kinds.items():
        for name, content in contents.items():
            def make(folder: Path, format_: str = format_, content: Content = content) -> None:
                make_study(folder, study=STUDY.partition("[sources")[0] + (
                    f'[sources.texts]\nfile = "raw/tekst.{format_}"\nformat = "{format_}"\n'
                    'unit = "text"\nsynthetic = true\n'))
                (folder / "data" / "raw" / f"tekst.{format_}").write_bytes(
                    content() if callable(content) else content)
            yield Hostile("texts", f"{format_}: {name}", ("prepare", "--study", "data"), make)


def spss_inputs() -> Iterator[Hostile]:
    """Files that begin as SPSS writes them."""
    study = STUDY.replace("raw/enquete.csv", "raw/enquete.sav").replace(
        'format = "csv"', 'format = "spss"')
    header = b"$FL2" + b"@(#) SPSS DATA FILE".ljust(60) + b"\2\0\0\0"
    for name, content in {
        "a header alone": header, "four letters": b"$FL2",
        "a width of four billion": header + b"\xff" * 100, "zero bytes": header + b"\0" * 5000,
        "zlib of nothing": b"$FL3" + header[4:] + b"\1" * 5000,
    }.items():
        yield from both("spss", name, "raw/enquete.sav", study, content)


def spoiled_inputs() -> Iterator[Hostile]:
    """Good files of which bytes were changed by chance, until there are 356 inputs."""
    rng = random.Random(356)
    good = {"xlsx": packed(parts_of(sheet(rows_of()))), "csv": RAW.encode()}
    for number in range(SPOILED):
        ending = "xlsx" if number % 3 else "csv"
        content = bytearray(good[ending])
        for _ in range(rng.choice((1, 5, 50))):
            content[rng.randrange(len(content))] = rng.randrange(256)
        file, study = f"raw/enquete.{ending}", XLSX_STUDY if ending == "xlsx" else STUDY
        yield list(both(f"spoiled {ending}", str(number), file, study, bytes(content)))[number % 2]


SPOILED = 15
