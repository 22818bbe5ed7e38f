"""A question with thousands of answers, or with very long ones: bounded, quick and said so."""

import time

import pandas as pd
import pytest

import wbkit as wb

MANY = [f"antwoord {number}" for number in range(5002)]


def asked(answers, **item):
    frame = pd.DataFrame({"q": answers, "g": ["x", "y"] * (len(answers) // 2)})
    return wb.responses(frame, unit="student", public=True, design="srs",
                        items={"q": {"kind": "nominal", "values": list(dict.fromkeys(answers))}
                               | item})


@pytest.mark.parametrize("values", ["any", MANY])
def test_a_table_of_thousands_of_answers_prints_its_first_rows(values):
    table = wb.frequency(asked(MANY, values=values), "q")
    started = time.perf_counter()
    text = repr(table)
    assert time.perf_counter() - started < 5
    assert len(table.data) == 5002
    assert text.count("antwoord ") < 350
    assert "de eerste 300 van 5.002 rijen" in text
    assert "the first 300 of 5,002 rows" in str(table.show("en"))
    assert len(table._repr_html_()) < 300_000


@pytest.mark.parametrize(("draw", "words"), [
    (lambda: wb.plot_bars(wb.frequency(asked(MANY), "q")), "5002 rows, and a figure holds at most"),
    (lambda: wb.plot_bars(wb.frequency(asked(MANY[:400]), "q")), "400 bars.*at most 150"),
    (lambda: wb.compare(asked(MANY), "q", "g"), "q has 5002 different answers.*Merge answers"),
])
def test_what_nobody_could_read_is_refused_with_what_to_do(draw, words):
    with pytest.raises(wb.DataError, match=words):
        draw()


@pytest.mark.parametrize("answer", ["w" * 300, "woord " * 160 + "einde"])
def test_a_long_answer_keeps_to_the_width_of_a_figure(answer):
    figure = wb.plot_bars(wb.frequency(asked([answer, "b"] * 6), "q"))
    width, height = figure.picture.get_size_inches()
    assert width == pytest.approx(16 / 2.54)
    assert height < 29.7 / 2.54
