"""The Dutch pages: their links, commands and menus are there, and the short route works."""

import json
import re
from importlib import metadata
from pathlib import Path

import openpyxl
import pytest
import typer
from builders.studies import wbkit
from builders.workbooks import write_forms

import wbkit as wb
from wbkit.cli import app
from wbkit.labels import label
from wbkit.workflow.describe.study_file import TEMPLATE

ROOT = Path(__file__).resolve().parents[2]
DUTCH = ROOT / "docs" / "nl"
PAGES = [*sorted(DUTCH.glob("*.md")), ROOT / "README.md", ROOT / "docs" / "werkblad.md",
         TEMPLATE / "README.md"]
DEADLINE = (DUTCH / "deadline.md").read_text(encoding="utf-8")
WINDOWS = (DUTCH / "windows.md").read_text(encoding="utf-8")

LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
CODE = re.compile(r"`([^`\n]+)`")
BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INNER = "read|install|uitdelen|innemen"
COMMAND = re.compile(
    rf"(?:^|[\\/])(?:wbkit(?:\.cmd\")?) ([a-z]+(?: (?:{INNER}))?)((?: .*)?)$")
PACK = "jupyterlab-language-pack-nl-NL"


def text_of(page):
    return page.read_text(encoding="utf-8")


def anchors(page):
    heads = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def broken_links(page, text):
    """Name the links of a page that lead nowhere."""
    found = []
    for name, anchor in LINK.findall(text):
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            found.append(f"{name}#{anchor}" if anchor else name)
    return found


def code_of(text):
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    return lines + CODE.findall(BLOCK.sub("", text))


def known_commands():
    """Give command = its options, also of a command in a command."""
    found = {}
    for name, command in typer.main.get_command(app).commands.items():
        for inner, one in getattr(command, "commands", {"": command}).items():
            found[f"{name} {inner}".strip()] = {word for option in one.params
                                                for word in option.opts}
    return found


def unknown_commands(text):
    """Name what a page calls a command or an option of wbkit or make, and is none."""
    known, found = known_commands(), []
    targets = re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE)
    for line in code_of(text):
        if match := COMMAND.search(line):
            options = re.findall(r"(?<!\S)--[a-z]+", match[2])
            if match[1] not in known or set(options) - known[match[1]]:
                found.append(line)
        if (match := re.match(r"make ([a-z]+)", line)) and match[1] not in targets:
            found.append(line)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name + "/" + page.name)
def test_links_lead_somewhere_and_commands_are_there(page):
    assert broken_links(page, text_of(page)) == []
    assert unknown_commands(text_of(page)) == []


@pytest.mark.parametrize("text", ["[a](niets.md)", "[a](beginnen.md#niets)", "[a](../../niets/)"])
def test_a_link_that_leads_nowhere_is_found(text):
    assert len(broken_links(DUTCH / "beginnen.md", text)) == 1
    assert broken_links(DUTCH / "beginnen.md", "[a](deadline.md#na-de-deadline)") == []


@pytest.mark.parametrize("text", [
    "`wbkit rennen`", "`wbkit run --snel`", "`make rennen`", "```\nwbkit items schrijf a\n```\n",
    "`.venv\\Scripts\\wbkit rennen`", '`"C:\\a\\wbkit.cmd" rennen`',
])
def test_a_command_that_is_not_there_is_found(text):
    assert len(unknown_commands(text)) == 1
    assert unknown_commands("`wbkit describe a.xlsx --sheet b.xlsx` `make lab`") == []


def test_the_short_route_is_linked_from_where_people_begin():
    assert "](deadline.md)" in text_of(DUTCH / "beginnen.md")
    assert "docs/nl/deadline.md" in text_of(TEMPLATE / "README.md")
    assert "](windows.md)" in text_of(DUTCH / "beginnen.md")


def test_the_windows_page_says_what_was_not_tried():
    assert "not run on Windows by us" in WINDOWS
    assert "not run on Windows by us" in " ".join(text_of(ROOT / "README.md").split())
    for script in ("start.cmd", "wbkit.cmd"):
        assert script in WINDOWS
        assert (ROOT / "tools" / "windows" / script).is_file()


# The short route


def test_the_columns_of_the_sheet_go_by_the_names_on_the_page():
    for key in ("sheet_missing", "sheet_source", "sheet_yes"):
        assert f"`{label(key, 'nl')}`" in DEADLINE
    assert label("guessed_note", "nl", names="a").startswith("Nog niet bevestigd")
    assert '"Nog niet bevestigd"' in DEADLINE


def test_the_sentence_for_the_report_says_what_was_skipped():
    sentence, = re.findall(r"^> (.+)$", DEADLINE, re.MULTILINE)
    for words in ("voorlopige", "bekeken", "nagekeken", "niet gewogen", "De deelnemers kwamen",
                  "die de vraag beantwoordden", "tweede persoon"):
        assert words in sentence


def confirm(file, names):
    book = openpyxl.load_workbook(file)
    sheet = book["vragen"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, places["kop in het bestand"]).value in names:
            sheet.cell(row, places["klopt het?"], "ja")
    book.save(file)


def test_the_short_route_works_and_what_was_skipped_stays_a_draft(tmp_path, monkeypatch):
    wbkit("new", tmp_path / "haast")
    monkeypatch.chdir(tmp_path / "haast")
    write_forms(Path("data/raw/enquete.xlsx"), ["Hoe gaat het?", "Kom je graag?"],
                [["goed", "ja"], ["slecht", "nee"], ["goed", "ja"], ["goed", "nee"]] * 3)
    commands = [line.replace("\\", "/").split()[1:] for line in BLOCK.findall(DEADLINE)[0].split(
        "\n") if line]
    assert [words[0] for words in commands] == ["describe", "items", "prepare", "run"]
    for words in commands[:3]:
        if words[0] == "items":
            confirm("vragen.xlsx", {"Hoe gaat het?"})
        done = wbkit(*words)
        assert done.exit_code == 0, done.output
    assert guessed() == {"Hoe gaat het?": False, "Kom je graag?": True}
    confirm("vragen.xlsx", {"Kom je graag?"})
    assert wbkit(*commands[1]).exit_code == 0
    assert guessed() == {"Hoe gaat het?": False, "Kom je graag?": False}


def guessed():
    items = wb.load_study("data").source("enquete").items.values()
    return {item.column: item.guessed for item in items}


# The menus of JupyterLab


def test_the_menus_go_by_the_names_of_the_language_pack():
    try:
        files = metadata.files(PACK)
    except metadata.PackageNotFoundError:
        pytest.skip(f"{PACK} is not installed; set wbkit up again")
    file, = [one for one in files if one.name == "jupyterlab.json"]
    words = json.loads(file.locate().read_text(encoding="utf-8"))
    for menu in ("File", "Edit", "View", "Run", "Kernel", "Tabs", "Settings", "Help"):
        dutch = words.get(f"menu\x04{menu}", [menu])[0]
        assert f"*{dutch}*" in WINDOWS
    assert {f"*{words[one][0]}*" in WINDOWS for one in ("Save All", "schema\x04File Browser")} == {
        True}
    for english in ("Run All Cells", "Restart Kernel and Run All Cells…", "Duplicate"):
        assert english not in words
        assert f"*{english}*" in WINDOWS
