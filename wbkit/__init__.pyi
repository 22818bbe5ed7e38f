"""What editors and type checkers need to know of the lazy names of wbkit."""

from wbkit.cleaning.cleaner import clean as clean
from wbkit.cleaning.frames import responses as responses
from wbkit.cleaning.history import changes as changes
from wbkit.cleaning.opened import open_answers as open_answers
from wbkit.coding.counts import code_frequency as code_frequency
from wbkit.coding.counts import code_matrix as code_matrix
from wbkit.coding.dictionary import code_by_dictionary as code_by_dictionary
from wbkit.coding.quoting import quotes as quotes
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
from wbkit.findings.joint import joint_display as joint_display
from wbkit.findings.readings import Reading as Reading
from wbkit.findings.readings import reading as reading
from wbkit.intake.documents import read_documents as read_documents
from wbkit.intake.drafts import describe as describe
from wbkit.intake.processed import read_responses as read_responses
from wbkit.intake.sources import read_source as read_source
from wbkit.intake.texts import read_texts as read_texts
from wbkit.nouns.answers import Answer as Answer
from wbkit.nouns.answers import load_answers as load_answers
from wbkit.nouns.code import Code as Code
from wbkit.nouns.codebook import Codebook as Codebook
from wbkit.nouns.codebook import load_codebook as load_codebook
from wbkit.nouns.codings import Codings as Codings
from wbkit.nouns.count_table import Cells as Cells
from wbkit.nouns.design import Design as Design
from wbkit.nouns.documents import Documents as Documents
from wbkit.nouns.figure import Figure as Figure
from wbkit.nouns.item import Item as Item
from wbkit.nouns.item import Scale as Scale
from wbkit.nouns.response import Responses as Responses
from wbkit.nouns.source import Source as Source
from wbkit.nouns.study import Study as Study
from wbkit.nouns.study import load_study as load_study
from wbkit.nouns.table import Table as Table
from wbkit.report.bars import plot_bars as plot_bars
from wbkit.report.joints import plot_joint as plot_joint
from wbkit.report.likert import plot_likert as plot_likert
from wbkit.report.matrix import plot_matrix as plot_matrix
from wbkit.report.saving import save as save
from wbkit.report.trends import plot_trend as plot_trend
from wbkit.survey.assumptions import assume as assume
from wbkit.survey.counting import cells as cells
from wbkit.survey.crosstabs import crosstab as crosstab
from wbkit.survey.estimates import estimate as estimate
from wbkit.survey.frequencies import frequency as frequency
from wbkit.survey.intervals import share_interval as share_interval
from wbkit.survey.joint import joint_answers as joint_answers
from wbkit.survey.listings import listing as listing
from wbkit.survey.participation import coverage as coverage
from wbkit.survey.participation import nonresponse as nonresponse
from wbkit.survey.pooling import pool as pool
from wbkit.survey.trends import trend as trend
from wbkit.survey.weighting import weight as weight

__version__: str
