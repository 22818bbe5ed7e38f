"""Who spoke, and how the topics of a guide came up."""

from dataclasses import replace

import pandas as pd
import pytest
from builders import transcripts

from wbkit.coding.interview_guide import guide_coverage, speaking_shares
from wbkit.data.documents import Documents
from wbkit.errors import DataError

GUIDE = pd.DataFrame({"id": ["L1", "L2"], "topic": ["Sfeer", "Ouders"], "question": ["?", "?"]})
SAID = [("interviewer", "I1", "L1", "Hoe gaat het"), ("leider", "TL", "L1", "Goed hoor ja nee"),
        ("leider", "TL", "L2", "Ouders bellen"), ("note", "", "", "einde")]


def spoken(*turns, name="leiders", guide=GUIDE, **fields):
    """Make one conversation of (role, speaker, topic, words)."""
    rows, text = [], ""
    for place, (role, speaker, topic, words) in enumerate(turns, start=1):
        rows.append(("een", place, len(text), len(text) + len(words), speaker, role, topic, ""))
        text += words + "\n"
    source = transcripts.source(name=name, **fields)
    columns = ["document", "turn", "start", "end", "speaker", "role", "question", "time"]
    return Documents.of({"een": text}, source, turns=pd.DataFrame(rows, columns=columns),
                        guide=guide)


def test_words_are_counted_for_each_role_and_notes_are_not():
    table = speaking_shares(spoken(*SAID))
    assert table.data[["value", "n", "base"]].values.tolist() == [
        ["leider", 6, 9], ["interviewer", 3, 9]]


def test_the_people_who_were_asked_stand_with_the_source():
    assert speaking_shares(spoken(*SAID)).words("source", "leiders") == (
        "leiders (1 interview, 1 ondervraagd)")


def test_a_topic_that_the_interviewee_began_is_raised():
    data = guide_coverage(spoken(*SAID)).data
    assert data[["item", "value"]].values.tolist() == [["L1", "asked"], ["L2", "raised"]]


def test_a_topic_without_turns_is_not_reached():
    data = guide_coverage(spoken(*SAID[:2])).data
    assert data["value"].tolist() == ["asked", "not_reached"]


def test_conversations_are_named_without_their_file():
    one = spoken(*SAID)
    two = Documents.of({"zorg": "a", "bouw": "b"}, one.source, guide=GUIDE, turns=pd.DataFrame({
        "document": ["zorg", "bouw"], "turn": 1, "start": 0, "end": 1, "speaker": "TL",
        "role": "leider", "question": "L1", "time": ""}))
    printed = repr(guide_coverage(two))
    assert "interview 2" in printed
    assert "zorg" not in printed


def test_single_conversations_of_real_people_are_hidden():
    data = guide_coverage(spoken(*SAID, synthetic=False)).data
    assert set(data["state"]) == {"hidden"}
    assert set(data["value"]) == {""}


def test_other_guides_stand_apart():
    other = spoken(*SAID, name="diensten", guide=GUIDE.head(1))
    with pytest.raises(DataError, match="another one than"):
        guide_coverage([spoken(*SAID), other])


def test_texts_without_speakers_are_refused():
    with pytest.raises(DataError, match="nobody speaks"):
        speaking_shares(replace(spoken(*SAID), turns=spoken(*SAID).turns.head(0)))
