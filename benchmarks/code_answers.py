"""Time `code_by_dictionary` beside one regular expression for each code.

    python benchmarks/code_answers.py [answers]

Makes that many distinct answers of 60 characters on average (1,000,000 when left out) from Dutch
words, and a codebook of 300 terms with wildcards, seeded. Says the median of five, on the clock
and of the processor, of the whole and of the search alone, and the load that other work gave.
The regular expressions are timed on every 20th answer, because they take minutes; the ratio is of
the time for one answer.
"""

import os
import random
import re
import resource
import statistics
import sys
import time

from wbkit.coding.dictionary import code_by_dictionary
from wbkit.data.documents import Documents
from wbkit.study.codebook import Codebook
from wbkit.study.source import Source
from wbkit.text.terms import TermIndex

TIMES = 5
EVERY, TERMS, CODES, SEED = 20, 300, 12, 20221115
COMMON = """
ik de het een en van is dat niet in op te voor met mijn zijn wel maar ook om er als bij nog dan aan
heb ben vind school les docent we je die wat meer goed soms gewoon echt heel veel zo door naar over
kan moet wil weet krijg doe maak altijd nooit vaak alles iets niemand iedereen dag week tijd klas
thuis huiswerk vak boek leren werken praten vragen horen zien komen gaan
""".split()  # noqa: SIM905
RARE = """
stress deadline toets rooster stage coach mentor motivatie planning geld huur slaap ziek ouders
moeder vriend groep sfeer ruzie laptop camera taal spelling engels gesprek diploma druk drukte
spanning tussenuur bijbaan leerbedrijf begeleiding klasgenoot corona eenzaam
""".split()  # noqa: SIM905
SYLLABLES = """
ver be ging lijk schap baar loos heid stel werk vraag toe tijd ken wijs lees maat kring dienst
plaats
""".split()  # noqa: SIM905


def answers(n, rng):
    """Make distinct answers; one word in twenty is of the kind that a codebook looks for."""
    words = COMMON * 18 + [word + end for word in RARE for end in ("", "en", "je")]
    return [f"{' '.join(rng.choices(words, k=10))} {at}" for at in range(n)]


def terms(rng):
    """Make terms: words that occur, with wildcards, and others that hardly do."""
    found = [form.format(word) for word in RARE for form in ("{}*", "*{}*", "veel {}*")]
    while len(found) < TERMS:
        word = "".join(rng.choices(SYLLABLES, k=2))
        found.append(rng.choice(["{}*", "*{}", "*{}*", "geen {}*"]).format(word))
    return list(dict.fromkeys(found))[:TERMS]


def codebook(found):
    """Divide the terms over the codes."""
    return Codebook.model_validate({"codes": {
        f"code_{at}": {"label": f"code {at}", "definition": "benchmark", "terms": found[at::CODES]}
        for at in range(CODES)
    }})


def by_expressions(texts, book):
    """Count the places of each code with one regular expression, as many scripts do it."""
    n = 0
    for code in book.codes.values():
        parts = (re.escape(term.term).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
                 for term in code.terms)
        expression = re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
        n += sum(sum(1 for _ in expression.finditer(text)) for text in texts)
    return n


def timed(work):
    """Do it five times; return what it gave and the median on the clock and of the processor."""
    clock, processor = [], []
    for _ in range(TIMES):
        started, worked = time.perf_counter(), time.process_time()
        given = work()
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - worked)
    return given, statistics.median(clock), statistics.median(processor)


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rng = random.Random(SEED)
    source = Source.model_validate({"name": "benchmark", "file": "none", "format": "csv",
                                    "unit": "student", "synthetic": True})
    texts = answers(size, rng)
    book = codebook(terms(rng))
    documents = Documents.of({str(at): text for at, text in enumerate(texts)}, source)
    hits, seconds, worked = timed(lambda: len(code_by_dictionary(documents, book).data))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    index = TermIndex(tuple(term.parsed for code in book.codes.values() for term in code.terms))
    _, found, searched = timed(lambda: len(index.find(texts).term))
    sample = texts[::EVERY]
    started = time.process_time()
    n = by_expressions(sample, book)
    slow = (time.process_time() - started) * size / len(sample)
    print(f"{size:,} answers of {sum(map(len, texts)) / size:.0f} characters, {TERMS} terms, "
          f"{hits:,} hits; load {os.getloadavg()[0]:.1f}")
    print(f"code_by_dictionary: {seconds:.1f} s ({worked:.1f} s of processor), {memory:.2f} GB")
    print(f"of which the search: {found:.1f} s ({searched:.1f} s of processor, two threads)")
    print(f"one regular expression for each code: {slow:.0f} s ({n:,} places in one of {EVERY})")
    print(f"ratio of processor time: {slow / worked:.0f}")


if __name__ == "__main__":
    main()
