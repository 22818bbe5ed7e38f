"""Which rare answers are proposed as a typing error of a usual one."""

import pytest

from wbkit.intake.draft.misspelt import misspelt


def test_nothing_is_corrected_to_an_answer_that_is_corrected_itself():
    assert misspelt({"Helmond": 60, "Helmnd": 3, "Hemnd": 1, "Eindhoven": 20}, {}) == {
        "Helmnd": "Helmond"}


@pytest.mark.parametrize(("rare", "usual"), [
    ("Docente", "Docent"), ("een oudere", "een ouder"), ("met partners", "met partner"),
    ("Zuidwest-Nederland", "Zuidoost-Nederland"),
])
def test_another_ending_or_another_word_is_another_answer(rare, usual):
    assert misspelt({usual: 60, rare: 1}, {}) == {}
