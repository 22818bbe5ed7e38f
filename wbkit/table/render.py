"""A Table as HTML and as text: the same words on every machine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape

import pandas as pd

from wbkit.errors import DataError
from wbkit.labels import label, percentage
from wbkit.messages import _, listing, number
from wbkit.study.item import NO, YES
from wbkit.study.source import is_guessed
from wbkit.table.count_layouts import HIDDEN, STATES, Grid, has_small, whole_percentage
from wbkit.table.facts import Derived, Subject
from wbkit.table.kinds import KINDS
from wbkit.table.statements.coding import HandRead, MoreByHand
from wbkit.table.statements.tests import Scored
from wbkit.table.statistic_layouts import grid
from wbkit.table.words import Worded

STYLE = ("border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.5em 0")
MOST_ROWS = 300  # printed; more are a list that nobody reads
CELL = "padding:.2em .8em;border-bottom:1px solid #ddd;vertical-align:top"
FORMS = {"people": "sentence_people", "spoke": "sentence_spoke", "codes_in": "sentence_codes",
         "keywords_in": "sentence_keywords"}  # form of title = sentence
SAME = 1e-9  # shares that differ less are equal
TRUTH = {(YES,): "sentence_true", (NO,): "sentence_untrue"}


class Shown(Worded):
    """A Table in the words of one language, as `Table.show` returns it; prints like a Table."""

    def _repr_html_(self) -> str:
        return as_html(self)

    def __repr__(self) -> str:
        return as_text(self)


def caption_lines(table: Worded) -> list[str]:
    """Return the lines under a Table: base, basis, notes, source, fingerprint."""
    language = table.language
    hidden = "state" in table.data and (table.data["state"] == HIDDEN).any()
    hidden |= table.kind == "ranking" and bool(has_small(table.data).any())
    lines = [table.base, table.basis, *table.notes, guessed_line(table)]
    lines += [label("hidden_note", language)] if hidden else []
    lines += [label("rows_left", language, n=MOST_ROWS, all=number(len(table.data), language))] \
        if len(table.data) > MOST_ROWS else []
    lines += [source_line(table), label("fingerprint", language, digits=table.fingerprint)]
    return [line for line in lines if line]


def guessed_line(table: Worded) -> str:
    """Name the questions that a computer drafted and nobody confirmed."""
    used = set(table.dimensions)
    used |= {name for column in ("item", "margin") if column in table.data
             for name in table.data[column].astype(str)}
    names = [source.items[name].words(table.language, short=True) for source in table.sources
             for name in source.items if name in used and is_guessed(source, name)]
    words = "; ".join(f"‘{name}’" for name in dict.fromkeys(names))
    return label("guessed_note", table.language, names=words) if names else ""


def source_line(table: Worded) -> str:
    """Name the sources, and say which of them were made up."""
    language = table.language
    made_up = label("synthetic", language)
    names = [f"{source.words(language)} ({made_up})" if source.synthetic
             else source.words(language) for source in table.sources]
    return label("source", language, names="; ".join(names)) if names else ""


def as_text(table: Worded) -> str:
    """Return a Table as plain text."""
    shown = laid_out(table)
    widths = [max(map(len, column)) for column in zip(shown.header, *shown.rows, strict=True)]
    rule = "  ".join("-" * width for width in widths)
    body = [_text_line(row, widths, shown) for row in shown.rows]
    head = _text_line(shown.header, widths, shown)
    return "\n".join([table.title, "", head, rule, *body, "", *caption_lines(table)])


def as_html(table: Worded) -> str:
    """Return a Table as HTML, with headings that a screen reader finds."""
    shown = laid_out(table)
    lines = "<br>".join(escape(line) for line in caption_lines(table))
    return (
        f'<div lang="{table.language}"><table style="{STYLE}">\n'
        f'<caption style="text-align:left;font-weight:bold">{escape(table.title)}</caption>\n'
        f"<thead><tr>{_html_head(shown)}</tr></thead>\n"
        f"<tbody>\n{_html_rows(shown)}\n</tbody></table>\n"
        f'<p style="color:#555;font-size:90%;max-width:60em;margin-top:0">{lines}</p></div>'
    )


def laid_out(table: Worded) -> Grid:
    """Lay a Table out: the first rows of a long one, and that there is nothing without any."""
    if len(table.data) > MOST_ROWS:  # the others are in the data, and in what is saved
        table = replace(table, contents=replace(table.contents, data=table.data.head(MOST_ROWS)))
    shown = grid(table)
    if shown.rows or not shown.header:
        return shown
    nothing = label("nothing", table.language)
    return replace(shown, rows=((nothing, *("" for _ in shown.header[1:])),))


def _text_line(cells: tuple[str, ...], widths: list[int], shown: Grid) -> str:
    pairs = enumerate(zip(cells, widths, strict=True))
    padded = [cell.ljust(width) if shown.is_text(place) else cell.rjust(width)
              for place, (cell, width) in pairs]
    return "  ".join(padded).rstrip()


def _html_head(shown: Grid) -> str:
    return "".join(
        f'<th scope="col" style="{CELL};text-align:{_side(place, shown)}">{escape(word)}</th>'
        for place, word in enumerate(shown.header)
    )


def _html_rows(shown: Grid) -> str:
    return "\n".join(f"<tr>{_html_cells(row, shown)}</tr>" for row in shown.rows)


def _html_cells(row: tuple[str, ...], shown: Grid) -> str:
    cells = []
    for place, word in enumerate(row):
        tag = 'th scope="row"' if place < shown.stub else "td"
        weight = ";font-weight:normal" if place < shown.stub else ""
        style = f"{CELL};text-align:{_side(place, shown)}{weight}"
        cells.append(f'<{tag} style="{style}">{escape(word)}</{tag[:2]}>')
    return "".join(cells)


def _side(place: int, shown: Grid) -> str:
    return "left" if shown.is_text(place) else "right"


def sentence(
    table: Worded,
    value: str | Iterable[str] | None,
    *,
    item: str | None,
    group: Mapping[str, str],
) -> str:
    """Write the count of one or more values, for one item and one group."""
    if not KINDS[table.kind].sentence:
        raise DataError(_(
            "{title}: a sentence is written from a frequency Table; this is a {kind}. Use "
            "frequency(...).",
            title=table.title, kind=table.kind))
    part = _part(table, item, group)
    if table.kind == "ranking" and value is None:
        return _most_often_first(table, part, group)
    if table.kind == "prevalence":
        return " ".join(_estimated(table, part[part["value"] == one].iloc[0])
                        for one in _values(part, value))
    values = _values(part, value)
    if len(values) > 1 and not table.adds_up:
        raise DataError(_(
            "{title}: one unit can have several of these answers, so they cannot be added up. "
            "Write a sentence for each, or make a derived item with any_of.",
            title=table.title))
    chosen = part[part["value"].isin(values)]
    if chosen["state"].isin(STATES).any():
        return label("sentence_hidden", table.language)
    return _written(table, chosen, group)


def _part(table: Worded, item: str | None, group: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of one item and one group."""
    asked = dict(group) | ({"item": item} if item else {})
    part = table.data
    for name, key in asked.items():
        if name not in part.columns and not table.dimensions:
            raise DataError(_(
                "{title}: this Table has no groups, so there is no {name} {key!r}. Make it with "
                "by={name!r}, or leave {name} out.",
                title=table.title, name=name, key=key))
        if name not in part.columns or key not in set(table.data[name].astype(str)):
            raise DataError(_(
                "{title}: there is no {name} {key!r}. There is {known}. Use one of these.",
                title=table.title, name=name, key=key,
                known=", ".join(_known(table, name)) or _("none")))
        part = part[part[name].astype(str) == key]
    for name in ("item", *table.dimensions):
        found = list(dict.fromkeys(part[name].astype(str)))
        if len(found) > 1:
            raise DataError(_(
                "{title}: the Table holds several: {found}. Say which one: sentence(..., "
                "{name}={first!r}).",
                title=table.title, found=", ".join(found), name=name, first=found[0]))
    return part


def _known(table: Worded, column: str) -> list[str]:
    if column not in table.data.columns:
        return list(table.dimensions)
    return list(dict.fromkeys(table.data[column].astype(str)))


def _values(part: pd.DataFrame, value: str | Iterable[str] | None) -> list[str]:
    known = list(part["value"])
    if value is None:
        return [part.loc[part["n"].idxmax(), "value"]] if part["n"].notna().any() else known
    values = [value] if isinstance(value, str) else list(value)
    strange = [one for one in values if one not in known]
    if strange:
        raise DataError(_(
            "{answer!r} is not one of the values of this Table ({values}). Use one or more of "
            "these.",
            answer=strange[0], values=", ".join(known)))
    return values


def _most_often_first(table: Worded, part: pd.DataFrame, group: Mapping[str, str]) -> str:
    """Name the option that came first most often, or those that did so equally often.

    Says nothing where an option that is hidden could have come first as often.
    """
    if part["base"].eq(0).all():
        return label("sentence_no_places", table.language)
    most = part["share"].max()
    unseen = 1 - part["share"].sum() if part["state"].isin(STATES).any() else 0.0
    if pd.isna(most) or most == 0 or unseen >= most - SAME:
        return label("sentence_hidden", table.language)
    first = part[part["share"] >= most - SAME]
    alike = first["n"].nunique() == 1  # of a weighted share each can have a number of its own
    if not alike:
        return " ".join(_written(table, first.iloc[[at]], group) for at in range(len(first)))
    key = "sentence_first" if len(first) == 1 else "sentence_first_tied"
    return _written(table, first.iloc[[0]], group, key=key, named=list(first["value"]))


def _estimated(table: Worded, row: pd.Series) -> str:
    """Write an estimated share with its interval and its base, and how many more to read."""
    language = table.language
    every = table.contents.found(HandRead)[0].every
    values = {"value": f"‘{table.words('value', row['value'], item=row['item'])}’",
              "all": table.names.count(every), "units": table.units[1]}
    if row["state"] in STATES:
        return label("sentence_hidden", language)
    if pd.isna(row["share"]):
        return label("sentence_too_few", language, n=number(row["n"], language),
                     base=number(row["base"], language), **values)
    low, high = (whole_percentage(row[end], row["base"], language) for end in ("low", "high"))
    said = label("sentence_estimated", language, low=low.rstrip(" %"), high=high,
                 share=whole_percentage(row["share"], row["base"], language), **values)
    points = next((one.points for one in table.contents.found(MoreByHand)), 0)
    more = label("sentence_more", language, n=number(row["more"], language), points=points)
    return f"{said} {more}" if row["more"] > 0 else said


def _written(
    table: Worded, chosen: pd.DataFrame, group: Mapping[str, str], *, key: str = "",
    named: Sequence[str] = (),
) -> str:
    language, base = table.language, chosen["base"].iloc[0]
    n, item = chosen["n"].sum(), chosen["item"].iloc[0]
    share = percentage(n / base if base else float("nan"), base, language)
    if share and "share_raw" in chosen:
        share = label("share_weighted", language, raw=share,
                      weighted=percentage(chosen["share"].sum(), base, language))
    words = [f"‘{table.words('value', one, item=item)}’" for one in named or chosen["value"]]
    text = label(
        key or _key(table, n, item, list(chosen["value"])), language,
        item=table.words("item", item),
        n=number(n, language), base=number(base, language),
        units=table.units[0 if base == 1 else 1],
        share=f" ({share})" if share else "",
        values=listing(words, language, last="and" if named else "or"),
    )
    names = [table.words(name, key) for name, key in group.items()]
    names += [table.part] if table.part else []
    return f"{listing(names, language)}: {text}" if names else text


def _key(table: Worded, n: float, item: str, values: list[str]) -> str:
    """Choose the sentence: of a list, rule or score nobody was asked; of one unit singular."""
    if table.kind == "ranking":
        return "sentence_place"
    if table.sources and all(source.kind == "list" for source in table.sources):
        return "sentence_list"
    subjects = table.contents.found(Subject)
    key = FORMS.get(subjects[0].form, "") if subjects else table.words_if("sentence", "key")
    if any(one.item == item for one in table.contents.found(Derived, Scored)):
        return TRUTH.get(tuple(values), "sentence_derived") if _is_yes_or_no(table, item) \
            else "sentence_derived"
    key = key or "sentence"
    return f"{key}_one" if n == 1 else key


def _is_yes_or_no(table: Worded, item: str) -> bool:
    found = table.names.item(item)
    return found is not None and found.values == (YES, NO)
