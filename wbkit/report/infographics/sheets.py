"""What stands on each infographic, as people wrote it in data/infographics.toml."""

from typing import Literal

from pydantic import Field, ValidationError

from wbkit.errors import StudyError
from wbkit.findings.slots import tables_in
from wbkit.study.model import Label, Model, fault_lines
from wbkit.study.study import Study
from wbkit.study.toml_text import read_fields

INFOGRAPHICS = "infographics.toml"


class SourceColumn(Model):
    """One column beside the rows of a ``compare`` block.

    Parameters
    ----------
    table
        The name by which a Table was saved.
    form
        ``bar``: counts of a frequency Table; ``count``: a dot for each unit of one; ``teams``: a
        round for each team of a Table of team answers; ``named``: whether a source of a joint
        display names it.
    source
        Of a joint display: the source of the column.
    head, sub
        What stands above it.
    width
        Next to the other columns.
    """

    table: str
    form: Literal["bar", "count", "teams", "named"]
    source: str = ""
    head: Label
    sub: Label = Label()
    width: float = Field(default=1.0, gt=0)


class TeamRow(Model):
    """One row of a ``team_columns`` block: what each team said to one or several questions.

    Of a ``badge`` in a list of quotations, `column` holds the answer.
    """

    table: str
    column: str = ""
    good: str = ""
    mark: tuple[str, ...] = ()
    form: Literal["ranked", "answers", "badge", "quotes"]
    head: Label
    sub: Label = Label()


class Block(Model):
    """A part of a page.

    Parameters
    ----------
    form
        ``compare`` (answers × sources), ``teams`` (items × teams), ``team_columns`` (one column
        for each team), ``spread`` (how many teams gave each answer), ``pair`` (the same, now and
        ideal), ``voices`` (how many conversations hold a code), ``stacks``, ``people``,
        ``quotes``, ``text``, ``ask`` (questions to talk about) or ``boxes`` (to tick).
    table, ideal
        Names of Tables.
    heading, sub, note, lines
        Words of people, with slots that Tables fill.
    groups
        Of ``compare``: the answers in groups; in the order of the Table when left out.
    labels
        Shorter words for items or answers, by id.
    turned
        Items beside each other instead of below.
    steps
        The heads are steps on a line in time.
    mark
        Ids of answers that stand out.
    voice
        Of ``quotes``: who speaks; a column of the Table between braces is filled in.
    where, most, longest, across
        Of ``quotes``: which rows, how many, of how many letters, how many beside each other.
    part
        Which part of the width it takes, from 0 to 1: blocks share a row up to 1.
    good
        Of ``teams``: the answer that is best; without it no answer is better than another.
    """

    form: Literal["compare", "teams", "team_columns", "spread", "pair", "voices", "stacks",
                  "people", "quotes", "text", "ask", "boxes"]
    table: str = ""
    ideal: str = ""
    heading: Label = Label()
    sub: Label = Label()
    note: Label = Label()
    lines: tuple[Label, ...] = ()
    columns: tuple[SourceColumn, ...] = ()
    rows: tuple[TeamRow, ...] = ()
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    labels: dict[str, Label] = Field(default_factory=dict)
    items: tuple[str, ...] = ()
    turned: bool = False
    steps: bool = False
    mark: tuple[str, ...] = ()
    voice: Label = Label()
    where: dict[str, str] = Field(default_factory=dict)
    most: int = Field(default=3, ge=1)
    longest: int = Field(default=220, ge=20)
    across: int = Field(default=1, ge=1)
    part: float = Field(default=1, gt=0, le=1)
    good: str = ""

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the Tables that it draws."""
        names = (self.table, self.ideal, *(one.table for one in (*self.columns, *self.rows)))
        return tuple(dict.fromkeys(filter(None, names)))


class Sheet(Model):
    """One infographic.

    Parameters
    ----------
    number
        Its place in the series; 0 for a page outside it.
    kicker, title, sub
        The subject, the finding and the question, with slots that Tables fill.
    limit
        What it does not tell, in one line.
    paper
        ``a4`` upright or ``a3`` on its side.
    size
        The size of letters to begin with; smaller when the page would not fit.
    blocks
        Its parts, from top to bottom.
    team
        Whether it is a page for one team.
    """

    number: int = 0
    kicker: Label
    title: Label
    sub: Label = Label()
    limit: Label = Label()
    paper: Literal["a4", "a3"] = "a4"
    size: float = Field(default=1.08, ge=1, le=1.5)
    blocks: tuple[Block, ...] = Field(min_length=1)
    team: bool = False

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the Tables that it draws, or that its words are filled from."""
        drawn = [name for one in self.blocks for name in one.tables]
        texts = [text for one in (self.title, self.sub, self.limit) for text in (one.nl, one.en)]
        return tuple(dict.fromkeys([*drawn, *(
            name for text in texts if text for name in tables_in(text))]))


def load_sheets(study: Study) -> dict[str, Sheet]:
    """Read data/infographics.toml: one sheet by name; empty when there is no such file.

    Raises StudyError where the file is not in order.
    """
    file = study.folder / INFOGRAPHICS
    if not file.is_file():
        return {}
    try:
        fields = read_fields(file.read_bytes(), INFOGRAPHICS, StudyError)
        return {name: Sheet.model_validate(entry) for name, entry in fields.items()}
    except ValidationError as error:
        models = (Sheet, Block, SourceColumn, TeamRow)
        raise StudyError(fault_lines(error, INFOGRAPHICS, {
            one.__name__: list(one.model_fields) for one in models})) from None
