"""wbkit: research on student wellbeing and teacher professionalisation, from raw file to finding.

Responses, Documents and Codings go in, a Table comes out, and a Study says what everything means.
"""

from importlib import import_module

__version__ = "0.1.0"

_WHERE = {
    "wbkit.errors": ("CodebookError", "CodingError", "DataError", "DisclosureError", "StudyError",
                     "WbkitError"),
    "wbkit.nouns.study": ("Study", "load_study"),
    "wbkit.nouns.design": ("Design",),
    "wbkit.nouns.source": ("Source",),
    "wbkit.nouns.item": ("Item",),
    "wbkit.nouns.scale": ("Scale",),
    "wbkit.nouns.response": ("Responses",),
    "wbkit.nouns.code": ("Code",),
    "wbkit.nouns.codebook": ("Codebook", "load_codebook"),
    "wbkit.nouns.documents": ("Documents",),
    "wbkit.nouns.codings": ("Codings",),
    "wbkit.nouns.answers": ("Answer", "load_answers"),
    "wbkit.nouns.count_table": ("Cells",),
    "wbkit.nouns.table": ("Table",),
    "wbkit.nouns.figure": ("Figure",),
    "wbkit.intake.drafts": ("describe",),
    "wbkit.intake.sources": ("read_source",),
    "wbkit.intake.processed": ("read_responses",),
    "wbkit.intake.documents": ("read_documents",),
    "wbkit.intake.cell_files": ("read_cells",),
    "wbkit.intake.texts": ("read_texts",),
    "wbkit.cleaning.opened": ("open_answers",),
    "wbkit.cleaning.known": ("text_attributes",),
    "wbkit.coding.dictionary": ("code_by_dictionary",),
    "wbkit.coding.counts": ("code_frequency", "code_matrix"),
    "wbkit.coding.topics": ("guide_topics", "who_spoke"),
    "wbkit.coding.quoting": ("quotes",),
    "wbkit.coding.store": ("CodingStore",),
    "wbkit.coding.from_store": ("read_codings", "read_memos"),
    "wbkit.coding.keeping": ("store_codings", "store_documents"),
    "wbkit.coding.refi_reading": ("read_refi",),
    "wbkit.coding.refi_writing": ("write_refi",),
    "wbkit.coding.refi_store": ("refi_codebook", "refi_project", "store_refi"),
    "wbkit.coding.leaving": ("indicator_matrix", "write_codings", "write_matrix"),
    "wbkit.coding.book_changes": ("codebook_difference",),
    "wbkit.coding.excerpts": ("passages",),
    "wbkit.coding.coefficients": ("krippendorff_alpha",),
    "wbkit.coding.agreeing": ("agreement",),
    "wbkit.coding.deciding": ("consensus", "disagreements"),
    "wbkit.coding.evaluating": ("evaluate",),
    "wbkit.coding.neighbours": ("cooccurrence",),
    "wbkit.coding.saturating": ("saturation",),
    "wbkit.coding.guided": ("codes_by_question", "guide_questions"),
    "wbkit.coding.cases": ("negative_cases", "unique_cases"),
    "wbkit.coding.citations": ("check_quotes",),
    "wbkit.cleaning.cleaner": ("clean",),
    "wbkit.cleaning.frames": ("responses",),
    "wbkit.cleaning.history": ("changes",),
    "wbkit.survey.counting": ("cells",),
    "wbkit.survey.estimates": ("estimate",),
    "wbkit.survey.intervals": ("share_interval",),
    "wbkit.survey.assumptions": ("assume",),
    "wbkit.survey.frequencies": ("frequency",),
    "wbkit.survey.crosstabs": ("crosstab",),
    "wbkit.survey.listings": ("listing",),
    "wbkit.survey.trends": ("trend",),
    "wbkit.survey.trend_tests": ("trend_test",),
    "wbkit.survey.crowds": ("people_behind",),
    "wbkit.survey.joint": ("joint_answers",),
    "wbkit.survey.participation": ("coverage", "nonresponse"),
    "wbkit.survey.scoring": ("score",),
    "wbkit.survey.distributions": ("bands", "distribution"),
    "wbkit.survey.reliabilities": ("reliability",),
    "wbkit.findings.joint": ("joint_display",),
    "wbkit.findings.readings": ("Reading", "reading"),
    "wbkit.survey.pooling": ("pool",),
    "wbkit.survey.weighting": ("weight",),
    "wbkit.survey.comparisons": ("compare",),
    "wbkit.survey.regressions": ("regress",),
    "wbkit.survey.repeated": ("before_after",),
    "wbkit.report.bars": ("plot_bars",),
    "wbkit.report.likert": ("plot_likert",),
    "wbkit.report.trends": ("plot_trend",),
    "wbkit.report.joints": ("plot_joint",),
    "wbkit.report.matrix": ("plot_matrix",),
    "wbkit.report.dots": ("plot_agreement",),
    "wbkit.report.ranges": ("plot_estimates",),
    "wbkit.report.effects": ("plot_effects",),
    "wbkit.report.curves": ("plot_saturation",),
    "wbkit.report.saving": ("save",),
    "wbkit.report.cell_files": ("write_cells",),
}
_HOME = {name: module for module, names in _WHERE.items() for name in names}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    meant = import_module("wbkit.basis.text").did_you_mean(name, __all__)
    raise AttributeError(f"module 'wbkit' has no attribute {name!r}. {meant}".rstrip())


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
