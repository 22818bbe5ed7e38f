"""Databases as QualCoder and Taguette keep a project in them, made in the test.

The tables and columns are those of QualCoder (database version 17) and Taguette 1.4.
"""

import json
import sqlite3
from contextlib import closing

QUALCODER = {
    "project": "databaseversion, date, memo, about, bookmarkfile, bookmarkpos, codername, "
               "recently_used_codes",
    "source": "id integer primary key, name, fulltext, mediapath, memo, owner, date, av_text_id, "
              "risid",
    "code_image": "imid integer primary key, id, x1, y1, width, height, cid, memo, date, owner, "
                  "important, pdf_page",
    "code_av": "avid integer primary key, id, pos0, pos1, cid, memo, date, owner, important",
    "annotation": "anid integer primary key, fid, pos0, pos1, memo, owner, date",
    "attribute_type": "name text primary key, date, owner, memo, caseOrFile, valuetype",
    "attribute": "attrid integer primary key, name, attr_type, value, id, date, owner",
    "case_text": "id integer primary key, caseid, fid, pos0, pos1, owner, date, memo",
    "cases": "caseid integer primary key, name, memo, owner, date",
    "code_cat": "catid integer primary key, name, owner, date, memo, supercatid",
    "code_text": "ctid integer primary key, cid, fid, seltext, pos0, pos1, owner, date, memo, "
                 "avid, important",
    "code_name": "cid integer primary key, name, memo, catid, owner, date, color, supercid",
    "journal": "jid integer primary key, name, jentry, date, owner",
    "graph": "grid integer primary key, name, description, date, scene_width, scene_height",
    "stored_sql": "title, description, grouper, ssql",
    "ris": "risid integer, tag, longtag, value",
}
TAGUETTE = {
    "users": "login varchar(30) primary key, created, hashed_password, disabled, language, email",
    "projects": "id integer primary key autoincrement, name, description, created",
    "project_members": "project_id, user_login, privileges",
    "documents": "id integer primary key autoincrement, name, description, filename, created, "
                 "project_id, text_direction, contents",
    "commands": "id integer primary key autoincrement, date, user_login, project_id, document_id, "
                "payload",
    "tags": "id integer primary key autoincrement, project_id, path, description",
    "highlights": "id integer primary key autoincrement, document_id, start_offset, end_offset, "
                  "snippet",
    "highlight_tags": "highlight_id, tag_id",
    "alembic_version": "version_num",
}
DAY = "2026-01-05 09:00:00"


def database(path, schema, **rows):
    """Make a database with these tables, and in each the rows: dicts by column."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as base, base:
        for table, columns in schema.items():
            base.execute(f"create table {table} ({columns})")
        for table, every in rows.items():
            for row in every:
                marks = ", ".join("?" * len(row))
                base.execute(f"insert into {table} ({', '.join(row)}) values ({marks})",
                             list(row.values()))
    return path


def qualcoder(folder, *, schema=QUALCODER, **rows):
    """Make the folder of a project of QualCoder."""
    database(folder / "data.qda", schema, **rows)
    return folder


def coded(number, cid, fid, text, quote, owner, *, unit="utf16", **rest):
    """Code a passage as the window of QualCoder does: it counts UTF-16 units."""
    at = text.index(quote)
    start, end = (len(text[:edge].encode("utf-16-le")) // 2 if unit == "utf16" else edge
                  for edge in (at, at + len(quote)))
    return {"ctid": number, "cid": cid, "fid": fid, "pos0": start, "pos1": end, "owner": owner,
            "seltext": quote.replace("\n", "\u2029"), "date": DAY, "memo": ""} | rest


def taguette(path, *pages, tags, log=(), more=(), **rows):
    """Make a project of Taguette with these pages, tags by number, and what was logged."""
    rows = {
        "users": [{"login": "admin"}],
        "projects": [{"id": 1, "name": "proef", "description": "", "created": DAY}, *more],
        "documents": [{"id": at, "name": f"gesprek {at}", "description": "", "filename": "a.docx",
                       "created": DAY, "project_id": 1, "text_direction": "LEFT_TO_RIGHT",
                       "contents": page} for at, page in enumerate(pages, start=1)],
        "tags": [{"id": at, "project_id": 1, "path": path, "description": told}
                 for at, (path, told) in enumerate(tags.items(), start=1)],
        "commands": [{"date": when, "user_login": who, "project_id": 1, "document_id": 1,
                      "payload": json.dumps(said)} for when, who, said in log],
    } | rows
    return database(path, TAGUETTE, **rows)


def highlight(number, words, quote, snippet, *, document=1):
    """Mark a quote: Taguette counts UTF-8 bytes of the words without lay-out."""
    at = words.index(quote)
    start, end = (len(words[:edge].encode()) for edge in (at, at + len(quote)))
    return {"id": number, "document_id": document, "start_offset": start, "end_offset": end,
            "snippet": snippet}
