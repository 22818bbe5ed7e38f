"""The public names of wbkit, all of them: a name that comes or goes is decided here."""

import pytest

import wbkit

NAMES = """
Cells Code Codebook CodebookError CodingError CodingReview CodingStore Codings DataError Design
DisclosureError Documents Figure Interpretation Item PseudonymDesk Responses Scale Source Study
StudyError Table TextCoder WbkitError agreement anonymity answer_table assume audit build_report
check_claims check_quotes clean cleaning_summary code_by_dictionary code_frequency code_matrix
codebook_difference coded_segments codes_by_question compare compare_paired compare_twin
cooccurrence count_cells coverage crosstab describe disagreements distribution document_variables
draw_sample estimate excerpts export_codings export_data fill find_identifiers frequency
guide_coverage infographic interpretation joint_display krippendorff_alpha link_codes list_rows
load_codebook load_interpretations load_study member_checks negative_cases nonresponse open_answers
plot_agreement plot_bars plot_dumbbell plot_estimates plot_forest plot_heatmap plot_joint
plot_likert plot_parts plot_pyramid plot_saturation plot_trend plot_units pool_cells
precision_recall prevalence protect pseudonymise read_cells read_coded_sheet read_codings
read_documents read_memos read_qualcoder read_refi read_responses read_sample read_source
read_taguette read_texts recommendation_matrix recommendations reconcile regress reliability
responses saturation save score score_bands share_interval speaking_shares suggest team_answers
team_coverage trend twin unique_cases weight write_cells write_refi write_report write_sample
"""


def test_the_public_names_are_these_and_no_others():
    assert sorted(wbkit.__all__) == NAMES.split()


def test_there_are_no_more_names_than_somebody_can_learn():
    assert len(wbkit.__all__) <= 126


@pytest.mark.parametrize(("name", "hint"), [
    ("mean", r"Use wb\.estimate"), ("anova", r"Use wb\.compare"),
    ("crosstabs", r"Use wb\.crosstab"),
    ("recode", "recode is a key of an item in study.toml"),
])
def test_a_name_of_another_program_leads_to_what_does_it_here(name, hint):
    with pytest.raises(AttributeError, match=hint):
        getattr(wbkit, name)


def test_names_of_other_programs_lead_to_names_that_exist():
    assert set(wbkit._ELSEWHERE.values()) <= set(wbkit.__all__)
