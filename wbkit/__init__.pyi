"""What editors and type checkers need to know of the lazy names of wbkit."""

from wbkit.cleaning.cleaner import clean as clean
from wbkit.cleaning.frames import responses as responses
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
from wbkit.intake.processed import read_responses as read_responses
from wbkit.intake.sources import read_source as read_source
from wbkit.nouns.count_table import Cells as Cells
from wbkit.nouns.design import Design as Design
from wbkit.nouns.figure import Figure as Figure
from wbkit.nouns.item import Item as Item
from wbkit.nouns.item import Scale as Scale
from wbkit.nouns.responses import Responses as Responses
from wbkit.nouns.source import Source as Source
from wbkit.nouns.study import Study as Study
from wbkit.nouns.study import load_study as load_study
from wbkit.nouns.table import Table as Table
from wbkit.report.bars import plot_bars as plot_bars
from wbkit.report.likert import plot_likert as plot_likert
from wbkit.report.saving import save as save
from wbkit.survey.assumptions import assume as assume
from wbkit.survey.counting import cells as cells
from wbkit.survey.crosstabs import crosstab as crosstab
from wbkit.survey.estimates import estimate as estimate
from wbkit.survey.frequencies import frequency as frequency
from wbkit.survey.intervals import share_interval as share_interval
from wbkit.survey.participation import coverage as coverage
from wbkit.survey.participation import nonresponse as nonresponse
from wbkit.survey.pooling import pool as pool
from wbkit.survey.weighting import weight as weight

__version__: str
