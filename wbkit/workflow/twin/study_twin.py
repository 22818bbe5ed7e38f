"""The synthetic twin of a study: the same files and headings, and nobody in it."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import tomlkit

from wbkit.cleaning.cleaner import clean
from wbkit.data.documents import Documents
from wbkit.data.raw import Raw
from wbkit.data.responses import Responses
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.files import write_whole
from wbkit.intake.documents import read_documents
from wbkit.intake.source_files import read_bytes, read_source
from wbkit.messages import _, listing
from wbkit.privacy.twin.answer_grid import answer_grid, hide_small, protected_pairs
from wbkit.privacy.twin.answers import draw_answers, outline_of
from wbkit.privacy.twin.counts import count_cells
from wbkit.privacy.twin.pair_fitting import chance_distance
from wbkit.privacy.twin.raw_cells import Original, item_states, raw_cells
from wbkit.privacy.twin.sentences import Sentences, quoted_examples, safe_sentences
from wbkit.study.codebook import load_codebook
from wbkit.study.source import Source
from wbkit.study.study import LEAST_SHOWN, Study, load_study
from wbkit.workflow.pseudonymising.applying import read_private
from wbkit.workflow.twin.coding_work import write_coding_work
from wbkit.workflow.twin.raw_formats import raw_file
from wbkit.workflow.twin.transcripts import made_up_documents, text_files

FOLDER = "oefenversie"
SEED = 2026
CODEBOOK = "codebook.toml"
TITLES = {"nl": "oefenversie met verzonnen gegevens", "en": "twin with made-up data"}
NOTES = {"nl": "Oefenversie met verzonnen gegevens: niemand gaf deze antwoorden.",
         "en": "Twin with made-up data: nobody gave these answers."}
README = Path(__file__).parent / "template" / "README.md"


@dataclass(frozen=True)
class Originals:
    """What a study holds, read once: answers before and after cleaning, and texts.

    People who withdrew are not in them; `written` holds their words too: every text that
    somebody wrote or said in an open answer or a conversation, none of which a twin may hold.
    """

    answers: dict[str, Original]
    documents: dict[str, Documents]
    written: tuple[str, ...]


def twin(study: Study, *, folder: str | Path | None = None, seed: int = SEED) -> Study:
    """Write a synthetic twin of a study: the same files, headings and sizes, and nobody in it.

    The closed answers are drawn from study.toml and protected two-way Tables alone, with the
    routing, missing answers and typing errors of the original; own words come from the examples
    of the codebook. A source of published data (``public = true``) is copied. Coding work is
    made up as well: the coders and what they looked for are those of the study.

    Parameters
    ----------
    study
        The study; its raw files are read.
    folder
        Where the twin is written; ``oefenversie`` beside the data folder when left out. It may
        not exist yet.
    seed
        The same seed gives the same twin.

    Returns
    -------
    Study
        The twin, of which every source that is not public is synthetic.

    Raises
    ------
    DataError
        If the folder is there already, or a source is of a format that cannot be written.

    References
    ----------
    .. [1] Raab, G. M., Nowok, B., & Dibben, C. (2016). Practical data synthesis for large samples.
       Journal of Privacy and Confidentiality, 7(3), 67-97.
    """
    need(study, Study, "twin", _("Give load_study()."))
    place = Path(folder) if folder else study.folder.resolve().parent / FOLDER
    if place.exists():
        raise DataError(_(
            "{folder}: is there already. A twin is written into a new folder: remove this one, or "
            "give another name.",
            folder=place))
    originals = read_originals(study)
    codebook = load_codebook(study.folder) if (study.folder / CODEBOOK).is_file() else None
    sentences = safe_sentences(codebook, study.language, originals.written)
    rng = np.random.default_rng(seed)
    data = place / "data"
    _write_study(study, data, place, seed)
    if codebook:
        _write_codebook(study.folder / CODEBOOK, data / CODEBOOK,
                        quoted_examples(codebook, originals.written))
    for name, source in study.sources.items():
        if source.public and not source.synthetic:
            _copy(source, data)
        elif source.holds_texts:
            _write_texts(originals.documents[name], data, sentences, rng)
        else:
            _write_answers(originals.answers[name], data, sentences, rng)
    made = load_study(data / study.file.name)
    if codebook:
        write_coding_work(study, made, _cleaned(made), sentences, codebook, rng)
    return made


def read_originals(study: Study) -> Originals:
    """Read and clean every source of a study that is made up anew in a twin."""
    answers, documents, written = {}, {}, []
    private = read_private(study)
    for name, source in study.sources.items():
        if source.public and not source.synthetic:
            continue
        if source.holds_texts:
            texts = read_documents(source)
            written += texts.texts["text"].tolist()
            documents[name] = private.without_withdrawn(texts)
            continue
        whole = read_source(source)
        written += _own_words(whole)
        raw = private.without_rows(whole)
        responses = clean(raw)
        rates = {} if source.counts else outline_of(
            answer_grid(responses), item_states(responses), LEAST_SHOWN).unanswered
        answers[name] = Original(raw, responses, rates)
    return Originals(answers, documents, tuple(written))


def _own_words(raw: Raw) -> list[str]:
    return [text for item in raw.source.items.values() for name in item.headings
            if name in raw.data and (item.kind == "open" or item.other) for text in raw.data[name]]


def _cleaned(study: Study) -> dict[str, Documents | Responses]:
    return {name: read_documents(source) if source.holds_texts else clean(read_source(source))
            for name, source in study.sources.items()}


def _copy(source: Source, data: Path) -> None:
    for name, file in source.raw_files.items():
        write_whole(data / name, file.read_bytes())


def _write_answers(
    original: Original, data: Path, sentences: Sentences, rng: np.random.Generator
) -> None:
    raw, responses = original.raw, original.responses
    least = max(raw.source.setting.display.minimum, LEAST_SHOWN)
    if raw.source.counts:
        cells = count_cells(raw, responses, least, rng)
    else:
        grid = answer_grid(responses)
        tables, pairs = protected_pairs(grid, hide_small)
        outline = outline_of(grid, item_states(responses), least)
        chance = chance_distance(grid.codes, pairs, rng)
        drawn = draw_answers(grid, replace(outline, units=original.units), pairs, chance, rng)
        cells = raw_cells(original, drawn, sentences, rng)
    content = read_bytes(raw.source.path, raw.source.file)
    write_whole(data / raw.source.file, raw_file(raw, cells.astype(str), content))


def _write_texts(
    documents: Documents, data: Path, sentences: Sentences, rng: np.random.Generator
) -> None:
    source = documents.source
    guide = source.texts.guide if source.texts else None
    files = [name for name in source.raw_files if name != guide]
    made = made_up_documents(documents, sentences, rng)
    places = [data / name for name in files[:len(made)]]  # fewer when somebody withdrew
    for file, content in text_files(source, made, places).items():
        write_whole(file, content)
    if guide:
        write_whole(data / guide, source.raw_files[guide].read_bytes())


def _write_study(study: Study, data: Path, place: Path, seed: int) -> None:
    """Write study.toml with every source marked as synthetic, and what the folder is."""
    document = tomlkit.parse(study.file.read_text(encoding="utf-8-sig"))
    title = document["title"]
    if isinstance(title, str):
        document["title"] = f"{title} ({TITLES[study.language]})"
    else:
        for language, words in list(title.items()):
            title[language] = f"{words} ({TITLES[language]})"
    if "synthetic_note" in document:
        document.remove("synthetic_note")
    note = tomlkit.inline_table()
    note.update(NOTES)
    public = [name for name, source in study.sources.items()
              if source.public and not source.synthetic]
    for name in set(study.sources) - set(public):
        document["sources"][name]["synthetic"] = True
    words = tomlkit.dumps(document)
    head = f"# {NOTES['nl']}\n# {NOTES['en']}\nsynthetic_note = {note.as_string()}\n"
    write_whole(data / study.file.name, (head + words).encode())
    told = f"Wel echt, want al gepubliceerd: {listing(public, 'nl')}." if public else \
        "Er staan geen echte gegevens in."
    write_whole(place / "README.md", README.read_text(
        encoding="utf-8").format(seed=seed, folder=place.name, public=told).encode())


def _write_codebook(file: Path, target: Path, quoted: list[str]) -> None:
    """Write the codebook without the examples that somebody wrote or said."""
    document = tomlkit.parse(file.read_text(encoding="utf-8-sig"))
    for name in quoted:
        del document["codes"][name]["example"]
    write_whole(target, tomlkit.dumps(document).encode())
