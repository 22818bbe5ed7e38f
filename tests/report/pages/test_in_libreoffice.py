"""What another program makes of a Word report: LibreOffice opens it and writes it as a PDF."""

import io
import shutil
import subprocess

import pytest
from builders.report_studies import save_results
from pypdf import PdfReader

from wbkit.report.pages.report import build_report, write_report

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    if PROGRAM is None:
        pytest.skip("needs LibreOffice (soffice), which is not installed here")
    folder = tmp_path_factory.mktemp("opened")
    study, results = save_results(folder)
    report = build_report(study, results, audience="research")
    write_report(report, folder / "rapport.docx")
    subprocess.run(
        [PROGRAM, f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", TAGGED, "--outdir", str(folder), str(folder / "rapport.docx")],
        check=True, capture_output=True, timeout=120)
    return report, PdfReader(io.BytesIO((folder / "rapport.pdf").read_bytes()))


def structure(node, found):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            structure(one, found)
    elif isinstance(node, dict):
        found.append((str(node.get("/S", "")), str(node.get("/Alt", ""))))
        structure(node.get("/K", []), found)
    return found


def test_headings_captions_and_heads_of_tables_are_there(opened):
    _, reader = opened
    kinds = [kind for kind, _ in structure(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], [])]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= set(kinds)
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Tabel 1" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Figuur 1" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_figures_have_their_alternative_text(opened):
    report, reader = opened
    alts = {alt for _, alt in structure(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], [])}
    (drawn,) = [one.figure.alt for one in report.parts if hasattr(one, "figure")]
    assert any(drawn in alt for alt in alts)


def test_the_language_is_dutch(opened):
    assert opened[1].trailer["/Root"]["/Lang"] == "nl-NL"
