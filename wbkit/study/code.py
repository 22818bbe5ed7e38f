"""One code: what it means and which terms point to it."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from wbkit.study.item import Id
from wbkit.study.model import Label, Model
from wbkit.text.negation import NEGATING
from wbkit.text.terms import Term as Parsed
from wbkit.text.terms import parse_term


class Term(Model):
    """A word or group of words that points to a code.

    Parameters
    ----------
    term
        ``*`` stands for any letters within a word, a space for any white space. Case, accents
        and kinds of hyphens and apostrophes make no difference.
    negation
        ``keep``: a negation makes no difference. ``block``: no hit where a negation stands in
        the same clause. ``review``: such a hit is kept for a person to look at.
    """

    term: str
    negation: Literal["keep", "block", "review"] = "keep"

    @property
    def parsed(self) -> Parsed:
        """The term as it is searched."""
        return parse_term(self.term)

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"term": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _check(self) -> Self:
        parse_term(self.term)
        inside = set(self.term.lower().split()) & set(NEGATING)
        if inside and self.negation != "keep":
            raise ValueError(f"the term {self.term!r} holds {inside.pop()!r} itself, so "
                             f'negation = "{self.negation}" contradicts it. Remove negation.')
        return self


class Code(Model):
    """One code: when it fits, when it does not, and the terms that point to it.

    Parameters
    ----------
    name
        The id; the key of the code in codebook.toml. It never changes once texts are coded.
    definition, include, exclude, example
        When the code fits and when it does not, and a passage that fits.
    scheme, line
        The list of codes to which it belongs, and the research line.
    parents
        Codes of which this one is a part; it counts under each of them.
    terms
        Words that point to the code.
    since, replaced_by
        Version of the codebook that brought the code, and the code that came in its place.
    """

    name: Id
    label: Label
    definition: str = Field(min_length=1)
    include: str = ""
    exclude: str = ""
    example: str = ""
    scheme: str | None = None
    line: int | None = None
    parents: tuple[Id, ...] = ()
    terms: tuple[Term, ...] = ()
    since: str | None = None
    replaced_by: Id | None = None

    def words(self, language: str) -> str:
        """Return the label in this language."""
        return self.label.text(language) or self.name

    @model_validator(mode="after")
    def _check(self) -> Self:
        found: dict[Parsed, Term] = {}
        for term in self.terms:
            same = found.setdefault(term.parsed, term)
            if same.negation != term.negation:
                raise ValueError(f"terms holds {term.term!r} with negation {same.negation!r} and "
                                 f"{term.negation!r}. Keep one of them.")
        return self
