"""The first page of the results: answers, whom they leave out, and the way to every Table."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from wbkit.labels import day, label, words
from wbkit.report.first_page.answers import MAIN, Answer, Ask, answers, asks, silent
from wbkit.report.first_page.bars import bars
from wbkit.report.pages.page_style import PageStyle, logo_html
from wbkit.report.saved_results import SavedResults
from wbkit.study.study import Study
from wbkit.table.render import Shown
from wbkit.table.table import Table

HERE = Path(__file__).parent
LANGUAGES = ("nl", "en")
SIGNS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}  # no word can end the script
MOST_NAMED = 3  # sources
INSIDE = re.compile(r"[<>&]")
SPOKEN = ("choose_everyone", "choose_of", "choose_hidden", "choose_several", "search_none")


@dataclass(frozen=True)
class Link:
    """Something to find: its title by language, the file and place, and what it is."""

    title: Mapping[str, str]
    address: str
    what: str

    def words(self, language: str) -> str:
        """Return its title in a language, or in the one that there is."""
        return self.title.get(language) or next(iter(self.title.values()))


@dataclass(frozen=True)
class FirstPage:
    """What the first page is made of.

    Parameters
    ----------
    study
        The study.
    results
        The results of its last run.
    style
        The house style.
    choices
        What a reader can choose (`choices`).
    more
        Notebooks, infographics and reports that exist: title and address.
    before
        The Tables as they were read, where `results` hold them with numbers hidden to go out.
    """

    study: Study
    results: SavedResults
    style: PageStyle
    choices: Sequence[Mapping[str, Any]] = ()
    more: Sequence[Link] = field(default=())
    before: Mapping[str, Table] | None = None

    def html(self) -> str:
        """Return the page, with everything it needs inside."""
        study = self.study
        title = escape(study.title.text(study.language) or study.file.name)
        bodies = [self._body(one) for one in self.languages]
        data = {"choices": list(self.choices), "found": self._found(),
                "words": {one: _words(one) for one in self.languages}}
        script = (HERE / "first_page.js").read_text(encoding="utf-8")
        return (
            f'<!DOCTYPE html>\n<html lang="{study.language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{title}</title>\n<style>{css(self.style)}</style>\n</head>\n<body>\n"
            f"{''.join(bodies)}"
            f'<script type="application/json" id="data">{_as_json(data)}</script>\n'
            f"<script>{script}</script>\n</body>\n</html>\n")

    @property
    def languages(self) -> list[str]:
        """The languages in which the page can be read, that of the study first."""
        return languages_of(self.study)

    def _body(self, language: str) -> str:
        own = language == self.study.language
        hidden = "" if own else " hidden"
        parts = Body(self, language).parts()
        return f'<div class="page" lang="{language}"{hidden}>\n{"".join(parts)}</div>\n'

    def _found(self) -> list[dict[str, Any]]:
        """Return what a search looks through: Tables, Figures and notebooks by title."""
        return [{"title": dict(one.title), "address": one.address, "what": one.what}
                for one in [*self.more, *self._results()]]

    def _results(self) -> Iterator[Link]:
        for what, results in (("table", self.results.tables), ("figure", self.results.figures)):
            for name, one in results.items():
                titles = {language: one.show(language).title for language in self.languages}
                yield Link(titles, f"{address(one.notebook)}#{what}-{name}", what)


def languages_of(study: Study) -> list[str]:
    """Return the language of the study, and the other one where every question is in it."""
    other = next(one for one in LANGUAGES if one != study.language)
    labels = [study.title, *(one.text for one in study.questions.values())]
    both = all(getattr(one, other) for one in labels)
    return [study.language, other] if both else [study.language]


def css(style: PageStyle) -> str:
    """Return the style of the pages of a run."""
    return f"{style.css()}\n{(HERE / 'first_page.css').read_text(encoding='utf-8')}"


def address(notebook: str) -> str:
    """Return the file of the page of a notebook, from the folder of results."""
    return f"pages/{notebook or 'standard'}.html"


def _words(language: str) -> dict[str, str]:
    """Return the words that the script of the page needs."""
    return {key: words()[f"page_{key}"][language] for key in SPOKEN}


def _as_json(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return INSIDE.sub(lambda sign: SIGNS[sign[0]], text)


@dataclass(frozen=True)
class Body:
    """The page in one language; ids of the second language get its name."""

    page: FirstPage
    language: str

    @property
    def study(self) -> Study:
        """The study, in this language."""
        return self.page.study.model_copy(update={"language": self.language})

    def parts(self) -> Iterator[str]:
        """Yield the parts of the page, from head to foot."""
        tables = {name: one.table for name, one in self.page.results.tables.items()}
        found = answers(self.study, tables, self.page.before)
        main = next((one for one in found if one.question == MAIN), None)
        others = [one for one in found if one is not main]
        yield from self._head(main, others)
        yield f'<main id="{self._id("answers")}">'
        for one in others:
            yield self._answer(one)
        yield self._asks(asks(self.study, tables))
        yield self._silent(silent(self.study, tables))
        yield self._choose()
        yield self._more()
        yield f"</main>\n<footer><p>{self._say('made')}</p></footer>\n"

    def _id(self, name: str) -> str:
        own = self.language == self.page.study.language
        return name if own else f"{name}-{self.language}"

    def _say(self, key: str, **values: object) -> str:
        return escape(label(f"page_{key}", self.language, **values))

    # Head

    def _head(self, main: Answer | None, others: Sequence[Answer]) -> Iterator[str]:
        title = escape(self.study.title.text(self.language) or self.study.file.name)
        yield f'<a class="skip" href="#{self._id("answers")}">{self._say("skip")}</a>\n<header>'
        yield logo_html(self.page.style)
        if len(self.page.languages) > 1:
            yield f'<button type="button" class="language">{self._say("other_language")}</button>'
        yield f'<p class="kicker">{title}</p>\n' if main else ""
        yield f"<h1>{escape(main.asked) if main else title}</h1>\n"
        if main and main.text:
            yield f'<p class="lead">{escape(main.text)}</p>\n'
            yield from self._certainty(main)
        yield self._synthetic()
        yield f'<nav aria-label="{self._say("questions")}"><ol>'
        for one in others:
            yield (f'<li><a href="#{self._id(one.question)}"><b>{escape(one.question)}</b>'
                   f"<span>{escape(one.asked)}</span></a></li>")
        yield "</ol></nav></header>\n"

    def _synthetic(self) -> str:
        names = [one.words(self.language) for one in self.study.sources.values() if one.synthetic]
        if not names:
            return ""
        key = "overview_synthetic" if len(names) <= MOST_NAMED else "overview_all_synthetic" \
            if len(names) == len(self.study.sources) else "overview_most_synthetic"
        told = label(key, self.language, names="; ".join(names), n=len(names),
                     all=len(self.study.sources))
        note = self.study.synthetic_note.text(self.language) if self.study.synthetic_note else ""
        return f'<p class="banner">{escape(f"{told} {note}".strip())}</p>\n'

    # Answers

    def _answer(self, one: Answer) -> str:
        drawn = next(filter(None, (self._drawn(name, shown, one.text)
                                   for name, shown in self._shown(one))), "")
        text = f'<p class="answer">{escape(one.text)}</p>' if one.text \
            else "" if one.hidden else f'<p class="base">{self._say("unanswered")}</p>'
        name = self._id(one.question)
        return (f'<section id="{name}" aria-labelledby="h-{name}">\n<div><h2 id="h-{name}"><b>'
                f"{escape(one.question)}</b><span>{escape(one.asked)}</span></h2>\n{text}\n"
                f"{''.join(self._notes(one))}{self._links(one)}</div>\n{drawn}</section>\n")

    def _shown(self, one: Answer) -> list[tuple[str, Shown]]:
        """Return the results on which an answer rests, those of its figures first."""
        results, reading = self.page.results, one.reading
        if reading is None:
            return []
        found = [(name, results.figures[name]) for name in reading.figures
                 if name in results.figures]
        found += [(name, results.tables[name]) for name in reading.tables]
        return [(name, result.show(self.language)) for name, result in found]

    def _notes(self, one: Answer) -> Iterator[str]:
        """Yield who is counted, what is not shown, how certain it is, and who recognised it."""
        reading = one.reading
        table = next((shown for __, shown in self._shown(one) if shown.base), None)
        if table is not None:
            yield f'<p class="base">{escape(table.base)}</p>'
        limit = (reading.limit if reading else "") or (table.basis if table else "")
        if limit:
            yield self._note("limit", limit)
        yield from self._certainty(one)
        if one.gone or (reading and reading.outdated):
            yield f'<p class="banner">{self._say("changed")}</p>'
        if one.hidden:
            yield f'<p class="banner">{self._say("hidden_answer")}</p>'

    def _certainty(self, one: Answer) -> Iterator[str]:
        reading = one.reading
        if reading and reading.certainty:
            level = label(f"certainty_{reading.certainty}", self.language)
            yield self._note("certainty", f"{level.capitalize()}. {reading.why}")
        for check in reading.checks if reading else ():
            key = f"page_recognised_{check.recognised.replace(' ', '_')}"
            yield (f'<p class="base">{escape(label(key, self.language, role=check.role))} '
                   f"{escape(check.missing.text(self.language) or '')}</p>")

    def _note(self, key: str, told: str) -> str:
        return f'<p class="base"><b>{self._say(key)}.</b> {escape(told)}</p>'

    def _drawn(self, name: str, table: Shown, said: str) -> str:
        html = bars(table, said=said)
        if not html:
            return ""
        return (f'<figure><figcaption><a href="{self._address(name)}">{escape(table.title)}</a>'
                f"</figcaption>{html}</figure>")

    def _address(self, name: str) -> str:
        results = self.page.results
        what, saved = ("table", results.tables) if name in results.tables \
            else ("figure", results.figures)
        return f"{address(saved[name].notebook)}#{what}-{name}"

    def _links(self, one: Answer) -> str:
        links = "".join(f'<li><a href="{self._address(name)}">{escape(shown.title)}</a></li>'
                        for name, shown in dict(self._shown(one)).items())
        return f"<details><summary>{self._say('tables')}</summary><ul>{links}</ul></details>" \
            if links else ""

    # After the answers

    def _asks(self, found: Sequence[Ask]) -> str:
        lines = "".join(self._ask(one) for one in found)
        return self._section("asks", f'<ul class="asks">{lines}</ul>') if lines else ""

    def _ask(self, one: Ask) -> str:
        """Write what is asked of whom, what it costs, by when, and on which answers it rests."""
        certainty = label(f"certainty_{one.certainty}", self.language) if one.certainty else ""
        told = {"to": one.addressed_to, "cost": one.cost, "owner": one.owner,
                "date": day(one.date, self.language),
                "certainty": certainty}
        facts = "".join(f"<div><dt>{self._say(f'asks_{key}')}</dt><dd>{escape(words)}</dd></div>"
                        for key, words in told.items() if words)
        links = ", ".join(f'<a href="#{self._id(name)}">{escape(name)}</a>'
                          for name in one.findings if name != MAIN)
        rests = f"<div><dt>{self._say('asks_rests')}</dt><dd>{links}</dd></div>" if links else ""
        return (f"<li><p><b>{escape(one.ask or one.text)}</b></p>"
                f"{f'<p>{escape(one.text)}</p>' if one.ask else ''}<dl>{facts}{rests}</dl></li>")

    def _silent(self, found: Sequence[tuple[str, str]]) -> str:
        if not found:
            return ""
        lines = "".join(f"<li><b>{escape(name)}.</b> {escape(told)}</li>" for name, told in found)
        return self._section("silent", f'<ul class="columns">{lines}</ul>')

    def _choose(self) -> str:
        if not self.page.choices:
            return ""
        return self._section("choose", (
            f"<p>{self._say('choose_lead')}</p>"
            f'<div class="chooser"><label>{self._say("choose_question")}<select class="question">'
            f'</select></label><label>{self._say("choose_group")}<select class="group"></select>'
            '</label></div><div class="chosen" aria-live="polite"></div>'))

    def _more(self) -> str:
        links = "".join(
            f'<li><a href="{one.address}">{escape(one.words(self.language))}</a></li>'
            for one in self.page.more)
        return self._section("more", (
            f'<label class="search">{self._say("search")}<input type="search"></label>'
            f'<ul class="found" aria-live="polite"></ul><ul class="columns">{links}</ul>'))

    def _section(self, key: str, inside: str) -> str:
        name = self._id(key)
        return (f'<section class="whole" id="{name}" aria-labelledby="h-{name}">'
                f'<h2 id="h-{name}">{self._say(key)}</h2>{inside}</section>\n')

