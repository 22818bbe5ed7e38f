"""Figures of agreement and of new codes show what their Table says."""

import pytest
from builders.codings import coded, pairs, random_passages

from wbkit.coding.agreement.agreement import agreement
from wbkit.coding.code_patterns import saturation
from wbkit.errors import DataError
from wbkit.report.plots.dots import plot_agreement
from wbkit.report.plots.lines import plot_saturation


def test_each_code_has_a_dot_and_its_words():
    figure = plot_agreement(agreement(pairs(20, 5, 10, 15), unit="document"), measure="cohen")
    assert "Cohens kappa: a: 0,40 (" in figure.alt
    lines = figure.picture.axes[0].get_lines()
    assert [round(float(line.get_xdata()[0]), 2) for line in lines if len(line.get_xdata()) == 1] \
        == [0.4]
    assert figure.png().startswith(b"\x89PNG")


def test_a_dot_on_few_documents_is_hollow():
    figure = plot_agreement(agreement(random_passages(1), unit="document"))
    faces = {line.get_markerfacecolor() for line in figure.picture.axes[0].get_lines()
             if line.get_marker() == "o"}
    assert faces == {"white"}
    words = " ".join(text.get_text() for text in figure.picture.texts)
    assert "Open punt met stippellijn" in words


def test_a_number_that_does_not_exist_is_a_reason():
    table = agreement(coded(("1", 0, 5, "b", "anke"), ("1", 0, 5, "b", "bram")), unit="document",
                      codes=["a", "b"])
    assert "a: geen verschil tussen eenheden" in plot_agreement(table).alt


def test_new_codes_are_drawn_for_each_document():
    table = saturation(coded(("1", 0, 5, "a", "anke"), ("2", 0, 5, "b", "anke")))
    figure = plot_saturation(table)
    heights = [bar.get_height() for bar in figure.picture.axes[0].patches]
    assert heights == [1, 1, 0]
    assert "2 1 nieuw, 2 tot nu toe" in figure.alt


def test_a_table_of_another_kind_is_refused():
    table = saturation(coded(("1", 0, 5, "a", "anke")))
    with pytest.raises(DataError, match="draws a Table of agreement"):
        plot_agreement(table)
    with pytest.raises(DataError, match="there is prevalence:anke"):
        plot_agreement(agreement(pairs(2, 1, 1, 2)), measure="f1")
    with pytest.raises(DataError, match="one of saturation"):
        plot_saturation(agreement(pairs(2, 1, 1, 2)))
