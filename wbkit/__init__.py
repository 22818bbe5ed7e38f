"""wbkit: research on student wellbeing and teacher professionalisation, from raw file to finding.

Responses, Documents and Codings go in, a Table comes out, and a Study says what everything means.
"""

from importlib import import_module

__version__ = "0.1.0"

_WHERE = {
    "wbkit.errors": (
        "CodebookError", "CodingError", "DataError", "DisclosureError", "StudyError", "WbkitError",
    ),
    "wbkit.study.study": ("Study", "load_study"),
    "wbkit.study.design": ("Design",),
    "wbkit.study.source": ("Source",),
    "wbkit.study.item": ("Item",),
    "wbkit.study.scale": ("Scale",),
    "wbkit.data.responses": ("Responses",),
    "wbkit.study.codebook": ("Code", "Codebook", "load_codebook"),
    "wbkit.data.documents": ("Documents",),
    "wbkit.data.codings": ("Codings",),
    "wbkit.study.interpretations": ("load_interpretations",),
    "wbkit.findings.interpretations": ("Interpretation", "interpretation"),
    "wbkit.findings.answer_table": ("answer_table",),
    "wbkit.findings.slots": ("fill",),
    "wbkit.findings.member_checks": ("member_checks",),
    "wbkit.findings.recommendations": ("recommendations", "recommendation_matrix"),
    "wbkit.data.cells": ("Cells",),
    "wbkit.table.table": ("Table", "Figure"),
    "wbkit.intake.draft.draft": ("describe",),
    "wbkit.intake.source_files": ("read_source",),
    "wbkit.intake.processed": ("read_responses", "read_texts"),
    "wbkit.intake.documents": ("read_documents",),
    "wbkit.report.cell_files": ("read_cells", "write_cells"),
    "wbkit.report.data_files": ("export_data",),
    "wbkit.cleaning.open_text": ("open_answers", "document_variables"),
    "wbkit.coding.dictionary": ("code_by_dictionary",),
    "wbkit.coding.suggest": ("suggest",),
    "wbkit.coding.code_counts": ("code_frequency", "code_matrix"),
    "wbkit.coding.interview_guide": (
        "guide_coverage", "speaking_shares", "codes_by_question",
    ),
    "wbkit.coding.coded_segments": ("coded_segments", "excerpts"),
    "wbkit.coding.hand_sample": ("draw_sample", "read_sample", "write_sample"),
    "wbkit.coding.prevalence": ("prevalence",),
    "wbkit.coding.store.store": ("CodingStore",),
    "wbkit.coding.store.exchange": ("read_codings", "read_memos"),
    "wbkit.coding.refi.reading": ("read_refi",),
    "wbkit.coding.refi.from_store": ("write_refi",),
    "wbkit.coding.exchange.qualcoder": ("read_qualcoder",),
    "wbkit.coding.exchange.taguette": ("read_taguette",),
    "wbkit.coding.exchange.coded_sheet": ("read_coded_sheet",),
    "wbkit.coding.exchange.export": ("export_codings",),
    "wbkit.coding.store.codebook_difference": ("codebook_difference",),
    "wbkit.coding.agreement.alpha": ("krippendorff_alpha",),
    "wbkit.coding.agreement.agreement": ("agreement",),
    "wbkit.coding.agreement.reconcile": ("reconcile", "disagreements"),
    "wbkit.coding.agreement.precision_recall": ("precision_recall",),
    "wbkit.coding.code_patterns": ("cooccurrence", "saturation", "negative_cases", "unique_cases"),
    "wbkit.coding.quote_check": ("check_quotes",),
    "wbkit.cleaning.cleaner": ("clean",),
    "wbkit.cleaning.frames": ("responses",),
    "wbkit.cleaning.log": ("cleaning_summary",),
    "wbkit.survey.counts.cells": ("count_cells",),
    "wbkit.survey.estimate": ("estimate",),
    "wbkit.survey.design.intervals": ("share_interval",),
    "wbkit.survey.design.inference": ("assume",),
    "wbkit.survey.frequency": ("frequency",),
    "wbkit.survey.crosstab": ("crosstab",),
    "wbkit.survey.listings": ("list_rows", "team_coverage", "team_answers"),
    "wbkit.survey.trend": ("trend",),
    "wbkit.survey.participation": ("coverage", "nonresponse"),
    "wbkit.survey.scales.scoring": ("score",),
    "wbkit.survey.distribution": ("score_bands", "distribution"),
    "wbkit.survey.scales.reliability": ("reliability",),
    "wbkit.findings.joint_display": ("joint_display",),
    "wbkit.findings.claims.claims": ("check_claims",),
    "wbkit.survey.pooling": ("pool_cells",),
    "wbkit.survey.design.weighting": ("weight",),
    "wbkit.privacy.protect": ("protect",),
    "wbkit.privacy.audit": ("audit",),
    "wbkit.survey.testing.compare": ("compare",),
    "wbkit.survey.testing.regression": ("regress",),
    "wbkit.survey.testing.paired": ("compare_paired",),
    "wbkit.report.plots.bars": ("plot_bars",),
    "wbkit.report.plots.likert": ("plot_likert",),
    "wbkit.report.plots.lines": ("plot_trend", "plot_saturation"),
    "wbkit.report.plots.joint": ("plot_joint",),
    "wbkit.report.plots.heatmap": ("plot_heatmap",),
    "wbkit.report.plots.dots": ("plot_agreement", "plot_estimates"),
    "wbkit.report.plots.forest": ("plot_forest",),
    "wbkit.report.plots.units": ("plot_units", "plot_dumbbell"),
    "wbkit.report.plots.parts": ("plot_parts", "plot_pyramid"),
    "wbkit.report.infographics.infographic": ("infographic",),
    "wbkit.report.pages.report": ("build_report", "write_report"),
    "wbkit.report.saving": ("save",),
    "wbkit.privacy.anonymity": ("anonymity",),
    "wbkit.workflow.twin.study_twin": ("twin",),
    "wbkit.workflow.twin.comparing": ("compare_twin",),
    "wbkit.privacy.identifiers": ("find_identifiers",),
    "wbkit.privacy.self_codes": ("link_codes",),
    "wbkit.workflow.pseudonymising.desk": ("PseudonymDesk",),
    "wbkit.workflow.pseudonymising.reviewing": ("pseudonymise",),
    "wbkit.widgets.coding_review": ("CodingReview",),
    "wbkit.widgets.text_coder": ("TextCoder",),
}
_HOME = {name: module for module, names in _WHERE.items() for name in names}
# Names from other programs, and what does the same here.
_ELSEWHERE = {
    "mean": "estimate", "median": "estimate", "total": "estimate", "crosstabs": "crosstab",
    "frequencies": "frequency", "ttest": "compare", "t_test": "compare", "chi2": "compare",
    "anova": "compare", "correlation": "regress", "corr": "regress", "regression": "regress",
    "cronbach": "reliability", "alpha": "reliability",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> object:
    if name in _HOME:
        found = globals()[name] = getattr(import_module(_HOME[name]), name)
        return found
    messages = import_module("wbkit.messages")
    if name == "recode":
        raise AttributeError(messages._(
            "module 'wbkit' has no attribute {name!r}. recode is a key of an item in study.toml.",
            name=name))
    known = [_ELSEWHERE[name]] if name in _ELSEWHERE else []
    nearest = import_module("wbkit.text.normalise").did_you_mean
    meant = messages._("Use {name}.", name=f"wb.{known[0]}") if known else nearest(name, __all__)
    if meant:
        raise AttributeError(messages._(
            "module 'wbkit' has no attribute {name!r}. {hint}", name=name, hint=meant))
    raise AttributeError(messages._("module 'wbkit' has no attribute {name!r}.", name=name))


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
