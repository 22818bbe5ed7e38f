"""What is said of what is given away: what an audit found, and the page that goes with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd

from wbkit.labels import label
from wbkit.messages import _, listing
from wbkit.privacy.disclosure.rules import least_of
from wbkit.study.informants import are_informants
from wbkit.study.study import Study
from wbkit.table.facts import Derived
from wbkit.table.statements.privacy import InParts, Rounded
from wbkit.table.table import Table
from wbkit.workflow.release.notebook_outputs import real_sources

PAGE = "LEESMIJ.html"
AUDIT = "controle"  # the name by which it is published
FINE, RELEASED = "safe", "released"  # verdicts
STYLE = ("body{font:16px/1.5 system-ui,sans-serif;max-width:44em;margin:2em auto;padding:0 1em;"
         "color:#222}")


@dataclass(frozen=True)
class Publication:
    """What was given away.

    Parameters
    ----------
    profile, on
        For whom, and when.
    tables, figures, cells, notebooks
        The Tables, and how many Figures, files of Cells and notebooks.
    hidden
        Name of a Table = how many rows of it are hidden, as everybody can see who has the Table.
        How many of these the survey itself had hidden would tell which were the smallest.
    left_out
        Name of a Figure = why it is not there.
    audit
        What an outsider can derive; None without data of real people.
    known
        How many counts from elsewhere were taken as known.
    newly
        How many numbers were hidden besides those that were already: for the researcher only.
    """

    profile: str
    on: date
    tables: Sequence[Table]
    figures: int
    cells: int
    notebooks: int
    hidden: Mapping[str, int]
    left_out: Mapping[str, str]
    audit: Table | None
    known: int = 0
    newly: int = 0


def page(study: Study, publication: Publication) -> str:
    """Write the page, in the language of the study."""
    language = study.language
    title = label("publish_title", language, study=study.title.text(language) or study.file.name)
    body = "\n".join(_parts(study, publication))
    return (f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
            f"<h1>{escape(title)}</h1>\n{body}\n</body>\n</html>\n")


def _parts(study: Study, publication: Publication) -> Iterator[str]:
    language = study.language

    def say(key: str, **values: object) -> str:
        return f"<p>{escape(label(f'publish_{key}', language, **values))}</p>"

    def head(key: str) -> str:
        return f"<h2>{escape(label(f'publish_{key}', language))}</h2>"

    yield say("holds", tables=len(publication.tables), figures=publication.figures,
              notebooks=publication.notebooks, on=publication.on.isoformat())
    if publication.cells:
        yield say("cells", n=publication.cells)
    if publication.audit is None:
        yield say("nobody")
        return
    yield head("head_hidden")
    steps = {one.step for table in publication.tables for one in table.found(Rounded)}
    if steps:
        yield say(f"rounded_{publication.profile}", step=max(steps))
    else:
        yield say(f"profile_{publication.profile}", least=max(
            least_of(one, publication.profile) for one in real_sources(study)))
    yield from (say(key, **values) for key, values in _rules(publication.tables, language))
    yield from _hidden(publication, language)
    yield head("head_derivable")
    yield from (say("derivable_rounded" if steps and "width" in values else key, **values)
                for key, values in derivable(publication.audit))
    if publication.audit.found(InParts):
        yield f"<p>{escape(label('audit_in_parts', language))}</p>"
    if publication.known:
        yield say("known", n=publication.known)
    yield say("audit", name=f"{AUDIT}.xlsx")
    yield head("head_not")
    texts = ["not_texts"] if publication.notebooks else []
    yield from (say(key) for key in ("not_words", *texts, "not_knows", "not_later"))


def _rules(
    tables: Sequence[Table], language: str
) -> Iterator[tuple[str, dict[str, object]]]:
    """Give what else was done: professionals named together, and answers that were merged."""
    about = [one for table in tables for one in table.data_sets if are_informants(one)]
    names = dict.fromkeys(one.design.informants.text(language) for one in about)
    if names:
        yield "informants", {"names": listing(list(names), language)}
    recoded = [(table, one.item) for table in tables for one in table.found(Derived)
               if one.rule == "recode"]
    items = dict.fromkeys(table.data_sets[0].items[item].words(language, short=True)
                          for table, item in recoded if table.minimum > 1)
    if items:
        yield "merged", {"items": listing([f"‘{one}’" for one in items], language)}


def _hidden(publication: Publication, language: str) -> Iterator[str]:
    """List the Tables in which rows are hidden, and the Figures that were left out."""
    lines = [label("publish_hidden_in", language, name=name, n=n)
             for name, n in publication.hidden.items()]
    lines += [label("publish_left_out", language, name=name, why=why)
              for name, why in publication.left_out.items()]
    if lines:
        items = "\n".join(f"<li>{escape(line)}</li>" for line in lines)
        yield f"<p>{escape(label('publish_list', language))}</p>\n<ul>\n{items}\n</ul>"


def audit_failures(audit: Table, names: Sequence[str]) -> list[str]:
    """Word each hidden number that can be worked out: Table and cell, never the number.

    `names` are those of the Tables in the order in which they were audited.
    """
    rows = audit.data[audit.data["verdict"] != FINE].to_dict("records")
    return [_failure(row, row["cell"] or _("everyone"), names) for row in rows]


def _failure(row: Mapping[str, str], cell: str, names: Sequence[str]) -> str:
    if row["verdict"] == RELEASED:
        table, earlier = _named(row["table"], names).split(", ", 1)
        return _("{table}, {cell}: a few people more or less than in {earlier}, so the difference "
                 "tells of them", table=table, cell=cell, earlier=earlier)
    return _("{table}, {cell}: can be worked out from {others}", cell=cell,
             table=_named(row["table"], names), others=_named(row["given_by"], names))


def _named(numbers: str, names: Sequence[str]) -> str:
    """Put names in the place of "1, 3"."""
    return ", ".join(names[int(one) - 1] for one in numbers.split(", ") if one)


def derivable(audit: Table) -> list[tuple[str, dict[str, object]]]:
    """Return what the page says of an audit: keys of the label table and their values."""
    if audit.data.empty:
        return [("derivable_none", {})]
    width = (audit.data["highest"] - audit.data["lowest"]).min()  # of those that are bounded
    if pd.isna(width):
        return [("derivable_open", {"n": len(audit.data)})]
    return [("derivable", {"n": len(audit.data), "width": int(width)})]
