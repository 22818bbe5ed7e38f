import pandas as pd
import pytest
from builders.studies import REAL, REAL_RAW, STUDY, make_study
from nbformat.v4 import new_code_cell, new_notebook, new_output

import wbkit as wb
from wbkit.study.study import load_study
from wbkit.workflow.preparing import prepare
from wbkit.workflow.release.notebook_outputs import QUOTES, ROWS, SMALL, WIDGET, shows_people

OPEN = REAL + '''
[sources.students.items.kwijt]
column = "Wat wil je kwijt?"
label = { nl = "Wat wil je nog kwijt over de coach?" }
kind = "open"
'''
ANSWERS = {20: "ik vind het jammer dat mijn coach nooit tijd voor me heeft", 30: "niks",
           40: "gewoon meer uitleg graag"}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    head, *rows = REAL_RAW.splitlines()
    raw = "\n".join([f"{head};Wat wil je kwijt?", *(
        f"{row};{ANSWERS.get(place, '')}" for place, row in enumerate(rows))])
    study = load_study(make_study(tmp_path_factory.mktemp("echt"), study=OPEN, raw=raw))
    prepare(study)
    return study


def displayed(result):
    return new_output("display_data", data={
        "text/plain": repr(result), "text/html": result._repr_html_()})


def printed(text):
    return new_output("stream", text=text)


def shown(study, *outputs, **metadata):
    cells = [new_code_cell("x", outputs=[one] if one else []) for one in outputs]
    return list(shows_people(new_notebook(cells=cells, metadata=metadata), study))


def responses(study):
    return wb.read_responses(study, "students")


@pytest.mark.parametrize("make", [
    lambda data: displayed(data.head(3)), lambda data: printed(repr(data.head(3))),
    lambda data: printed(repr(data)), lambda data: printed(repr(data["gezien"])),
    lambda data: printed(data.head(3).to_string()),
])
def test_rows_of_data_are_refused(study, make):
    assert shown(study, None, make(responses(study).data))[0] == (2, ROWS)


def test_a_table_of_wbkit_is_shown_printed_and_summed_up_in_a_sentence(study):
    table = wb.frequency(responses(study), "gezien")
    assert shown(study, displayed(table), printed(repr(table)), printed(table.sentence("eens")),
                 printed("klaar met rekenen")) == []


def said_to_be_made_up(folder):
    """Give a study of which two people disagree, before its data were said to be real."""
    raw = REAL_RAW.replace("oneens", "eens", 5)
    study = load_study(make_study(folder, study=STUDY, raw=raw))
    prepare(study)
    return study


def test_a_table_from_before_the_data_were_said_to_be_real_shows_few(tmp_path):
    made_up = said_to_be_made_up(tmp_path)
    before = wb.frequency(responses(made_up), "gezien")
    real = load_study(make_study(tmp_path, study=REAL, raw=REAL_RAW))
    assert shown(made_up, displayed(before)) == []
    assert shown(real, displayed(before)) == [(1, SMALL)]


def test_a_count_in_a_cross_table_is_a_count_too(tmp_path):
    before = wb.crosstab(responses(said_to_be_made_up(tmp_path)), "gezien", "leerweg")
    real = load_study(make_study(tmp_path, study=REAL, raw=REAL_RAW))
    assert shown(real, displayed(before)) == [(1, SMALL)]


def test_how_many_rows_were_set_aside_is_no_count_of_people(study):
    assert shown(study, displayed(wb.cleaning_summary(responses(study)))) == []


@pytest.mark.parametrize(("words", "quoted"), [
    ("Iemand schreef: “Ik vind het jammer dat mijn coach nooit tijd…”", True),
    ("gewoon meer uitleg graag", True),
    ("niks", False),
    ("mijn coach nooit tijd voor", False),  # five words of a longer answer
    ("Wat wil je nog kwijt over de coach?", False),
    ("Een zin die de onderzoeker zelf in dit notebook schreef.", False),
])
def test_words_of_people_are_refused_and_words_of_the_study_are_not(study, words, quoted):
    assert shown(study, printed(words)) == ([(1, QUOTES)] if quoted else [])


def test_the_state_of_widgets_is_refused(study):
    widgets = {"widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}}}
    assert shown(study, **widgets) == [(None, WIDGET)]


def test_a_study_of_made_up_data_may_show_all(tmp_path):
    study = load_study(make_study(tmp_path))
    frame = pd.DataFrame({"a": [1, 2, 3]})
    assert shown(study, displayed(frame)) == []
