"""Files with one row for each answer: turned so that each unit has one row."""

from collections.abc import Sequence

import pandas as pd

from wbkit.errors import DataError
from wbkit.intake.sheet import Sheet
from wbkit.messages import _, counted
from wbkit.study.item import SEPARATOR
from wbkit.study.source import Long
from wbkit.text.normalise import heading, listed

FEWEST = 2  # questions, and answers of a unit, that show one row for each answer
ANSWERED = 0.3  # share of units that answered a question, on average


def one_row_each(sheet: Sheet, long: Long, where: str) -> Sheet:
    """Give each unit one row, and each question a column.

    Several answers of a unit to one question are joined with ``;``. Other columns are kept when
    they say the same in every row of a unit. The number of a row is that of its first answer.
    """
    names = [heading(one) for one in (long.unit, long.question, long.answer)]
    absent = [name for name in names if name not in sheet.headings]
    if absent:
        raise DataError(_(
            "{where}: has no column {column!r}, which long names; it has {columns}. Correct long "
            "in study.toml.",
            where=where, column=absent[0], columns=listed(map(repr, sheet.headings), most=10)))
    frame = sheet.frame()
    unit, question, answer = (frame[name].map(heading) if name != names[2] else frame[name]
                              for name in names)
    bare = frame.index[(unit == "") | (question == "")]
    if len(bare):
        raise DataError(_(
            "{where}: row {rows} has no {unit} or no {question}. Every answer belongs to a unit "
            "and a question. Correct the file.",
            where=where, rows=listed(bare), unit=long.unit, question=long.question))
    return _turned(sheet, names, unit, question, answer)


def _turned(
    sheet: Sheet, names: Sequence[str], unit: pd.Series, question: pd.Series, answer: pd.Series
) -> Sheet:
    frame = sheet.frame()
    first = frame.index.to_series().groupby(unit, sort=False).first()
    wide = answer[answer != ""].groupby([unit, question], sort=False).agg(SEPARATOR.join)
    again = int((answer[answer != ""].groupby([unit, question]).size() > 1).sum())
    wide = wide.unstack(fill_value="").reindex(first.index, fill_value="")
    columns = {names[0]: list(first.index)}
    lost = []
    for name in (one for one in sheet.names if one not in names):
        kept = frame[name].groupby(unit, sort=False)
        if (kept.nunique() <= 1).all():
            columns[name] = kept.first().tolist()
        elif (frame[name] != "").any():
            lost.append(name)
    columns |= {one: wide[one].tolist() for one in dict.fromkeys(question)}
    found = _found(len(frame), len(first), names[0], lost, again)
    return Sheet(tuple(columns), tuple(columns.values()), first.tolist(),
                 (*sheet.found, *found), {})


def _found(answers: int, rows: int, unit: str, lost: Sequence[str], again: int) -> list[str]:
    """Say how answers became rows, which columns got lost and what was joined."""
    found = [_("{answers} became {rows}, one for each {unit}", unit=unit,
               answers=counted(answers, "answer", "answers"), rows=counted(rows, "row", "rows"))]
    found += [_("not used, since they differ between the answers of one {unit}: {columns}",
                unit=unit, columns=listed(map(repr, lost)))] if lost else []
    found += [_("{times} somebody gave several answers to one question: joined with {separator}",
                times=counted(again, "time", "times"), separator=SEPARATOR)] if again else []
    return found


def find_long(sheet: Sheet) -> Long | None:
    """Return which columns hold unit, question and answer, when there is one row per answer."""
    different = {name: len(set(column)) for name, column in zip(sheet.names, sheet.columns,
                                                                strict=True)}
    total = len(sheet.rows)
    if total < 2 * FEWEST or not 3 <= len(different) <= 8:
        return None
    columns = dict(zip(sheet.names, sheet.columns, strict=True))
    for question in sorted(different, key=different.__getitem__):
        for unit in different:
            found = _answers_beside(columns, unit, question, different)
            if found:
                return Long(unit=unit, question=question, answer=found)
    return None


def _answers_beside(
    columns: dict[str, Sequence[str]], unit: str, question: str, different: dict[str, int]
) -> str:
    """Return the column with the answers, when two columns are unit and question."""
    total = len(columns[unit])
    n_units, n_questions = different[unit], different[question]
    cells = columns[question]
    if unit == question or n_questions < FEWEST or n_units < FEWEST or "" in cells:
        return ""
    each = pd.Series(cells).value_counts()
    pairs = len(set(zip(columns[unit], cells, strict=True)))
    # every unit once at each question, each question by a good part of the units, no more pairs
    # than rows: and the questions are words that only a question has
    enough = pairs >= ANSWERED * n_units * n_questions and pairs >= 0.9 * total
    once = each.median() < FEWEST  # an open question that everybody answered in own words
    if not enough or once or n_units >= total / FEWEST or each.max() > 1.5 * n_units:
        return ""
    if not any(len(cell.split()) > 1 or "?" in cell for cell in set(cells)):
        return ""
    others = [name for name in columns if name not in (unit, question)]
    per_question = pd.DataFrame({"q": cells, **{n: columns[n] for n in others}})
    spread = {name: per_question.groupby("q")[name].nunique().median() for name in others}
    return max(others, key=lambda name: (spread[name], different[name])) if others else ""
