"""Small files of SPSS, LimeSurvey and Qualtrics, made by the test that reads them."""

import struct

import pandas as pd
import pyreadstat

AGREE = {1.0: "helemaal oneens", 2.0: "oneens", 3.0: "neutraal", 4.0: "eens",
         5.0: "helemaal eens", 9.0: "weet ik niet"}
TEAMS = {1.0: "Zorg", 2.0: "Techniek"}

# ruff: noqa: E501 - a file has the lines that it has
# q2 and q2[other]: several answers; q3: one answer with other; q4: rows of a table
LIMESURVEY = """id,submitdate,lastpage,startlanguage,q1,q2[SQ001],q2[SQ002],q2[other],q3,q3[other],q4[A],q4[B]
1,2022-11-15 09:00:00,3,nl,eens,Y,,,rooster,,oneens,eens
2,2022-11-15 09:05:00,3,nl,oneens,Y,Y,rust,-oth-,de kantine,eens,eens
3,,1,nl,neutraal,,,,,,,
4,2022-11-15 09:09:00,3,nl,weet ik niet,,Y,,stage,,neutraal,eens
"""
LIMESURVEY_WORDS = """Antwoord ID;Datum ingezonden;Laatste pagina;Starttaal;Ik voel mij gezien;Waarbij heb je hulp nodig? [plannen];Waarbij heb je hulp nodig? [taal];Waarbij heb je hulp nodig? [Anders]
1;2022-11-15 09:00:00;3;nl;eens;Ja;Nee;
2;2022-11-15 09:05:00;3;nl;oneens;Ja;Ja;rust
3;2022-11-15 09:06:00;3;nl;eens;Nee;Nee;
"""
LABEL_ROW = """Antwoord ID,Datum ingezonden,Laatste pagina,Ik voel mij gezien,Hulp bij [plannen],Hulp bij [taal]
id,submitdate,lastpage,q1,q2[SQ001],q2[SQ002]
1,2022-11-15 09:00:00,3,eens,Y,
2,2022-11-15 09:05:00,3,oneens,Y,Y
"""
QUALTRICS = '''StartDate,EndDate,Status,ResponseId,RecipientEmail,Q1,Q2_1,Q2_2,Q2_3,Q2_3_TEXT,Q3,Q3_4_TEXT,Q4,Q5_1,Q5_2
Start Date,End Date,Response Type,Response ID,Recipient Email,Ik voel mij gezien,Waarbij heb je hulp nodig? - Selected Choice - plannen,Waarbij heb je hulp nodig? - Selected Choice - taal,"Waarbij heb je hulp nodig? - Selected Choice - Anders, namelijk:","Waarbij heb je hulp nodig? - Anders, namelijk: - Text",Wat eerst? - Selected Choice,"Wat eerst? - Anders, namelijk: - Text",Wie helpt jou?,Hoe was dit? - de les,Hoe was dit? - de pauze
"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""status""}","{""ImportId"":""_recordId""}","{""ImportId"":""recipientEmail""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2_1""}","{""ImportId"":""QID2_2""}","{""ImportId"":""QID2_3""}","{""ImportId"":""QID2_3_TEXT""}","{""ImportId"":""QID3""}","{""ImportId"":""QID3_4_TEXT""}","{""ImportId"":""QID4""}","{""ImportId"":""QID5_1""}","{""ImportId"":""QID5_2""}"
2022-11-15 09:00:00,2022-11-15 09:05:00,IP Address,R_1,,eens,plannen,,,,rooster,,"coach,ouder of verzorger",goed,slecht
2022-11-15 09:10:00,2022-11-15 09:14:00,IP Address,R_2,,oneens,plannen,taal,"Anders, namelijk:",rust,"Anders, namelijk:",de kantine,coach,goed,goed
2022-11-15 09:20:00,2022-11-15 09:24:00,Survey Preview,R_3,,neutraal,,taal,,,stage,,"coach,ouder of verzorger",slecht,goed
'''


def write_sav(path, *, rows=12):
    """Write a .sav file with labels, user-missing values, a set of ticks and an e-mail address."""
    numbers = range(rows)
    frame = pd.DataFrame({
        "team": [float(n % 2 + 1) for n in numbers],
        "gezien": [float((1, 2, 3, 4, 5, 9)[n % 6]) for n in numbers],
        "leeftijd": [99.0 if n == 3 else 16.0 + n % 5 for n in numbers],
        "h1": [float(n % 2) for n in numbers],
        "h2": [float(n % 3 == 0) for n in numbers],
        "mail": [f"student{n}@school.nl" for n in numbers],
        "idee": [f"een lange eigen gedachte over de school, nummer {n}" for n in numbers],
    })
    pyreadstat.write_sav(
        frame, str(path),
        column_labels={"team": "Bij welk team hoor je?", "gezien": "Ik voel mij gezien",
                       "leeftijd": "Wat is je leeftijd?", "h1": "plannen", "h2": "taal",
                       "mail": "E-mailadres", "idee": "Wat zou jij veranderen?"},
        variable_value_labels={"team": TEAMS, "gezien": AGREE,
                               "leeftijd": {99.0: "wil ik niet zeggen"}},
        missing_ranges={"gezien": [9.0], "leeftijd": [99.0]},
        variable_measure={"team": "nominal", "gezien": "ordinal", "leeftijd": "scale"},
    )
    path.write_bytes(with_set(path.read_bytes(), "$hulp=D1 1 11 Hulp nodig? h1 h2\n"))
    return path


def with_set(content, definition):
    """Add a multiple response set: record 7, subtype 7, before the end of the dictionary."""
    end = content.find(struct.pack("<ii", 999, 0))
    text = definition.encode()
    return content[:end] + struct.pack("<iiii", 7, 7, 1, len(text)) + text + content[end:]
