"""Hits in all texts, corrected by a sample that a person read blind."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from builders import transcripts
from builders.hand_samples import BOOK, answers, as_written, by_hand, coded, hundred

from wbkit.coding.dictionary import code_by_dictionary
from wbkit.coding.hand_sample import draw_sample
from wbkit.coding.prevalence import prevalence
from wbkit.data.documents import Documents
from wbkit.errors import CodingError, DataError
from wbkit.stats.intervals import finite_base, wilson


def estimated(*args, **options):
    hits, sample, hand = coded(*args, **options)
    return prevalence(hits, sample, by_hand=hand)


def row(table, code):
    return table.data.set_index("value").loc[code]


def thrifty(one):
    """Read as written, but druk in every second text only, and in some that do not say it."""
    at = int(one.document)
    return ["druk"] if (one.text == "druk" and at % 2) or at % 10 == 0 else []


def test_hits_that_are_right_give_their_share():
    one = row(estimated(), "druk")
    assert (one["found"], one["base"]) == (30, 40)
    assert (one["share"], one["weight"]) == pytest.approx((0.3, 1.0))


def test_the_sample_corrects_the_hits():
    hits, sample, hand = coded(60, thrifty)
    one = row(prevalence(hits, sample, by_hand=hand), "druk")
    texts = hits.documents.texts.set_index("document").loc[list(sample.drawn)].reset_index()
    yes = np.array(["druk" in thrifty(text) for text in texts.itertuples()])
    found = (texts["text"] == "druk").to_numpy()
    assert one["n"] == yes.sum()
    assert one["share"] == pytest.approx(0.3 * yes[found].mean() + 0.7 * yes[~found].mean())
    assert one["weight"] == pytest.approx(yes[found].mean() - yes[~found].mean())
    assert one["low"] < one["share"] < one["high"]


def test_a_code_above_another_counts_what_stands_under_it():
    table = estimated()
    assert row(table, "wel")["share"] == row(table, "druk")["share"]
    assert any("bovenliggende code" in note for note in table.show().notes)


def test_without_help_of_the_hits_the_sample_alone_counts():
    read = {"druk": lambda one: ["druk"] if int(one.document) % 3 == 0 else []}
    documents = hundred()
    sample = draw_sample(documents, 40, name="proef", seed=1)
    hits = code_by_dictionary(documents, BOOK)
    silent = replace(hits, data=hits.data.iloc[:0].assign(origin="dictionary"))
    one = row(prevalence(silent, sample, by_hand=by_hand(documents, sample, read["druk"])), "druk")
    base = finite_base(40, 40, 100)
    assert one["weight"] == 0
    assert (one["low"], one["high"]) == pytest.approx(wilson(one["n"] / 40 * base, base), abs=1e-9)


@pytest.mark.parametrize("given", [lambda _: [], lambda _: ["druk"]])
def test_under_five_with_or_without_the_code_nothing_is_estimated(given):
    table = estimated(given=given)
    one = row(table, "druk")
    assert one[["share", "low", "high", "weight", "more"]].isna().all()
    assert "te weinig om te schatten" in repr(table)
    assert table.sentence("druk") == (
        f"Te weinig om te schatten: ‘druk’ staat bij {one['n']:.0f} van de 40 interviews die met "
        "de hand zijn gelezen.")


def test_five_is_enough_and_four_is_not():
    def some(n):
        documents = hundred()
        drawn = draw_sample(documents, 40, name="proef", seed=1).drawn[:n]
        return row(estimated(given=lambda one: ["geld"] if one.unit in drawn else []), "geld")

    assert some(5)["share"] > 0
    assert some(4)["reason"] == "too_few"


def test_the_table_says_what_it_is_about():
    table = estimated(20, thrifty)
    shown = table.show()
    assert shown.title == "Hoe vaak een code voorkomt in leiders, geschat"
    assert "100 interviews met tekst. Daarvan zijn er 20 door loting gekozen" in shown.base
    assert "seed 1" in shown.base
    assert "niet over interviews die niets schreven of zeiden" in shown.basis
    assert "gevonden met zoekwoorden" in repr(table)
    assert any("Er zijn maar 100 interviews met tekst. Codeer ze liever allemaal" in note
               for note in shown.notes)
    english = table.show("en")
    assert "found with key words" in repr(english)
    assert "how these texts would be coded by hand" in english.basis


def test_the_sentence_gives_share_interval_base_and_what_is_still_to_be_read():
    table = estimated(20, thrifty)
    one = row(table, "druk")
    low, high, share = (f"{100 * one[name]:.0f}" for name in ("low", "high", "share"))
    assert table.sentence("druk") == (
        f"Naar schatting {share} % van de 100 interviews met tekst heeft de code ‘druk’ (95%-"
        f"interval: {low}–{high} %). Codeer er nog {one['more']:.0f} met de hand voor ± 5 punten.")
    assert f"Codeer nog {one['more']:.0f} interviews met de hand" in "".join(table.show().notes)
    assert table.show("en").language == "en"
    assert f"Code {one['more']:.0f} more by hand for ± 5 points." in table.sentence(
        "druk", language="en")


def test_whoever_reads_that_many_more_has_an_interval_of_five_points():
    texts = ["druk"] * 900 + ["niets"] * 2100
    first = row(estimated(60, thrifty, documents=answers(*texts)), "druk")
    table = estimated(60 + int(first["more"]), thrifty, documents=answers(*texts))
    second = row(table, "druk")
    assert second["high"] - second["low"] == pytest.approx(0.1, abs=0.02)
    assert not any("liever allemaal" in note for note in table.show().notes)  # 3,000 texts


def test_nothing_more_is_asked_for_when_the_interval_is_narrow():
    table = estimated(90)
    assert row(table, "druk")["more"] == 0
    assert "Codeer" not in table.sentence("druk")


def test_units_with_several_texts_count_once():
    documents = answers(*["druk", "niets"] * 40, unit=[str(at // 2) for at in range(80)])
    one = row(estimated(20, documents=documents, given=as_written), "druk")
    assert (one["found"], one["n"], one["base"]) == (40, 20, 20)


def test_hits_of_a_machine_are_called_found_by_a_program():
    hits, sample, hand = coded()
    machine = replace(hits, data=hits.data.assign(origin="machine", coder="taalmodel"))
    assert "gevonden door een programma" in repr(prevalence(machine, sample, by_hand=hand))


def test_weights_make_a_weighted_share():
    hits, sample, hand = coded(60)
    weights = pd.Series(np.r_[np.full(30, 3.0), np.ones(70)], index=range(1, 101))
    one = row(prevalence(hits, sample, by_hand=hand, weights=weights), "druk")
    assert one["share"] == pytest.approx(90 / 160)
    with pytest.raises(CodingError, match=r"leiders: 1 of 100 units have no weight above 0"):
        prevalence(hits, sample, by_hand=hand, weights=weights.iloc[1:])


def conversations(n=40):
    """Make conversations of four turns of a participant: druk in the first of every second."""
    texts, turns = {}, []
    for at in range(n):
        words = ["druk" if at % 2 == 0 else "niets", "niets", "druk" if at % 4 == 0 else "ja",
                 "nee"]
        texts[str(at)] = "\n".join(words)
        start = 0
        for place, word in enumerate(words, start=1):
            turns.append((str(at), place, start, start + len(word), "P", "participant", "", ""))
            start += len(word) + 1
    columns = ["document", "turn", "start", "end", "speaker", "role", "question", "time"]
    return Documents.of(texts, transcripts.source(), turns=pd.DataFrame(turns, columns=columns))


def test_turns_are_counted_where_conversations_were_drawn():
    documents = conversations()

    def read(one):
        return ["druk"] if one.text.startswith("druk") else []

    hits, sample, hand = coded(20, read, documents=documents)
    data = hand.data.assign(end=4, quote="druk")  # the first turn only
    hand = replace(hand, data=data)
    table = prevalence(hits, sample, by_hand=hand, unit="turn")
    one = row(table, "druk")
    assert (one["found"], one["base"], one["n"]) == (30, 80, len(data))
    assert "160 spreekbeurten met tekst" in table.show().base


# What is refused


def refused(match, error=CodingError, **changes):
    with pytest.raises(error, match=match):
        estimated(**changes)


def test_a_hand_coding_that_was_there_already_is_refused():
    refused(r"proef: nobody coded this sample.*Read the 40 units .* round='sample_proef'",
            round="main")


def test_a_choice_of_texts_is_refused():
    some = tuple(map(str, range(1, 31)))
    refused(r"texts that were drawn are not coded yet, and \d+ coded texts were not drawn",
            units=some)


def test_a_sample_that_was_read_in_part_is_refused():
    hits, sample, hand = coded()
    part = replace(hand, considered=hand.considered.iloc[:-3],
                   data=hand.data[~hand.data["document"].isin(
                       hand.considered["document"].iloc[-3:])])
    with pytest.raises(CodingError, match="3 of the 40 texts that were drawn are not coded yet"):
        prevalence(hits, sample, by_hand=part)


def test_who_saw_the_hits_is_refused():
    refused("proef: 40 texts were not coded blind", blind=False)


def test_two_readers_are_refused_until_they_agreed():
    hits, sample, hand = coded()
    other = hand.considered.assign(coder="bram")
    both = replace(hand, considered=pd.concat([hand.considered, other], ignore_index=True))
    with pytest.raises(CodingError, match="proef: anke, bram coded this sample"):
        prevalence(hits, sample, by_hand=both)
    agreed = replace(hand, considered=hand.considered.assign(coder="consensus"),
                     data=hand.data.assign(coder="consensus", origin="consensus"))
    together = replace(both, considered=pd.concat([both.considered, agreed.considered],
                                                  ignore_index=True),
                       data=pd.concat([both.data, agreed.data], ignore_index=True))
    assert row(prevalence(hits, sample, by_hand=together), "druk")["share"] == pytest.approx(0.3)


def test_codings_by_people_are_no_hits():
    _, sample, hand = coded()
    with pytest.raises(CodingError, match=r"leiders: \d+ of these codings are by people"):
        prevalence(hand, sample, by_hand=hand)


def test_other_texts_are_refused():
    hits, sample, _ = coded()
    _, _, other = coded(documents=answers(*["niets"] * 66, *["druk"] * 34))
    with pytest.raises(CodingError, match="not of the same texts and codebook"):
        prevalence(hits, sample, by_hand=other)


def test_a_code_that_one_of_them_did_not_look_for_is_refused():
    hits, sample, hand = coded(codes=("druk",))
    assert list(prevalence(hits, sample, by_hand=hand).data["value"]) == ["wel", "druk"]
    with pytest.raises(CodingError, match=r"did not both look for geld\. .* wel, druk"):
        prevalence(hits, sample, by_hand=hand, codes="geld")


@pytest.mark.parametrize("wrong", ["codings", "sample", "by_hand"])
def test_a_wrong_noun_is_answered_in_words(wrong):
    hits, sample, hand = coded()
    given = {"codings": hits, "sample": sample, "by_hand": hand} | {wrong: "proef"}
    with pytest.raises(DataError, match="prevalence: takes"):
        prevalence(given["codings"], given["sample"], by_hand=given["by_hand"])


def test_small_counts_of_real_people_are_hidden():
    documents = hundred(synthetic=False)
    hits, sample, hand = coded(documents=documents)
    table = prevalence(hits, sample, by_hand=hand)
    assert row(table, "geld")["state"] == "hidden"
    assert row(table, "geld")[["found", "n", "share", "low", "high", "more"]].isna().all()
    assert "niet getoond" in table.sentence("geld")
    assert " 4 " not in repr(table)


def test_a_machine_that_looked_at_a_part_of_the_texts_is_refused():
    hits, sample, hand = coded()
    part = hits.considered[hits.considered["document"].isin(sample.drawn)]
    with pytest.raises(CodingError, match=r"looked for druk in 60 of 100 texts\. Where it did not"):
        prevalence(replace(hits, considered=part), sample, by_hand=hand, codes=["druk"])


def test_hits_of_two_machines_together_are_refused():
    hits, sample, hand = coded()
    other = hits.data.head(3).assign(origin="machine", coder="taalmodel")
    both = replace(hits, data=pd.concat([hits.data, other], ignore_index=True))
    with pytest.raises(CodingError, match="the hits of dictionary, taalmodel together"):
        prevalence(both, sample, by_hand=hand)


@pytest.mark.parametrize("origin", ["manual", "consensus", "import", "suggestion"])
def test_hits_are_of_no_person(origin):
    hits, sample, hand = coded()
    read = replace(hits, data=hits.data.assign(origin=origin, coder="anke"))
    with pytest.raises(CodingError, match="of these codings are by people"):
        prevalence(read, sample, by_hand=hand)


def test_an_empty_text_is_no_unit():
    texts = ["druk"] * 30 + ["niets"] * 70
    one = row(estimated(documents=answers(*texts)), "druk")
    documents = answers(*texts, *[""] * 50)
    other = row(estimated(documents=documents), "druk")
    assert (other["share"], other["found"]) == (pytest.approx(0.3), 30)
    assert one["weight"] == other["weight"]
