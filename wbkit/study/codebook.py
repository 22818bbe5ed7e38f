"""The codebook: what every code means, as people wrote it in codebook.toml."""

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from wbkit.errors import CodebookError
from wbkit.files import write_whole
from wbkit.messages import _, mark
from wbkit.study.item import Id
from wbkit.study.model import Label, Model, fault_lines
from wbkit.study.study import find_study
from wbkit.study.toml_text import read_fields
from wbkit.text.normalise import did_you_mean
from wbkit.text.terms import NEGATING, parse_term
from wbkit.text.terms import Term as Parsed

MOST_BYTES = 5_000_000
REFERS = {
    "code": mark("codes.{name} refers to the code {strange!r}, which is not here. {hint}"),
    "scheme": mark("codes.{name} refers to the scheme {strange!r}, which is not here. {hint}"),
}


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
            raise ValueError(_(
                'the term {term!r} holds {inside!r} itself, so negation = "{negation}" '
                "contradicts it. Remove negation.",
                term=self.term, inside=inside.pop(), negation=self.negation))
        return self


class Code(Model):
    """One code: when it fits, when it does not, and the terms that point to it.

    Parameters
    ----------
    name
        The id; the key of the code in codebook.toml. It never changes once texts are coded.
    definition, include, exclude, example
        When the code fits and when it does not, and a passage that fits. A code made of words of
        a text has no definition yet; `wbkit check` names it.
    scheme, line
        The list of codes to which it belongs, and the research line.
    parents
        Codes of which this one is a part; it counts under each of them.
    terms
        Words that point to the code.
    since, replaced_by
        Version of the codebook that brought the code, or its definition as it is now: codings of
        an earlier version are marked. And the code that came in its place.
    """

    name: Id
    label: Label
    definition: str
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
                raise ValueError(_(
                    "terms holds {term!r} with negation {negation!r} and {other!r}. Keep one of "
                    "them.",
                    term=term.term, negation=same.negation, other=term.negation))
        return self


class Codebook(Model):
    """All codes.

    Parameters
    ----------
    codes
        Codes by id, in the order of the file.
    schemes
        Lists to which codes belong: id = printed name.
    version
        Version of the codebook.
    """

    codes: dict[Id, Code] = Field(min_length=1)
    schemes: dict[Id, Label] = Field(default_factory=dict)
    version: str = ""

    def code(self, name: str) -> Code:
        """Return a code by its id.

        Parameters
        ----------
        name
            Id of the code.

        Returns
        -------
        Code
            The code.

        Raises
        ------
        CodebookError
            If there is no such code.
        """
        if name in self.codes:
            return self.codes[name]
        hint = did_you_mean(str(name), self.codes) or _(
            "There is {codes}.", codes=", ".join(self.codes))
        raise CodebookError(_(
            "codebook.toml: there is no code {name!r}. {hint}",
            name=name, hint=hint))

    def of(self, scheme: str) -> list[str]:
        """Return the ids of the codes of a scheme, in the order of the file.

        Parameters
        ----------
        scheme
            Id of the scheme.

        Returns
        -------
        list of str
            Ids of codes.

        Raises
        ------
        CodebookError
            If no code belongs to such a scheme.
        """
        found = [name for name, code in self.codes.items() if code.scheme == scheme]
        if not found:
            known = dict.fromkeys(code.scheme for code in self.codes.values() if code.scheme)
            raise CodebookError(_(
                "codebook.toml: no code belongs to scheme {scheme!r}. The schemes are {schemes}. "
                "Use one of these.",
                scheme=scheme, schemes=", ".join(known) or _("none")))
        return found

    def descendants(self, name: str) -> list[str]:
        """Return a code and all codes under it, each once.

        Parameters
        ----------
        name
            Id of the code.

        Returns
        -------
        list of str
            The code itself first, the others in the order of the file.

        Raises
        ------
        CodebookError
            If there is no such code.
        """
        self.code(name)
        return [name, *(one for one in self.codes if name in self._above[one])]

    def ancestors(self, name: str) -> list[str]:
        """Return all codes above a code, each once.

        Parameters
        ----------
        name
            Id of the code.

        Returns
        -------
        list of str
            In the order of the file.

        Raises
        ------
        CodebookError
            If there is no such code.
        """
        self.code(name)
        return [one for one in self.codes if one in self._above[name]]

    def parents(self, name: str) -> list[str]:
        """Return the codes directly above a code.

        Parameters
        ----------
        name
            Id of the code.

        Returns
        -------
        list of str
            Ids as the code names them.

        Raises
        ------
        CodebookError
            If there is no such code.
        """
        return list(self.code(name).parents)

    def words(self, language: str) -> dict[str, str]:
        """Return the label of every code.

        Parameters
        ----------
        language
            ``nl`` or ``en``.

        Returns
        -------
        dict
            Id = label.
        """
        return {name: code.words(language) for name, code in self.codes.items()}

    @cached_property
    def _above(self) -> dict[str, set[str]]:
        return {name: _climb(self.codes, name) for name in self.codes}

    @model_validator(mode="before")
    @classmethod
    def _name(cls, fields: Any) -> Any:
        if not isinstance(fields, dict) or not isinstance(fields.get("codes"), Mapping):
            return fields
        return fields | {"codes": {
            name: {"name": name} | code if isinstance(code, dict) else code
            for name, code in fields["codes"].items()
        }}

    @model_validator(mode="after")
    def _check(self) -> Self:
        for name, code in self.codes.items():
            above = [*code.parents, *([code.replaced_by] if code.replaced_by else [])]
            _check_known(name, "code", above, self.codes)
            _check_known(name, "scheme", [code.scheme] if code.scheme and self.schemes else [],
                         self.schemes)
            if name in _climb(self.codes, name):
                raise ValueError(_(
                    "codes.{name}: its parents lead back to {name} itself. Take one of them out.",
                    name=name))
        return self


def _climb(codes: Mapping[str, Code], name: str) -> set[str]:
    """Return every code above one; itself only when its parents lead back to it."""
    found, waiting = set(), list(codes[name].parents)
    while waiting:
        one = waiting.pop()
        if one not in found and one in codes:
            found.add(one)
            waiting += codes[one].parents
    return found


def _check_known(name: str, kind: str, named: Iterable[str], known: Iterable[str]) -> None:
    strange = [one for one in named if one not in known]
    if strange:
        hint = did_you_mean(strange[0], known) or _("Add it, or correct it.")
        raise ValueError(_(REFERS[kind], name=name, strange=strange[0], hint=hint))


def load_codebook(path: str | Path | None = None) -> Codebook:
    """Read codebook.toml.

    Parameters
    ----------
    path
        The file, or the folder that holds it. When left out: ``codebook.toml`` beside the
        study.toml that `load_study` finds.

    Returns
    -------
    Codebook
        The codes, checked.

    Raises
    ------
    CodebookError
        If there is no such file, or something in it is not in order; all faults at once.
    """
    file = Path(path) if path else find_study(None).parent
    file = file / "codebook.toml" if file.is_dir() else file
    known = {one.__name__: list(one.model_fields) for one in (Codebook, Code, Term, Label)}
    try:
        return Codebook.model_validate(_load_fields(file))
    except ValidationError as error:
        raise CodebookError(fault_lines(error, file.name, known)) from None


def _load_fields(file: Path) -> dict[str, Any]:
    if not file.is_file():
        raise CodebookError(_(
            "{file}: there is no such file. Write a codebook.toml beside study.toml, or give the "
            "path of yours.",
            file=file))
    content = file.read_bytes()
    if len(content) > MOST_BYTES:
        raise CodebookError(_(
            "{file}: is larger than {megabytes} MB. A codebook holds codes and terms, no texts; "
            "take those out.",
            file=file.name, megabytes=MOST_BYTES // 1_000_000))
    return read_fields(content, file.name, CodebookError)


def write_code(path: str | Path, name: str, label: str) -> None:
    """Add a code without a definition to codebook.toml; what stands there stays as it is.

    The same code again changes nothing; `CodebookError` when the id has another label.
    """
    file = Path(path) / "codebook.toml"
    book = load_codebook(file)
    if name in book.codes:
        if label in book.codes[name].label.model_dump().values():
            return
        raise CodebookError(_(
            "codebook.toml: there is a code {name!r} already, with another label. Choose other "
            "words.",
            name=name))
    text = file.read_text(encoding="utf-8-sig")
    added = f'\n[codes.{name}]\nlabel = {json.dumps(label, ensure_ascii=False)}\ndefinition = ""\n'
    whole = text.rstrip("\n") + "\n" + added
    Codebook.model_validate(read_fields(whole.encode(), file.name, CodebookError))
    write_whole(file, whole.encode())
