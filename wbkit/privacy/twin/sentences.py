"""Made-up sentences: the examples of the codebook, without any that somebody wrote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from wbkit.study.codebook import Codebook

PLAIN = {  # where a codebook has too few examples of its own
    "nl": ("Dit is een verzonnen antwoord.", "Hier staat een verzonnen zin om mee te oefenen.",
           "Deze zin is bedacht voor de oefenversie.", "Niemand schreef dit antwoord echt."),
    "en": ("This is a made-up answer.", "Here is a made-up sentence to practise with.",
           "This sentence was thought up for the twin.", "Nobody really wrote this answer."),
}
FEWEST_SIGNS = 12  # an example that is shorter says too little to look for in what people wrote


@dataclass(frozen=True)
class Sentence:
    """A made-up sentence and the code that it is an example of; plain ones have none."""

    text: str
    code: str = ""


@dataclass(frozen=True)
class Sentences:
    """The sentences from which made-up texts are put together."""

    all: tuple[Sentence, ...]

    def draw(self, n: int, rng: np.random.Generator) -> list[Sentence]:
        """Draw sentences by chance, all different as long as there are enough."""
        order = [self.all[at] for at in rng.permutation(len(self.all))]
        return (order * (n // len(order) + 1))[:n]


def safe_sentences(codebook: Codebook | None, language: str, written: Iterable[str]) -> Sentences:
    """Return the examples of a codebook that do not stand in what people wrote or said.

    A codebook often quotes people; such an example is left out.
    """
    said = alike(" ".join(written))
    examples = [Sentence(code.example.strip(), code.name)
                for code in (codebook.codes.values() if codebook else ()) if code.example.strip()]
    plain = [Sentence(text) for text in PLAIN[language]]
    own = [one for one in examples
           if len(one.text) >= FEWEST_SIGNS and alike(one.text).strip() not in said]
    return Sentences(tuple([*own, *(one for one in plain if alike(one.text) not in said)]
                           or plain))


def quoted_examples(codebook: Codebook, written: Iterable[str]) -> list[str]:
    """Return the codes of which the example is what somebody wrote or said."""
    said = alike(" ".join(written))
    return [name for name, code in codebook.codes.items()
            if code.example.strip() and alike(code.example).strip() in said]


def alike(text: str) -> str:
    """Return a text as it is compared: letters and digits, small, single spaces."""
    kept = "".join(sign if sign.isalnum() else " " for sign in text.casefold())
    return " " + " ".join(kept.split()) + " "


def made_answers(
    sentences: Sentences, n: int, rng: np.random.Generator, avoid: Mapping[str, object] | set[str]
) -> list[str]:
    """Put made-up answers to an open question together, of one or two sentences."""
    made = []
    for _ in range(n):
        some = sentences.draw(int(rng.integers(1, 3)), rng)
        text = " ".join(one.text for one in some)
        made.append(text if alike(text) not in avoid else f"{text} (verzonnen)")
    return made
