"""One language in a Table and its Figure, whichever it is."""

import io
import re

import openpyxl
import pytest
from builders.tables import GROUPS, QUESTIONS, SCALE, frequencies
from oracles.drawn_boxes import words_of

from wbkit.labels import words
from wbkit.messages import LANGUAGES
from wbkit.report.plots.bars import plot_bars
from wbkit.report.plots.likert import plot_likert
from wbkit.report.saving import workbook
from wbkit.table.render import as_html, as_text

OTHER = {"nl": "en", "en": "nl"}
SHORTEST = 3  # letters; "of" and "en" are words in both languages
TABLES = {
    "scale": ({"gezien": [4, 12, 31, 101, 50], "tijd": [1, 1, 0, 3, 2]}, {}),
    "hidden": ({"gezien": [None, None, 31, 101, 50]}, {"base": 190, "interval": 0.05}),
    "groups": ({("gezien", "bol"): [4, 12, 31, 101, 50], ("gezien", "bbl"): [0, 0, 1, 4, 2]},
               {"dimensions": ["leerweg"]}),
}


def phrases(language):
    """Return every piece of fixed text of a language, without what is filled in."""
    known = [entry[language] for entry in words().values()]
    known += [*SCALE[language], *QUESTIONS[language].values(), *GROUPS[language].values()]
    pieces = (piece.strip(" .,:;()‘’\u00a0") for text in known
              for piece in re.split(r"\{\w+\}|\|", text))
    return {piece.lower() for piece in pieces if len(piece) > SHORTEST}


def strays(text, language):
    """Return the words of the other language that stand in a text."""
    own = phrases(language)
    strange = [piece for piece in phrases(OTHER[language]) - own
               if re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", text.lower())]
    return [piece for piece in strange if not any(piece in phrase for phrase in own)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", TABLES)
def test_a_table_and_its_figures_are_in_one_language(shape, language):
    counts, options = TABLES[shape]
    table = frequencies(counts, language=language, **options)
    check(table, None, language)
    check(table, OTHER[language], OTHER[language])


def check(table, asked, language):
    """Find no word of the other language in a Table that is shown in one that is asked for."""
    figures = [plot_bars(table, language=asked), plot_bars(table, measure="n", language=asked),
               plot_bars(table, values=["v4"], language=asked), plot_likert(table, language=asked),
               plot_likert(table, style="stacked", language=asked)]
    table_words = table.show(asked)
    shown = [as_text(table_words), re.sub(r"<[^>]*>", "\n", as_html(table_words))]
    shown += [text for figure in figures for text in (figure.alt, *words_of(figure))]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(table_words))).active
    shown += [sheet.title, *(str(cell) for row in sheet.iter_rows(values_only=True)
                             for cell in row if cell is not None)]
    assert strays("\n".join(shown), language) == []
    assert not {"low", "high", "share", "state"} & {*shown} - phrases(language)


def test_a_word_of_the_other_language_would_be_found():
    assert "niet gevraagd" in strays("Base: students who answered. niet gevraagd", "en")
    assert "strongly disagree" in strays("Bron: Enquête. strongly disagree", "nl")


def test_every_printed_word_is_there_in_both_languages():
    for key, entry in words().items():
        assert set(entry) == set(LANGUAGES), key
        assert all(text.strip() for text in entry.values()), key


def test_both_languages_fill_in_the_same():
    for key, entry in words().items():
        filled = [set(re.findall(r"\{(\w+)\}", text)) for text in entry.values()]
        assert filled[0] == filled[1], key
