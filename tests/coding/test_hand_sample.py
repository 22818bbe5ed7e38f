"""A hand sample is drawn by lot, kept, and refused when somebody chose in it."""

from dataclasses import replace

import pytest
from builders.hand_samples import answers, hundred
from builders.studies import make_study

from wbkit.coding.hand_sample import check_sample, draw_sample, read_sample, write_sample
from wbkit.errors import CodingError, DataError
from wbkit.study.study import load_study


def drawn(n=40, seed=1, name="proef", documents=None):
    return draw_sample(documents or hundred(), n, name=name, seed=seed)


def kept_in(folder):
    make_study(folder)
    return load_study(folder / "data")


def test_the_same_seed_draws_the_same_units_and_another_seed_others():
    assert drawn() == drawn()
    assert drawn(seed=2).drawn != drawn().drawn
    assert drawn(name="ander").drawn != drawn().drawn


def test_a_larger_sample_begins_with_the_smaller_one():
    assert drawn(60).drawn[:40] == drawn(40).drawn


def test_every_unit_is_drawn_as_often_as_the_others():
    documents = answers(*["x"] * 20)
    times = dict.fromkeys(map(str, range(1, 21)), 0)
    for seed in range(500):
        for unit in drawn(10, seed=seed, documents=documents).drawn:
            times[unit] += 1
    # Half of 500 draws each; 4 standard deviations of a binomial count are 45.
    assert all(abs(n - 250) < 45 for n in times.values())


def test_the_draw_does_not_depend_on_the_order_of_the_texts():
    documents = hundred()
    turned = replace(documents, texts=documents.texts.iloc[::-1].reset_index(drop=True))
    assert drawn(documents=turned) == drawn(documents=documents)


def test_units_are_drawn_with_all_their_texts_and_empty_texts_are_not_drawn():
    documents = answers(*["x"] * 40, "", unit=[str(at // 2) for at in range(40)] + ["leeg"])
    sample = drawn(12, documents=documents)
    assert (sample.units, "leeg" in sample.drawn) == (20, False)
    assert len(check_sample(sample, documents)) == 24


@pytest.mark.parametrize("n", [9, 100, 101])
def test_a_sample_of_too_few_or_of_all_is_refused(n):
    with pytest.raises(CodingError, match=rf"a sample of {n} .* from 100 units.* 10 to 99"):
        drawn(n)


@pytest.mark.parametrize("name", ["Proef", "a b", "", "nul"])
def test_a_name_that_cannot_be_a_file_or_a_round_is_refused(name):
    with pytest.raises(CodingError, match=f"'{name}' cannot be the name of a sample"):
        drawn(name=name)


def test_what_is_no_text_is_answered_in_words():
    with pytest.raises(DataError, match="draw_sample: takes Documents"):
        draw_sample([1, 2], 10, name="proef", seed=1)


def test_a_sample_that_is_written_is_read_back(tmp_path):
    study = kept_in(tmp_path)
    file = write_sample(study, drawn())
    assert file.relative_to(study.folder).as_posix() == "samples/proef.toml"
    assert read_sample(study, "proef") == drawn()
    before = file.read_bytes()
    assert write_sample(study, drawn()).read_bytes() == before
    assert b"Drawn by lot" in before
    assert b"druk" not in before  # nothing of the texts or of what was found


def test_a_sample_can_grow_and_cannot_be_drawn_again_until_it_suits(tmp_path):
    study = kept_in(tmp_path)
    write_sample(study, drawn(40))
    write_sample(study, drawn(60))
    assert len(read_sample(study, "proef").drawn) == 60
    for other in (drawn(60, seed=2), drawn(40)):
        with pytest.raises(CodingError, match=r"proef: data/samples has another sample"):
            write_sample(study, other)


def test_a_sample_that_is_not_there_is_answered_with_those_that_are(tmp_path):
    study = kept_in(tmp_path)
    with pytest.raises(CodingError, match=r"There is none\. Draw one with draw_sample"):
        read_sample(study, "proef")
    write_sample(study, drawn())
    with pytest.raises(CodingError, match=r"There is proef\. Did you mean 'proef'"):
        read_sample(study, "proeff")


@pytest.mark.parametrize("text", ["no toml", 'name = "proef"', "frame = 1"])
def test_a_damaged_file_is_refused(text, tmp_path):
    study = kept_in(tmp_path)
    write_sample(study, drawn()).write_text(text)
    with pytest.raises(CodingError, match=r"data/samples/proef\.toml is not as wbkit wrote it"):
        read_sample(study, "proef")


def test_a_choice_by_hand_is_refused():
    chosen = replace(drawn(), drawn=tuple(map(str, range(1, 41))))
    with pytest.raises(CodingError, match="not the units that seed 1 draws, so somebody chose"):
        check_sample(chosen, hundred())


def test_a_sample_of_other_texts_is_refused():
    with pytest.raises(CodingError, match=r"drawn from 100 units of leiders, and these are other"):
        check_sample(drawn(), answers(*["druk"] * 100))
