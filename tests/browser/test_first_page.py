"""The first page and the pages of notebooks, opened from a folder, without a network."""

import random
from functools import cache

import pytest
from builders.opened_pages import outside, serious_violations

import wbkit as wb
from wbkit.labels import label, percentage
from wbkit.messages import number
from wbkit.report.first_page.choices import EVERYONE, grouping_items, protected_counts

pytestmark = pytest.mark.browser
PAGES = ["index.html", "pages/21_hulpvragen.html", "pages/12_gesprekken.html"]
ADDRESSES = ("[...document.querySelectorAll('[href],[src]')]"
             ".map(one => one.getAttribute('href') ?? one.getAttribute('src'))")
CHOOSE = """(wanted) => wanted.map(([language, question, group]) => {
  const page = document.querySelector(`.page[lang=${language}]`);
  const [first, second] = page.querySelectorAll("select");
  const at = data.choices.findIndex(one => one.name === question[0]);
  const place = data.choices[at].items.findIndex(one => one.name === question[1]);
  first.value = `${at} ${place}`;
  first.dispatchEvent(new Event("change"));
  second.value = group;
  second.dispatchEvent(new Event("change"));
  return [...page.querySelectorAll(".chosen > div")].map(part => [
    part.querySelector("h3")?.textContent ?? "",
    [...part.querySelectorAll("li")].map(line => [
      line.querySelector(".name").textContent, line.querySelector(".count").textContent])]);
})"""


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_for_nothing_fits_its_width_and_shuts_nobody_out(
    results, open_page, page, width
):
    opened = open_page(results / page, width=width)
    assert outside(opened) == []
    assert opened.faults == []
    assert opened.evaluate("document.documentElement.scrollWidth") == width
    assert serious_violations(opened) == []


def test_the_first_page_is_smaller_than_a_megabyte(results):
    assert (results / "index.html").stat().st_size < 1_000_000


def test_every_link_of_every_page_leads_to_a_file_and_a_place(results, open_page):
    lost = []
    for file in [results / "index.html", *sorted((results / "pages").glob("*.html"))]:
        page = open_page(file)
        for address in page.evaluate(ADDRESSES):
            name, _, place = address.partition("#")
            target = (file.parent / name) if name else file
            if not target.is_file() or place and f'id="{place}"' not in target.read_text("utf-8"):
                lost.append((file.name, address[:80]))
    assert lost == []


def test_a_thousand_random_choices_show_what_wbkit_counts(results, open_page):
    study = wb.load_study("data")
    page = open_page(results / "index.html")
    known = {one["name"]: [item["name"] for item in one["items"]]
             for one in page.evaluate("data.choices")}
    assert len(known["students"]) >= 40
    counted = cache(lambda source, item: counts_of(study, source, item))
    draw = random.Random(20221001)
    questions = [(source, item) for source, items in known.items() for item in items]
    wanted = []
    for _ in range(1000):
        question = draw.choice(questions)
        wanted.append((draw.choice(["nl", "en"]), question,
                       draw.choice(sorted(counted(*question)))))
    shown = page.evaluate(CHOOSE, wanted)
    for (language, question, group), parts in zip(wanted, shown, strict=True):
        table = counted(*question)[group]
        expected = {name: dict(rows) for name, rows in in_words(table, group, language).items()}
        assert {name: dict(rows) for name, rows in parts} == expected, (question, group)


@cache
def answers_of(study_file, source):
    return wb.read_responses(wb.load_study(study_file), source)


def counts_of(study, source, item):
    responses = answers_of(str(study.file), source)
    return protected_counts(responses, responses.item(item), grouping_items(responses))


def in_words(table, group, language):
    """Write the rows of a Table as a reader should see them: by category, answer = count."""
    worded, found = table.show(language), {}
    for _, row in table.data.iterrows():
        name = worded.words(group, row[group]) if group != EVERYONE else ""
        answer = worded.words("value", row["value"], item=row["item"])
        share = percentage(row["share"], row["base"], language)
        words = f"{number(row['n'], language)} {share}".strip() if row["state"] == "shown" \
            else label("page_choose_hidden", language)
        found.setdefault(name, []).append((answer, words))
    return found


def test_the_other_language_is_one_click_away_and_says_the_same_numbers(results, open_page):
    page = open_page(results / "index.html")
    before = page.locator(".page[lang=nl] figure .count").all_inner_texts()
    page.click(".page[lang=nl] button.language")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator(".page[lang=nl]").is_hidden()
    after = page.locator(".page[lang=en] figure .count").all_inner_texts()
    assert len(after) > 20
    assert [one.split()[0] for one in before if one[0].isdigit()] \
        == [one.split()[0] for one in after if one[0].isdigit()]


def test_a_search_finds_a_table_by_words_of_its_title(results, open_page):
    page = open_page(results / "index.html")
    page.fill(".page[lang=nl] input[type=search]", "gezien coach")
    found = page.locator(".page[lang=nl] .found a").all_inner_texts()
    assert found and all("gezien" in one for one in found)
    page.fill(".page[lang=nl] input[type=search]", "zeppelin")
    assert page.locator(".page[lang=nl] .found").inner_text().startswith("Niets gevonden")


def test_a_table_is_copied_with_its_title_and_its_notes(results, open_page):
    page = open_page(results / "pages" / "21_hulpvragen.html")
    page.evaluate("document.addEventListener('copy', () => {"
                  "window.copied = getSelection().toString()})")
    button = page.locator("button.copy").first
    button.click()
    table = page.locator(f"#{button.get_attribute('data-table')}")
    assert button.text_content() == button.get_attribute("data-done")
    copied = page.evaluate("window.copied")
    assert table.locator("caption").text_content() in copied
    assert all(word in copied for word in table.locator("td").all_text_contents())
