"""Spoiled files end in tables that are right, or in a message that says where and what to do."""

import math
import re
import signal
from contextlib import contextmanager

import pytest
from builders.spoiled_studies import Case, cases, whole
from oracles.recount import Unreadable, recount

from wbkit.errors import WbkitError
from wbkit.intake.processed import read_responses
from wbkit.study.study import load_study
from wbkit.survey.frequency import frequency
from wbkit.survey.participation import nonresponse
from wbkit.workflow.preparing import prepare

SECONDS = 5
CASES = cases()
PLACE = re.compile(r"^(study\.toml|students\b|[a-z_]*\s?\(?raw/survey\.)")
ADVICE = re.compile(
    r"\b(Add|Choose|Close|Correct|Did you mean|Download|Export|Give|Keep|List|Look|Make|Move|Put|"
    r"Remove|Rename|Run|Save|Use|Write|It should|Restore|Check|give|keep one|do not open)\b[^\n]*$"
)


class TooSlow(Exception):
    """A run took longer than it may."""


@contextmanager
def at_most(seconds):
    def stop(*_):
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def placed(folder, case: Case):
    (folder / "raw").mkdir()
    (folder / "study.toml").write_bytes(case.study)
    (folder / "raw" / f"survey.{case.suffix}").write_bytes(case.raw)
    return folder


def tables(folder):
    """Prepare the study; give rows in the file, rows that count, and n by item and value."""
    study = load_study(folder)
    (account,) = prepare(study)
    responses = read_responses(study, account.source)
    nonresponse(responses)
    counts = {}
    for item in responses.source.items.values():
        if item.closed and responses.values(item):
            data = frequency(responses, item).data
            shown = data[data["state"] == "shown"]
            counts[item.name] = dict(zip(shown["value"], shown["n"], strict=True))
    return account.raw, len(responses.data), counts


def agree(found, again):
    """Whether every shown count is the count that was made again."""
    assert found[:2] == again[:2]
    for item, counts in found[2].items():
        if item in again[2]:
            recounted = {value: again[2][item].get(value, 0) for value in counts}
            assert counts == pytest.approx(recounted), item
            assert sum(again[2][item].values()) >= math.fsum(counts.values()), item


@pytest.fixture(scope="module")
def unspoiled(tmp_path_factory):
    """The tables of the study before anything was spoiled."""
    return tables(placed(tmp_path_factory.mktemp("whole"), whole()))


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_whole_study_is_counted_the_same_twice(tmp_path, suffix):
    folder = placed(tmp_path, whole(suffix))
    found = tables(folder)
    assert found[:2] == (20, 19)
    agree(found, recount(folder))
    assert set(found[2]) == set(recount(folder)[2])


def test_a_wrong_count_is_found(unspoiled):
    raw, kept, counts = unspoiled
    wrong = counts | {"leerweg": counts["leerweg"] | {"bol": counts["leerweg"]["bol"] + 1}}
    for found in ((raw, kept, wrong), (raw, kept - 1, counts)):
        with pytest.raises(AssertionError):
            agree(found, unspoiled)


def test_the_spoiled_files_are_of_every_sort_and_always_the_same():
    sorts = [case.name.split()[1] for case in CASES]
    assert [sorts.count(one) for one in ("study", "csv", "xlsx")] == [67, 67, 66]
    assert cases() == CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_a_spoiled_file_gives_right_tables_or_a_clear_message(case, tmp_path, unspoiled):
    folder = placed(tmp_path, case)
    try:
        with at_most(SECONDS):
            found = tables(folder)
    except WbkitError as fault:
        assert PLACE.search(str(fault)), str(fault)
        assert ADVICE.search(str(fault).rstrip()), str(fault)
        return
    try:
        agree(found, recount(folder))
    except Unreadable:  # damage in a part of the workbook that holds no answers
        assert found == unspoiled
