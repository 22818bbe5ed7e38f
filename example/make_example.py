"""Make the synthetic raw files of the example study: `python example/make_example.py [folder]`.

Everything about MBO De Linde is made up. The inputs (questions, options, hand-written texts) are
in example/inputs/; a run with the same inputs writes the same bytes.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from closed import draw_closed
from conversations import write_conversations
from forms import write_forms
from lists import write_lists
from multiple import draw_multiple
from people import draw_people
from teams import write_teams
from texts import draw_texts

ROOT = Path(__file__).resolve().parents[1]
INPUTS = ROOT / "example" / "inputs"
SEED = 20221115
TEST_PLACE = 16  # so that the test row gets ID 17
DOUBLE_SPACE = {"helemaal eens": "helemaal  eens"}
AGAIN = pd.Timedelta(minutes=6, seconds=41)  # the double was started so much later


def main(folder: Path) -> None:
    """Write the raw files of the example into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    questions = _read("questions")
    answers = student_answers(np.random.default_rng(SEED), questions)
    headings = dict(zip(questions["id"], questions["heading"], strict=True))
    write_forms(answers, headings, folder / "studentenenquete.xlsx")
    write_teams(INPUTS, folder / "teamvragenlijst.xlsx")
    write_lists(INPUTS / "lists", folder)
    write_conversations(INPUTS / "texts", folder / "texts")


def student_answers(rng: np.random.Generator, questions: pd.DataFrame) -> pd.DataFrame:
    """Draw the 203 students and add a test, a double and an empty row."""
    people = draw_people(rng, _read("frame").astype({"n": int}))
    texts = {item: _read(item) for item in ["open_hulp", "open_idee"]}
    answers = draw_closed(rng, people, questions)
    answers = draw_multiple(rng, people, answers, _read("options"), _read("typed"))
    answers = draw_texts(rng, people, answers, texts, _read("typed"))
    answers = answers.assign(gezien=_slip(answers["gezien"]))
    kept = answers[questions["id"]].join(people[["start", "end"]]).sort_values("end", kind="stable")
    extra = [_test_row(kept), _double(kept), _empty_row(kept)]
    return pd.concat([kept, *extra]).sort_values("end", kind="stable")


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(INPUTS / f"{name}.csv", dtype=str, keep_default_na=False)


def _slip(answers: pd.Series) -> pd.Series:
    """Write two answers with the double space that an edited option leaves behind."""
    rows = answers.index[answers.eq("helemaal eens")][:2]
    return answers.where(~answers.index.isin(rows), answers.replace(DOUBLE_SPACE))


def _test_row(kept: pd.DataFrame) -> pd.DataFrame:
    """Copy a full row, as the researcher who tried the form on the spot, with `test` as text."""
    before, after = kept["end"].iloc[TEST_PLACE - 1 : TEST_PLACE + 1]
    end = (before + (after - before) / 2).floor("s")
    row = kept.dropna(subset=["open_hulp", "open_idee", "corona"]).iloc[[-1]]
    start = end - pd.Timedelta(seconds=52)
    return row.assign(open_hulp="test", open_idee="test", start=start, end=end)


def _double(kept: pd.DataFrame) -> pd.DataFrame:
    full = kept.dropna(subset=["open_hulp", "open_idee", "corona", "gezien"])
    full = full[full["open_hulp"].str.len().gt(30) & full["start"].dt.day.eq(17)]
    row = full[(full["end"] - full["start"]) < AGAIN].iloc[[5]]
    return row.assign(
        start=row["start"] + AGAIN, end=row["start"] + AGAIN + pd.Timedelta(seconds=74)
    )


def _empty_row(kept: pd.DataFrame) -> pd.DataFrame:
    """Make a row of someone who opened the form and sent it without any answer."""
    row = kept.iloc[[-20]]
    times = row.assign(start=row["start"] + pd.Timedelta(seconds=15))
    times = times.assign(end=times["start"] + pd.Timedelta(seconds=11))[["start", "end"]]
    return times.reindex(columns=kept.columns)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "raw")
