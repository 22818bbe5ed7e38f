"""What editors and type checkers need to know of the lazy names of wbkit."""

from wbkit.cleaning.cleaner import clean as clean
from wbkit.cleaning.frames import responses as responses
from wbkit.cleaning.history import changes as changes
from wbkit.cleaning.opened import open_answers as open_answers
from wbkit.coding.book_changes import codebook_difference as codebook_difference
from wbkit.coding.counts import code_frequency as code_frequency
from wbkit.coding.counts import code_matrix as code_matrix
from wbkit.coding.dictionary import code_by_dictionary as code_by_dictionary
from wbkit.coding.keeping import store_codings as store_codings
from wbkit.coding.keeping import store_documents as store_documents
from wbkit.coding.leaving import indicator_matrix as indicator_matrix
from wbkit.coding.leaving import write_codings as write_codings
from wbkit.coding.leaving import write_matrix as write_matrix
from wbkit.coding.quoting import quotes as quotes
from wbkit.coding.reading import read_codings as read_codings
from wbkit.coding.reading import read_memos as read_memos
from wbkit.coding.refi_reading import read_refi as read_refi
from wbkit.coding.refi_store import refi_codebook as refi_codebook
from wbkit.coding.refi_store import refi_project as refi_project
from wbkit.coding.refi_store import store_refi as store_refi
from wbkit.coding.refi_writing import write_refi as write_refi
from wbkit.coding.store import CodingStore as CodingStore
from wbkit.errors import (
    CodebookError as CodebookError,
)
from wbkit.errors import (
    CodingError as CodingError,
)
from wbkit.errors import (
    DataError as DataError,
)
from wbkit.errors import (
    DisclosureError as DisclosureError,
)
from wbkit.errors import (
    StudyError as StudyError,
)
from wbkit.errors import (
    WbkitError as WbkitError,
)
from wbkit.intake.documents import read_documents as read_documents
from wbkit.intake.processed import read_responses as read_responses
from wbkit.intake.sources import read_source as read_source
from wbkit.intake.texts import read_texts as read_texts
from wbkit.nouns.code import Code as Code
from wbkit.nouns.codebook import Codebook as Codebook
from wbkit.nouns.codebook import load_codebook as load_codebook
from wbkit.nouns.codings import Codings as Codings
from wbkit.nouns.documents import Documents as Documents
from wbkit.nouns.figure import Figure as Figure
from wbkit.nouns.item import Item as Item
from wbkit.nouns.item import Scale as Scale
from wbkit.nouns.response import Responses as Responses
from wbkit.nouns.source import Design as Design
from wbkit.nouns.source import Source as Source
from wbkit.nouns.study import Study as Study
from wbkit.nouns.study import load_study as load_study
from wbkit.nouns.table import Table as Table
from wbkit.report.bars import plot_bars as plot_bars
from wbkit.report.likert import plot_likert as plot_likert
from wbkit.report.saving import save as save
from wbkit.survey.assumptions import assume as assume
from wbkit.survey.crosstabs import crosstab as crosstab
from wbkit.survey.frequencies import frequency as frequency
from wbkit.survey.intervals import share_interval as share_interval
from wbkit.survey.listings import listing as listing
from wbkit.survey.participation import coverage as coverage
from wbkit.survey.participation import nonresponse as nonresponse

__version__: str
