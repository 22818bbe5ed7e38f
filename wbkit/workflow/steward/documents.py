"""Documents for who looks after the data: for ethics and consent, and for what comes after."""

import io
from pathlib import Path

from wbkit.cleaning.cleaner import clean
from wbkit.data.responses import asked_items
from wbkit.files import new_workbook
from wbkit.intake.source_files import read_source
from wbkit.privacy.anonymity import anonymity
from wbkit.study.item import OTHER, Item
from wbkit.study.source import Source
from wbkit.study.study import Study
from wbkit.table.table import Table
from wbkit.workflow.handout.handing import Handed, hand_over
from wbkit.workflow.pseudonymising.applying import read_private
from wbkit.workflow.steward.filling import as_word, filled, words

FOLDER = "steward"
BEFORE = ("informatiebrief", "toestemming", "grondslag", "dpia", "datamanagementplan")
LISTED = "variabelen.xlsx"
DEPOSIT = "README_archief"


def write_steward_documents(study: Study, folder: Path | None = None) -> Handed:
    """Write the documents that fit the study as it is now; what somebody edited stays.

    Before there are data: information letter, consent, legal basis, the beginning of a DPIA, a
    data-management plan. With data also the list of variables and a README for a deposit.
    """
    folder = folder or study.folder.resolve().parent / FOLDER
    documents = {f"{name}.docx": as_word(filled(f"{name}.md", study)) for name in BEFORE}
    if any(file.is_file() for source in study.sources.values()
           for file in source.raw_files.values()):
        documents[LISTED] = variable_list(study)
        documents[f"{DEPOSIT}.md"] = "\n".join([*filled(f"{DEPOSIT}.md", study), ""]).encode()
    return hand_over(folder, documents)


def anonymity_tables(study: Study) -> list[Table]:
    """Count who stands alone, in each source that says what an outsider can know.

    People who withdrew are not counted.
    """
    named = [source for source in study.sources.values() if not source.public
             and source.kind == "survey" and not source.holds_texts and source.path.is_file()
             and any(item.sensitivity == "quasi" for item in source.items.values())]
    private = read_private(study)
    return [anonymity(clean(private.without_rows(read_source(source)))) for source in named]


def variable_list(study: Study) -> bytes:
    """Return a workbook with one row for each variable: its question, answers and codes."""
    stream = io.BytesIO()
    with new_workbook(stream, title="variabelen") as book:
        sheet, bold = book.add_worksheet("variabelen"), book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for place, (name, width) in enumerate(words()["columns"].items()):
            sheet.set_column(place, place, width, wrapped)
            sheet.write(0, place, name, bold)
        rows = [_variable(source, item) for source in study.sources.values()
                for item in source.items.values()]
        for at, row in enumerate(rows, start=1):
            sheet.write_row(at, 0, row, wrapped)
        sheet.freeze_panes(1, 2)
    return stream.getvalue()


def _variable(source: Source, item: Item) -> tuple[str, ...]:
    own, told = item.value_words("nl"), words()
    answers = [_answer(value, own) for value in item.categories if value != OTHER]
    answers += [str(item.other)] if item.other else []
    if item.kind == "numeric" and item.range:
        low, high = item.range
        answers = [told["range"].format(low=f"{low:g}", high=f"{high:g}")]
    routing = [f"{parent}: {', '.join(values)}" for parent, values in item.asked_if.items()]
    scales = [name for name, scale in source.scales.items() if item.name in scale.items]
    asked = item in asked_items(source)
    return (source.name, item.name, item.words("nl"), item.label.en or "", item.kind,
            "; ".join(answers), "; ".join(_answer(code, own) for code in item.missing),
            "; ".join(routing), "" if asked else ", ".join(item.parents) or told["times"],
            item.sensitivity, ", ".join(scales))


def _answer(value: str, own: dict[str, str]) -> str:
    return value if own.get(value, value) == value else f"{value} = {own[value]}"
