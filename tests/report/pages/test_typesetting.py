"""Pages set by typst: for everybody, the same on every machine, and nothing goes by unseen."""

import builtins
import io
import os
import re
import subprocess
import sys

import pytest
from builders.studies import make_study
from pypdf import PdfReader

from wbkit.errors import DataError
from wbkit.report.pages.page_style import PAGE as HOUSE
from wbkit.report.pages.page_style import page_style
from wbkit.report.pages.typesetting import printable, typeset
from wbkit.study.study import load_study

PAGE = '#set document(title: "Wie hielp?", date: none)\n#show: house\n= Wie hielp?\n'
TEMPLATES = sorted(HOUSE.parent.glob("*"))
PNG = (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~"
       b"\x9bU\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`"
       b"\x82")


@pytest.fixture
def preamble(tmp_path):
    return page_style(load_study(make_study(tmp_path))).typst() + "\n"


def test_a_pdf_has_tags_a_title_and_a_language(preamble):
    (made,) = typeset(preamble + PAGE)
    root = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl-NL"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_same_page_is_the_same_bytes_in_another_process_place_and_time_zone(preamble, tmp_path):
    text = preamble + PAGE
    (tmp_path / "page.typ").write_text(text, encoding="utf-8")
    script = ("import sys; from pathlib import Path\n"
              "from wbkit.report.pages.typesetting import typeset\n"
              "sys.stdout.buffer.write(typeset(Path('page.typ').read_text('utf-8'))[0])")
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=True,
        env=os.environ | {"TZ": "Asia/Tokyo", "LC_ALL": "C", "TMPDIR": str(tmp_path),
                          "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"})
    assert done.stdout == typeset(text)[0]


@pytest.mark.parametrize(("more", "words"), [
    ('#image("dot.png")', "missing alt text"),
    ('#text(font: "Comic Sans MS")[x]', "unknown font family"),
    ("#nothing-like-this", "unknown variable"),
])
def test_what_is_not_in_order_is_a_fault_and_no_warning(preamble, more, words):
    with pytest.raises(DataError, match=words):
        typeset(preamble + PAGE + more, {"dot.png": PNG})


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_template_takes_a_package_from_outside(file):
    assert "@" not in re.sub(r"@media[^{]*", "", file.read_text(encoding="utf-8"))


def test_without_typst_the_message_says_what_to_install(preamble, monkeypatch):
    real = builtins.__import__

    def no_typst(name, *others):
        if name == "typst":
            raise ImportError(name)
        return real(name, *others)

    monkeypatch.setattr(builtins, "__import__", no_typst)
    with pytest.raises(DataError, match=r'pip install "wbkit\[pages\]", or ask for docx or html'):
        typeset(preamble + PAGE)


def test_every_sign_of_a_page_is_in_its_fonts():
    assert printable("Zoë → Łukasz ✓ Ελένη") == "Zoë → Łukasz ✓ Ελένη"
    assert printable("blij 漢") == "blij □"


def test_no_line_ends_after_a_short_word_with_an_apostrophe():
    assert printable("'s avonds") == "’s\N{NO-BREAK SPACE}avonds"
    assert printable("foto's maken") == "foto's maken"


def test_a_picture_of_a_page_has_one_file_for_each_page(preamble):
    made = typeset(preamble + PAGE + "#pagebreak()\nTwee", form="png", ppi=40)
    assert [one[:4] for one in made] == [b"\x89PNG"] * 2
