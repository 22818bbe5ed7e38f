"""The synthetic student survey holds what sections 1, 2 and 9 of the example study promise.

Everything is counted from the raw workbook with pandas alone: no wbkit, none of the script's code.
"""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pandas as pd
import pytest

DATA = Path(__file__).parents[2] / "data"
EXAMPLE = DATA.parent / "example"
RAW = DATA / "raw" / "studentenenquete.xlsx"
META = ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam"]
UNKNOWN = "weet ik niet"
AGREE = ["eens", "helemaal eens", "helemaal  eens"]
HAD = ["hielp niet", "hielp een beetje", "hielp goed"]
FREQUENCIES = {"nooit": 1, "zelden": 2, "soms": 3, "vaak": 4, "altijd": 5}
MULTIPLE = ["motivatie", "hulpvragen", "steun_van"]
NO_HELP = "ik heb nu geen hulp nodig"


@pytest.fixture(scope="module")
def questions():
    return pd.read_csv(EXAMPLE / "inputs" / "questions.csv", dtype=str)["id"].tolist()


@pytest.fixture(scope="module")
def raw(questions):
    sheet = pd.read_excel(RAW, sheet_name=0, engine="calamine", dtype=object)
    answers = sheet.drop(columns=META).fillna("").set_axis(questions, axis="columns")
    return pd.concat([sheet[META].infer_objects(), answers], axis="columns")


@pytest.fixture(scope="module")
def kept(raw, questions):
    filled = raw[raw[questions].ne("").any(axis="columns") & raw["open_hulp"].ne("test")]
    return filled.drop_duplicates(questions, keep="first")


def agrees(kept, item):
    return kept[item].isin(AGREE)


def known(kept, item):
    return ~kept[item].isin(["", UNKNOWN])


def ticks(answers):
    parts = answers.str.split(";").explode()
    return parts[parts.ne("")].value_counts()


def counts(answers):
    return answers[answers.ne("")].value_counts().to_dict()


def alpha(items):
    scored = items.dropna()
    n = scored.shape[1]
    return n / (n - 1) * (1 - scored.var().sum() / scored.sum(axis="columns").var())


def wellbeing(kept):
    scores = kept[[f"wb{number}" for number in range(1, 7)]].apply(lambda one: one.map(FREQUENCIES))
    return scores.assign(wb3=6 - scores["wb3"])


def read_gold(name):
    return pd.read_csv(EXAMPLE / "inputs" / f"{name}.csv", dtype=str, keep_default_na=False)


def test_the_script_writes_the_same_bytes_again(tmp_path):
    script = [sys.executable, str(EXAMPLE / "make_example.py"), str(tmp_path)]
    subprocess.run(script, check=True, capture_output=True)
    assert (tmp_path / RAW.name).read_bytes() == RAW.read_bytes()


def test_the_workbook_says_that_it_is_synthetic():
    about = pd.read_excel(RAW, sheet_name="Over dit bestand", header=None, engine="calamine")
    assert "SYNTHETISCH" in about.iloc[0, 0]
    core = zipfile.ZipFile(RAW).read("docProps/core.xml").decode()
    assert "SYNTHETISCH" in core


def test_headings_are_those_of_a_forms_export(raw):
    headings = pd.read_excel(RAW, sheet_name=0, engine="calamine").columns
    assert headings[:5].tolist() == META
    assert {"Toelichting", "Toelichting2"} <= set(headings)
    assert sum("\N{NO-BREAK SPACE}" in heading for heading in headings) == 5
    assert raw["E-mail"].eq("anonymous").all()
    assert raw["Naam"].isna().all()


def test_206_rows_hold_a_test_a_double_and_an_empty_row(raw, kept, questions):
    assert len(raw) == 206
    assert raw["ID"].tolist() == list(range(1, 207))
    assert raw.loc[raw["open_hulp"].eq("test"), "ID"].tolist() == [17]
    assert raw[questions].eq("").all(axis="columns").sum() == 1
    assert len(kept) == 203


def test_the_double_was_started_within_ten_minutes(raw, questions):
    filled = raw[raw[questions].ne("").any(axis="columns")]
    same = filled[filled.duplicated(questions, keep=False)]
    assert len(same) == 2
    assert same["Begintijd"].diff().iloc[1] < pd.Timedelta(minutes=10)
    assert same["open_hulp"].ne("").all()


def test_students_are_spread_as_in_the_frame(kept):
    teams = {"Zorg en Kind": 71, "Handel en Kantoor": 52, "Media en Podium": 35,
             "Bouw en Techniek": 34, "Groen en Dier": 11}
    assert counts(kept["team"]) == teams
    assert counts(kept["leerweg"]) == {"bol": 189, "bbl": 14}
    assert counts(kept["niveau"]) == {"4": 105, "3": 63, "2": 31, "Entree": 4}
    bbl = kept[kept["leerweg"].eq("bbl")]
    assert counts(bbl["team"]) == {
        "Bouw en Techniek": 6, "Zorg en Kind": 5, "Handel en Kantoor": 2, "Groen en Dier": 1}


def test_three_moments_and_most_bbl_students_in_the_evening(kept):
    days = kept["Begintijd"].dt.day_name()
    assert counts(days) == {"Tuesday": 88, "Thursday": 71, "Monday": 44}
    assert kept["Begintijd"].dt.hour[days.eq("Monday")].min() >= 17
    assert kept["Begintijd"].dt.hour[days.eq("Tuesday")].max() < 13
    assert kept.loc[days.eq("Monday"), "leerweg"].eq("bbl").sum() == 11


def test_half_of_the_students_were_done_in_six_to_seven_minutes(kept):
    minutes = (kept["Tijd van voltooien"] - kept["Begintijd"]).dt.total_seconds() / 60
    assert 6 < minutes.median() < 7
    assert 3 <= minutes.gt(25).sum() <= 8
    assert minutes.min() > 2


def test_151_of_198_feel_seen_and_everyone_was_asked(kept):
    assert known(kept, "gezien").sum() == 198
    assert kept["gezien"].eq(UNKNOWN).sum() == 5
    assert agrees(kept, "gezien").sum() == 151
    assert kept["gezien"].eq("helemaal  eens").sum() == 2
    by_route = agrees(kept, "gezien").groupby(kept["leerweg"]).mean()
    assert by_route["bbl"] < by_route["bol"]


def test_more_students_are_willing_than_doing(kept):
    will, do = agrees(kept, "nieuwsgierig"), agrees(kept, "eigen_tijd")
    assert (will.sum(), known(kept, "nieuwsgierig").sum()) == (139, 200)
    assert (do.sum(), known(kept, "eigen_tijd").sum()) == (71, 199)
    assert ((will & ~do).sum(), (will & do).sum(), (~will & do).sum()) == (74, 65, 6)
    assert (known(kept, "nieuwsgierig") | ~do).all()
    assert (known(kept, "eigen_tijd") | ~will).all()


def test_three_definitions_of_not_out_of_interest(kept):
    ticked = kept["motivatie"]
    no_interest = ~ticked.str.contains("ik vind het vak leuk;", regex=False)
    outside = ticked.str.contains("ik wil snel een diploma;|ik moet van thuis of van de wet;")
    assert ticked.ne("").sum() == 203
    assert (no_interest.sum(), outside.sum(), (no_interest & outside).sum()) == (83, 144, 67)


def test_37_students_need_help_and_14_of_them_get_too_little(kept):
    need = counts(kept["steun_nodig"])
    assert sum(need.values()) == 203
    assert (need["ja, al langer dan een half jaar"], need["ja, sinds kort"]) == (26, 11)
    asked = kept["steun_nodig"].str.startswith("ja")
    assert counts(kept.loc[asked, "steun_genoeg"])["nee"] == 14


def test_who_was_not_asked_has_a_blank(kept):
    need = kept["steun_nodig"].str.startswith("ja")
    assert kept.loc[~need, ["steun_genoeg", "steun_toelichting"]].eq("").all(axis=None)
    assert kept.loc[kept["praktijk"].eq("nog niet")].filter(regex="^p_").eq("").all(axis=None)


@pytest.mark.parametrize("group", ["everyone", "needs help"])
def test_first_three_help_questions(kept, group):
    asked = kept["steun_nodig"].str.startswith("ja") | (group == "everyone")
    order = ticks(kept.loc[asked, "hulpvragen"]).drop(NO_HELP, errors="ignore")
    assert order.index[:3].tolist() == ["plannen", "toetsen en deadlines", "motivatie"]
    assert order.iloc[:4].is_unique


def test_support_that_students_had(kept):
    coach = counts(kept["h_coach"])
    assert [coach[answer] for answer in HAD] == [13, 34, 49]
    assert kept["h_klas"].isin(HAD).sum() == 41


def test_who_is_known_at_school(kept):
    assert kept["raad_bekend"].isin(["ja", "ja, en ik doe mee"]).sum() == 41
    assert kept["vp_bekend"].eq("ja, ik weet wie").sum() == 38
    assert kept["raad_bekend"].ne("").all()
    assert kept["vp_bekend"].ne("").all()


def test_wellbeing_hangs_together_and_is_lower_for_who_needs_help(kept):
    scores = wellbeing(kept)
    assert alpha(scores) == pytest.approx(0.80, abs=0.02)
    assert alpha(scores.assign(wb3=6 - scores["wb3"])) < 0.65
    mean = scores.mean(axis="columns").groupby(kept["steun_nodig"].str.startswith("ja")).mean()
    assert mean[True] < mean[False] - 0.4


def test_options_end_with_a_semicolon_and_none_stands_alone(kept):
    for item in MULTIPLE:
        filled = kept[item][kept[item].ne("")]
        assert filled.str.endswith(";").all()
        none = filled[filled.str.contains(f"{NO_HELP};|niemand;")]
        assert none.str.count(";").eq(1).all()
    typed = "".join(kept[MULTIPLE].sum())
    assert typed.count("Anders, namelijk: ") == 4
    assert typed.count("iets anders, namelijk: ") == 2


def test_grades_were_typed_in_several_ways(kept):
    assert {"7,5", "7.5", "8+", "7 of 8"} <= set(kept["coach_cijfer"])


def test_low_levels_leave_more_blank(kept):
    low = kept["niveau"].isin(["Entree", "2"])
    tail = kept[["corona", "open_hulp", "open_idee"]].eq("").all(axis="columns")
    assert tail.groupby(low).mean()[True] > tail.groupby(low).mean()[False]
    blocks = kept.loc[:, "gezien":"wb6"].drop(columns="coach_toelichting")
    blank = blocks.eq("").mean(axis="columns").groupby(low).mean()
    assert blank[True] > blank[False]


def test_open_answers_have_gold_labels(kept):
    gold = read_gold("open_hulp").set_index("text")
    given = kept.loc[kept["open_hulp"].ne(""), "open_hulp"]
    quality = counts(given.map(gold["quality"]))
    assert quality == {"vraag_vaag": 74, "vraag_concreet": 53, "vraag_geen": 31}
    aspects = counts(given.map(gold["aspect"]))
    assert aspects["rest"] == 22
    assert sum(aspects.values()) == 127
    assert set(kept["open_idee"]) - {""} == set(read_gold("open_idee")["text"])


def test_open_answers_are_worded_in_many_ways(kept):
    assert kept["open_hulp"].nunique() - 1 >= 130
    assert kept["open_idee"].nunique() - 1 >= 90
    assert read_gold("open_hulp")["text"].is_unique
    assert read_gold("open_idee")["text"].is_unique


def shown_shares(kept):
    """Yield the count and base of every closed answer that a notebook could show."""
    for item in kept.columns.drop(META):
        if kept[item].nunique() < 12 and not item.endswith("_toelichting"):
            for valid in (known(kept, item), kept[item].ne(""), kept[item].isin(HAD)):
                values = kept.loc[valid, item].value_counts()
                yield from ((item, n, values.sum()) for n in values)
                yield item, values.reindex(AGREE, fill_value=0).sum(), values.sum()
    for item in MULTIPLE:
        filled = kept[item].ne("")
        yield from ((item, n, filled.sum()) for n in ticks(kept[item]))
    yield from (("motivatie", n, 203) for n in (83, 144, 67))


def test_no_share_equals_the_published_48_percent(kept):
    shares = [(item, n, base) for item, n, base in shown_shares(kept) if base]
    assert len(shares) > 200
    assert [share for share in shares if round(100 * share[1] / share[2]) == 48] == []


def described():
    study = tomllib.loads((DATA / "study.toml").read_text(encoding="utf-8"))
    items = study["sources"]["students"]["items"]
    return {name: item for name, item in items.items() if "column" in item}


def test_study_toml_describes_every_heading(questions):
    headings = pd.read_excel(RAW, sheet_name=0, engine="calamine").columns.drop(META)
    tidy = headings.str.replace("\N{NO-BREAK SPACE}", " ").str.strip()
    assert tidy.tolist() == [item["column"] for item in described().values()]
    assert questions == list(described())


def test_study_toml_knows_every_closed_answer(kept):
    for name, item in described().items():
        if item["kind"] in ("nominal", "ordinal"):
            expected = {"", *item["values"], *item.get("missing", []), *item.get("corrections", {})}
            assert set(kept[name]) <= expected, name
        if item["kind"] == "multiple":
            assert set(item["values"]) <= set(ticks(kept[name]).index), name


def test_age_gender_and_origin_are_not_asked():
    headings = " ".join(pd.read_excel(RAW, sheet_name=0, engine="calamine").columns).lower()
    assert not [word for word in ("leeftijd", "geslacht", "gender", "herkomst") if word in headings]
