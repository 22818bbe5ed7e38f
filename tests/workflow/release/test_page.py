"""The page that goes along says by which rules the numbers were made fit to share."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from builders import codings as by_hand
from builders.release_rules import audit_table
from builders.studies import REAL, REAL_RAW, make_study

import wbkit as wb
from wbkit.study.source import Display, Setting
from wbkit.study.study import load_study
from wbkit.table.statements.privacy import InParts
from wbkit.workflow.release.page import Publication, page

SAFE = {"table": "1", "cell": "people: team=a", "lowest": 0, "highest": 9, "verdict": "safe",
        "given_by": ""}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return load_study(make_study(tmp_path_factory.mktemp("bladzijde"), study=REAL, raw=REAL_RAW))


def told(study, *tables, **fields):
    publication = Publication(**{
        "profile": "publicatie", "on": date(2026, 3, 1), "tables": tables, "figures": 0,
        "cells": 0, "notebooks": 0, "hidden": {}, "left_out": {},
        "audit": audit_table([SAFE])} | fields)
    return page(study, publication)


def leaders():
    design = {"kind": "census", "informants": "teamleiders"}
    return wb.code_matrix(by_hand.coded(("1", 0, 5, "a", "anke"), lengths=(10,) * 5, source={
        "name": "leaders", "synthetic": False, "design": design}), codes=["a"])


def people(**fields):
    items = {"team": {"kind": "nominal", "values": ["a", "b"]},
             "soort": {"label": "Soort team", "kind": "nominal", "values": ["x"],
                       "recode": {"item": "team", "map": {"a": "x", "b": "x"}}}}
    made = wb.responses(pd.DataFrame({"team": ["a", "b"] * 20}), unit="student", items=items,
                        design=wb.Design(kind="convenience"))
    return replace(made, source=made.source.model_copy(update=fields))


def test_a_plain_folder_speaks_of_no_informants_and_of_no_merging(study):
    words = told(study, wb.frequency(people(), "team"))
    assert "Een groep van minder dan 10 mensen zie je niet apart" in words
    assert "iedereen op school kent hen" not in words
    assert "samengevoegd" not in words
    assert "afgerond" not in words


@pytest.mark.parametrize(("profile", "least"), [("publicatie", 20), ("intern", 6)])
def test_the_size_of_a_group_that_is_shown_is_the_one_of_study_toml(tmp_path, profile, least):
    language = 'language = "nl"\n'
    display = f"{language}display = {{ minimum = 6, publication = 20 }}\n"
    strict = load_study(make_study(tmp_path, study=REAL.replace(language, display, 1)))
    words = told(strict, wb.frequency(people(), "team"), profile=profile)
    assert f"Een groep van minder dan {least} mensen zie je niet apart" in words


def test_it_says_that_informants_are_told_of_in_words(study):
    assert ("Van teamleiders staat er niet hoeveel van hen iets zeiden, maar alle, de meesten, "
            "enkele of geen. Zijn het er minder dan vijf, dan staat er alleen of iemand het "
            "noemde.") in told(study, leaders())


def test_it_says_that_too_many_questions_were_looked_at_in_parts(study):
    audit = audit_table([SAFE])
    parted = replace(audit, facts=(*audit.facts, InParts()))
    assert "Dat is in delen gedaan." in told(study, audit=parted)
    assert "Dat is in delen gedaan." not in told(study)


def test_it_names_the_questions_of_which_answers_were_merged(study):
    words = told(study, wb.frequency(people(), "soort"))
    assert "Antwoorden of groepen zijn samengevoegd bij ‘Soort team’." in words


def test_of_made_up_people_merging_hid_nothing_less(study):
    assert "samengevoegd" not in told(study, wb.frequency(people(synthetic=True), "soort"))


def test_rounded_counts_are_said_to_be_rounded_and_a_larger_one_may_follow(study):
    made = people(setting=Setting(display=Display(rounding=5)))
    words = told(study, *wb.protect([wb.frequency(made, "team")], profile="publicatie"))
    assert "Alle aantallen mensen zijn afgerond op een veelvoud van 5" in words
    assert "Een groter aantal is soms wel precies te berekenen." in words
    assert "zie je niet apart" not in words


def test_it_says_that_the_text_of_notebooks_was_not_read_for_counts(study):
    unread = "Of daarin een klein aantal staat (‘3 van de 7 docenten’), of woorden van iemand"
    assert unread in told(study, notebooks=1)
    assert unread not in told(study, notebooks=0)


def test_counts_of_elsewhere_are_said_to_be_known(study):
    assert "telde daarbij mee: 3 aantallen" in told(study, known=3)
    assert "telde daarbij mee" not in told(study)
