"""The example's conversations, as if they were real: codings go along with every replaced word."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
import tomlkit
from builders.review_sheets import decide, sheet_of
from openpyxl import load_workbook

import wbkit as wb
from wbkit.coding.store.records import ACCEPTED, ORPHAN, REVIEW
from wbkit.study.study import load_study
from wbkit.workflow.pseudonymising.reviewing import pseudonymise

DATA = Path(__file__).resolve().parents[3] / "data"
TEXTS = ("leaders", "sterc", "sab", "worldcafe")
NAMES = 25  # words that stand in many coded passages are taken for names
EDITED = "worldcafe"


def copied(folder):
    """Copy texts and coding work of the example, and call all of it real."""
    study = tomlkit.parse((DATA / "study.toml").read_text(encoding="utf-8"))
    sources = {name: study["sources"][name] for name in TEXTS}
    for one in sources.values():
        one["synthetic"] = False
        for item in one.get("items", {}).values():
            item.pop("questions", None)
    data = folder / "data"
    shutil.copytree(DATA / "raw" / "texts", data / "raw" / "texts")
    shutil.copytree(DATA / "coding", data / "coding")
    shutil.copyfile(DATA / "codebook.toml", data / "codebook.toml")
    (data / "study.toml").write_text(tomlkit.dumps({
        "title": "Gesprekken", "language": "nl", "sources": sources}), encoding="utf-8")
    for file in (data / "coding" / "documents").glob("*.toml"):
        own = tomlkit.parse(file.read_text(encoding="utf-8"))
        if own["source"] in TEXTS:
            own["privacy"] = "real"
            file.write_text(tomlkit.dumps(own), encoding="utf-8")
    return data / "study.toml"


def of_texts(store):
    """Return the codings of the conversations by id, and their texts."""
    texts = {one.id: one.text for group in store.groups().values() for one in group.texts.values()
             if group.about["source"] in TEXTS}
    return {one.id: one for one in store.codings(withdrawn=True) if one.document in texts}, texts


def frequent(codings):
    words = Counter(word.casefold() for one in codings for word in re.findall(
        r"[^\W\d_]{6,}", one.quote))
    return [word for word, _ in words.most_common(NAMES)]


def edit_raw(file):
    """Change the raw text of the sheets after they were coded: one word in, one word out."""
    text = file.read_text(encoding="utf-8")
    words = [word for word, n in Counter(re.findall(r"\b[a-z]{7,}\b", text)).items() if n == 1]
    for word in words[::9]:
        text = re.sub(rf"\b{word}\b", f"{word} ook", text)
    for word in words[4::13]:
        text = re.sub(rf"\b{word}\b ?", "", text)
    file.write_text(text, encoding="utf-8")


def follows(old, new):
    """Whether words are the old ones but for what stands between brackets."""
    pattern = r"\S.*?".join(map(re.escape, re.split(r"\[[^\]]+\]", new)))
    return re.fullmatch(pattern, old, re.DOTALL) is not None


@pytest.mark.proof
def test_after_pseudonymising_every_quote_is_right_or_listed(tmp_path, monkeypatch):
    monkeypatch.setenv("WBKIT_CONFIG", str(tmp_path / "config"))
    file = copied(tmp_path)
    before, old_texts = of_texts(wb.CodingStore(file.parent / "coding"))
    names = frequent(before.values())
    (file.parent / "private").mkdir()
    (file.parent / "private" / "names.csv").write_text("\n".join(names), encoding="utf-8")
    edit_raw(file.parent / "raw" / "texts" / "worldcafe.txt")
    study, lines = load_study(file), []
    pseudonymise(study, watch=lines.append)
    decide(file)
    pseudonymise(study, watch=lines.append)
    found = {row[0] for row in load_workbook(sheet_of(file)).worksheets[0].iter_rows(
        min_row=2, values_only=True)}
    assert len(found) >= NAMES
    store = wb.CodingStore(file.parent / "coding")
    assert store.check() == []
    after, texts = of_texts(store)
    assert after.keys() == before.keys()
    assert len(before) > 1000
    listed = {line.split(":")[0] for line in lines if "to be looked at" in line}
    exact, waiting, wrong = 0, 0, []
    for id_, was in before.items():
        now = after[id_]
        if now.status in (REVIEW, ORPHAN) and was.status != now.status:
            waiting += 1
            known = now.document in listed and now.document.startswith(EDITED)
            wrong += [] if known else [id_]
            continue
        words = texts[now.document][now.start:now.end]
        named = re.search(rf"\b(?:{'|'.join(names)})\b", words, re.IGNORECASE)
        right = was.status != ACCEPTED or (
            words == now.quote and not named and follows(was.quote, words))
        exact += right
        wrong += [] if right else [id_]
        if not now.document.startswith(EDITED):
            assert now.status == was.status
    assert wrong == []
    edited = sum(one.document.startswith(EDITED) for one in before.values())
    assert 0 < waiting < edited  # of the edited sheets some are right as well
    assert exact + waiting == len(before)
    replaced = [one for one in after.values() if "[" in one.quote]
    assert len(replaced) > len(before) / 4
    whole = "".join(path.read_text(encoding="utf-8") for path in (
        file.parent / "coding").rglob("*") if path.is_file() and "students" not in path.name)
    assert all(text not in whole for text in old_texts.values())
