"""The Tables of the example that its infographics show, counted without running a notebook."""

import wbkit as wb

QUOTED = {"t_goed": "11_gaat_goed", "t_aandacht": "11_aandacht", "t_gp1": "31_houden",
          "t_verborgen": "21_verborgen_woorden", "k_mist": "40_informatie_mist",
          "s_open": "40_sab_open", "c_nodig": "40_coaches_nodig", "t_niveau": "40_niveaus",
          "i_school": "41_school"}
LEADERS = {"L1": "12_leiders_vorm", "L2": "12_leiders_verschillen", "L5": "40_teamleiders_coach",
           "L11": "40_teamleiders_niveaus"}


def example_tables(study):
    """Return the Tables by the name under which the notebooks save them."""
    students = wb.read_responses(study, "students")
    found = {
        "00_dekking": wb.coverage(students),
        "20_coach": wb.frequency(students, study.items(theme="coaching", kind="ordinal")),
        "20_leren": wb.frequency(students, study.items(theme="leerontwikkeling", kind="ordinal")),
        "20_klas": wb.frequency(students, study.items(theme="sociale_ontwikkeling")),
        "21_hulpvragen_ja": wb.frequency(students.where(steun_ja="ja"), "hulpvragen"),
    }
    return found | of_teams(study, students) | of_leaders(study)


def of_teams(study, students):
    teams = wb.read_responses(study, "teams")
    given = {"by": "t_team", "people": "t_aanwezig",
             "agreement": study.items(theme="eensgezindheid", source="teams")}

    def answered(items, **more):
        return wb.team_answers(teams, items, **{**given, **more})

    def tagged(theme, **more):
        return study.items(theme=theme, source="teams", **more)

    found = {
        "11_hulpvragen_teams": answered(["t_hulp"]),
        "11_dringend": answered(tagged("hulpvragen_eerste")),
        "11_eens": answered(tagged("eensgezindheid"), agreement=()),
        "40_coachtijd": answered(tagged("coachtijd", kind="ordinal")),
        "40_coachtijd_teams": wb.frequency(teams, tagged("coachtijd", kind="ordinal")),
        "40_in_beeld": answered(tagged("in_beeld", kind="ordinal")),
        "40_wie_weet": answered(tagged("wie_weet", kind="multiple")),
        "40_sab_wensen": wb.frequency(teams, "s_wens"),
        "41_groei": answered(["e_prof"]),
        "41_wie_nu": answered(tagged("taken_nu")),
        "41_wie_ideaal": answered(tagged("taken_ideaal", kind="nominal")),
        "21_naast_elkaar": beside(study, students, teams),
    }
    more = {"t_gp1": ["t_gp_nu"]}
    return found | {
        name: wb.excerpts(wb.open_answers(teams, item), beside=["t_team", *more.get(item, [])])
        for item, name in QUOTED.items()}


def beside(study, students, teams):
    """Set the help questions of students, teams and two services beside each other."""
    book = wb.load_codebook(study.folder / "codebook.toml")
    themes = {answer: [answer, code] for answer, code in zip(
        study.source("students").items["hulpvragen"].values, book.of("lijst_h"), strict=False)}
    services = [wb.code_by_dictionary(wb.read_texts(study, name), book)
                for name in ("sterc", "sab")]
    return wb.joint_display([
        wb.frequency(students, "hulpvragen"), wb.frequency(teams, "t_hulp"),
        wb.code_matrix(services, codes=book.of("lijst_h"))], theme=themes)


def of_leaders(study):
    leaders = wb.read_texts(study, "leaders")
    codings = wb.read_codings(study, "leaders", documents=leaders, coders=["anke", "bram"])
    told = wb.codes_by_question(
        codings, codes=["lesvorm", "differentiatie", "sfeer", "visie_rol"])
    return {"12_leiders_codes": told} | {
        name: wb.excerpts(leaders, question=question, most=1)
        for question, name in LEADERS.items()}
