"""Statements about codes and texts: small counts stand nowhere, and words come in two languages."""

import re
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from builders import transcripts
from builders.codings import coded

import wbkit as wb
from wbkit.coding.code_counts import code_frequency, code_matrix
from wbkit.coding.code_patterns import cooccurrence
from wbkit.coding.dictionary import code_by_dictionary
from wbkit.coding.interview_guide import speaking_shares
from wbkit.data.documents import Documents
from wbkit.study.source import Display, Setting

PLANTED, MINIMUM = 37, 50
REAL = {"synthetic": False, "language": "nl"}


def protected(noun):
    """Let counts under MINIMUM be hidden."""
    documents = getattr(noun, "documents", noun)
    source = documents.source.model_copy(
        update={"setting": Setting(display=Display(minimum=MINIMUM))})
    made = replace(documents, source=source)
    return made if noun is documents else replace(noun, documents=made)


def partly_read(documents=400, read=PLANTED):
    """Make texts of real people of which some were considered."""
    looked = [(str(at + 1), "r", "anke", ("a", "b"), True) for at in range(read)]
    rows = [(str(at + 1), 0, 5, code, "anke") for at in range(read) for code in "ab"]
    return protected(coded(*rows, lengths=(10,) * documents, considered=looked, source=REAL))


def waiting(n=PLANTED):
    """Make hits of which some wait for a reader."""
    book = transcripts.codebook(druk=[{"term": "druk", "negation": "review"}])
    texts = ["geen druk"] * n + ["druk"] * (400 - n)
    return protected(code_by_dictionary(transcripts.documents(*texts, **REAL), book))


def spoken(n=PLANTED):
    """Make conversations with one person each."""
    names = [f"d{at}" for at in range(n)]
    turns = pd.DataFrame({"document": names, "turn": 1, "start": 0, "end": 3, "speaker": "TL",
                          "role": "leider", "question": "", "time": ""})
    return protected(Documents.of(dict.fromkeys(names, "a b c"), transcripts.source(**REAL),
                                  turns=turns))


MADE = {
    "read": lambda: code_frequency(partly_read()),
    "matrix": lambda: code_matrix(partly_read()),
    "waiting": lambda: code_frequency(waiting()),
    "together": lambda: cooccurrence(partly_read(PLANTED)),
    "spoken": lambda: speaking_shares(spoken()),
}
DRAWN = {"read": wb.plot_bars, "waiting": wb.plot_bars, "spoken": wb.plot_bars}


def printed(table, name, folder, language):
    """Return all that a reader gets of a Table, without the digits of its fingerprint."""
    first, *others = table.sources
    setting = first.setting.model_copy(update={"results": folder})
    table = replace(table, sources=(first.model_copy(update={"setting": setting}), *others))
    wb.save(table, name, language=language)
    shown = table.show(language)
    parts = [repr(shown), shown._repr_html_(), table.cells.to_csv(index=False).replace(",", ", ")]
    parts += [(folder / "tables" / f"{name}.{one}").read_text().replace(",", ", ")
              for one in ("csv", "json")]
    sheet = openpyxl.load_workbook(folder / "tables" / f"{name}.xlsx").active
    parts += [str(cell.value) for row in sheet.iter_rows() for cell in row]
    if name in DRAWN:
        parts.append(DRAWN[name](table, language=language).alt)
    return "\n".join(parts).replace(table.fingerprint, "")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", MADE)
def test_a_small_count_stands_nowhere(name, language, tmp_path):
    words = printed(MADE[name](), name, tmp_path, language)
    assert not re.search(rf"(?<![\d.,]){PLANTED}(?!\d)", words)


def test_the_words_say_that_a_count_is_too_small():
    assert MADE["read"]().show().base.startswith("Basis: minder dan 50 van de 400 interviews")
    assert "Zoekwoorden met een ontkenning erbij: minder dan 50." in "".join(
        MADE["waiting"]().show().notes)
    assert MADE["spoken"]().words("source", "leiders") == (
        "leiders (minder dan 50 interviews, minder dan 50 ondervraagd)")


def test_the_share_of_another_origin_goes_with_its_hidden_count():
    both = [(str(at + 1), 0, 5, "a", coder) for at in range(60) for coder in ("anke", "bram")]
    made = coded(*both, lengths=(10,) * 60, source=REAL)
    origins = ["import"] * PLANTED + ["manual"] * (len(both) - PLANTED)
    table = wb.agreement(protected(replace(made, data=made.data.assign(origin=origins))))
    (note,) = [one for one in table.show("nl").notes if one.startswith("Apart")]
    assert note == ("Apart, niet meegeteld: minder dan 50 van de 120 coderingen met herkomst "
                    "overgenomen uit een ander programma.")


@pytest.mark.parametrize("name", ["people", "after", "test", "code", "role", "other"])
def test_texts_can_be_divided_by_an_attribute_of_any_name(name):
    texts = pd.DataFrame({"document": ["1", "2", "3"], "text": ["geld", "niets", "geld"],
                          name: ["geld", "x", ""]})
    codings = code_by_dictionary(Documents.of(texts, transcripts.source()),
                                 transcripts.codebook(geld={"label": {"nl": "Geld!"},
                                                            "terms": ["geld"]}))
    table = code_frequency(codings, by=name)
    assert table.dimensions == (name,)
    assert table.words(name, "geld") == "geld"  # a group, though a code has this id
    assert table.show("en").words(name, "unknown") == "not known"
    assert table.show().heading(name) == name
    assert table.words("value", "geld") == "Geld!"


def test_a_table_of_codes_reads_in_both_languages():
    table = code_matrix(coded(("1", 0, 5, "a", "anke"), ("1", 3, 8, "b", "bram")), rows="document")
    assert "Een code telt als een van de codeurs (anke en bram) hem gaf." in table.show("nl").notes
    assert "A code counts when one of the coders (anke and bram) gave it." in \
        table.show("en").notes
    assert table.show("en").fingerprint == table.fingerprint


def test_several_coders_of_one_side_are_one_cell_in_any_language():
    made = coded(("1", 0, 5, "a", "anke"), ("1", 3, 8, "a", "bram"),
                 coders=("anke", "bram", "chris"))
    table = wb.disagreements(made, unit="document")
    assert table.data["given"].tolist() == ["anke, bram"]
    assert table.show("nl").words("given", "anke, bram") == "anke en bram"
    assert table.show("en").words("given", "anke, bram") == "anke and bram"
