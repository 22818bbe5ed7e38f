"""The order of answers: scales in words, with numbers, and lists that have no order."""

import random

import pytest

from wbkit.intake.draft.scales import recognise

# One list a line, low to high.
WORDS = """
Helemaal mee oneens | Mee oneens | Neutraal | Mee eens | Helemaal mee eens
Strongly disagree | Disagree | Neither agree nor disagree | Agree | Strongly agree
Volledig oneens | Oneens | Niet eens, niet oneens | Eens | Volledig eens
Zeer mee oneens | Enigszins mee oneens | Noch mee eens, noch mee oneens | Enigszins mee eens | Zeer mee eens
Disagree strongly | Disagree | Agree | Agree strongly
Completely disagree | Mostly disagree | Slightly disagree | Slightly agree | Mostly agree | Completely agree
Ik ben het er helemaal niet mee eens | Ik ben het er niet mee eens | Ik ben het ermee eens | Ik ben het er helemaal mee eens
Tend to disagree | Neutral | Tend to agree | Strongly agree
Nooit | Zelden | Soms | Vaak | Altijd
Never | Rarely | Sometimes | Often | Always
Nooit | Bijna nooit | Af en toe | Regelmatig | Heel vaak
Never | Hardly ever | Occasionally | Frequently | All the time
Not at all | Several days | More than half the days | Nearly every day
None of the time | A little of the time | Some of the time | Most of the time | All of the time
Zeer ontevreden | Ontevreden | Niet tevreden, niet ontevreden | Tevreden | Zeer tevreden
Very dissatisfied | Somewhat dissatisfied | Somewhat satisfied | Very satisfied
Helemaal niet tevreden | Niet zo tevreden | Redelijk tevreden | Heel tevreden
Not satisfied | Satisfied | Extremely satisfied
Heel slecht | Slecht | Matig | Goed | Heel goed
Very poor | Poor | Fair | Good | Excellent
Slecht | Matig | Voldoende | Goed
Onvoldoende | Voldoende | Ruim voldoende | Goed | Uitstekend
Slecht | Gaat wel | Goed | Heel goed
Bad | Okay | Good | Great
Helemaal niet belangrijk | Niet belangrijk | Een beetje belangrijk | Belangrijk | Heel belangrijk
Not at all important | Slightly important | Moderately important | Very important | Extremely important
Onbelangrijk | Enigszins belangrijk | Zeer belangrijk
Zeer onwaarschijnlijk | Onwaarschijnlijk | Neutraal | Waarschijnlijk | Zeer waarschijnlijk
Very unlikely | Unlikely | Likely | Very likely
Zeker niet | Waarschijnlijk niet | Misschien | Waarschijnlijk wel | Zeker wel
Definitely not | Probably not | Might or might not | Probably yes | Definitely yes
Heel moeilijk | Moeilijk | Niet moeilijk, niet makkelijk | Makkelijk | Heel makkelijk
Very difficult | Somewhat difficult | Somewhat easy | Very easy
Te moeilijk | Precies goed | Te makkelijk
Helemaal niet | Een beetje | Redelijk | Veel | Heel veel
None at all | A little | A moderate amount | A lot | A great deal
Weinig | Redelijk wat | Veel
Klopt helemaal niet | Klopt niet | Klopt een beetje | Klopt | Klopt helemaal
Not at all true | Somewhat true | Mostly true | Very true
Helemaal niet waar | Een beetje waar | Helemaal waar
Niet waar | Een beetje waar | Zeker waar
Not useful | Slightly useful | Useful | Very useful
Helemaal niet nuttig | Niet zo nuttig | Nuttig | Erg nuttig
Helemaal niet | Een beetje | Redelijk | Heel goed
Not at all | A little | Somewhat | Very well
Past helemaal niet bij mij | Past een beetje bij mij | Past goed bij mij
Does not describe me | Describes me slightly well | Describes me moderately well | Describes me very well
Veel slechter | Slechter | Hetzelfde | Beter | Veel beter
Much worse | Somewhat worse | About the same | Somewhat better | Much better
Veel minder | Minder | Evenveel | Meer | Veel meer
Too little | Just right | Too much
Helemaal niet zeker | Een beetje zeker | Redelijk zeker | Heel zeker
Not at all confident | Slightly confident | Fairly confident | Completely confident
Niet nodig | Een beetje nodig | Nodig | Heel hard nodig
Not urgent | Somewhat urgent | Very urgent
Te langzaam | Goed | Te snel
Very slow | Slow | Fast | Very fast
Laag | Gemiddeld | Hoog
Low | Medium | High | Very high
Nee, helemaal niet | Nee | Een beetje | Ja | Ja, heel erg
No | A little | Yes, a lot
Hielp niet | Hielp een beetje | Hielp goed
Niet spannend | Een beetje spannend | Spannend | Heel spannend
Not at all stressful | A bit stressful | Quite stressful | Extremely stressful
In zeer geringe mate | In geringe mate | In enige mate | In hoge mate | In zeer hoge mate
To a small extent | To some extent | To a large extent | To a very large extent
Niemand | Minder dan de helft | Ongeveer de helft | De meeste | Iedereen
Never true | Rarely true | Sometimes true | Often true | Always true
nooit. | soms. | VAAK | Altijd
helemaal_niet | een_beetje | redelijk | heel_goed
zeer_ontevreden | ontevreden | niet_tevreden_niet_ontevreden | tevreden | zeer_tevreden
Helemaal mee onneens | Mee oneens | Neutraal | Mee eens | Helemaal mee eens
Hardly any | Some | Most | All
Beginner | Gemiddeld | Gevorderd | Expert
Not familiar at all | Somewhat familiar | Very familiar
"""  # noqa: E501 - one list a line
EDUCATION = """
Geen | Vmbo | Mbo niveau 2 | Havo | Mbo niveau 4
Geen diploma | Basisschool | Vmbo-b | Vmbo-k | Vmbo-t | Havo | Vwo
High school | Associate degree | Bachelor's degree | Master's degree | PhD
Less than high school | High school or equivalent | Some college, no degree | Bachelor's degree | Doctorate
mbo-2 | mbo-3 | mbo-4 | hbo bachelor | wo master
Vmbo/mavo | Havo/vwo | Mbo | Hbo | Wo
Primary school | Secondary school | Vocational education | University
Entree | Niveau 2 | Niveau 3 | Niveau 4
Leerjaar 1 | Leerjaar 2 | Leerjaar 3
Eerste jaar | Tweede jaar | Derde jaar | Vierde jaar
1st year | 2nd year | 3rd year
Freshman | Sophomore | Junior | Senior
A1 | A2 | B1 | B2
"""  # noqa: E501 - one list a line
NUMBERS = """
Jonger dan 17 | 17 - 19 | 20 - 22 | 23 of ouder
Under 25 | 25-34 | 35-44 | 45-54 | 55+
t/m 16 jaar | 17 t/m 18 jaar | 19 jaar en ouder
18 years or younger | 19 to 21 years | 22 years and over
Niets | Minder dan € 200 | € 200 - € 499 | € 500 - € 999 | € 1.000 of meer
Less than $25,000 | $25,000 - $49,999 | $50,000 - $74,999 | $75,000 - $99,999 | $100,000+
Minder dan 1500 euro | 1500-2000 euro | 2000-3000 euro | meer dan 3000 euro
< €20k | €20k - €40k | €40k - €60k | > €60k
€ 0 tot € 1 000 | € 1 000 tot € 2 500 | € 2 500 en hoger
Korter dan een half jaar | Een half jaar tot 1 jaar | 1 tot 2 jaar | Langer dan 2 jaar
Less than 30 minutes | 30-60 minutes | 1-2 hours | More than 2 hours
Less than 1 year | 1 to 5 years | 6 to 15 years | More than 15 years
Minder dan een week | 1 tot 4 weken | 1 tot 6 maanden | Langer dan een halfjaar
Nog geen jaar | Een jaar | Twee jaar | Drie jaar of langer
Less than a month | One to three months | Three months to a year | Over a year
0-15 minuten | 15 minuten tot een half uur | Een half uur tot anderhalf uur | Meer dan anderhalf uur
geen | 1 | 2-3 | 4 of meer
0 keer | 1 keer | 2 keer | 3 keer of vaker
None | One | Two | Three or more
0 | 1-2 | 3–5 | 6 of meer
0-20% | 21-40% | 41-60% | 61-80% | 81-100%
Minder dan 10 leerlingen | 10 tot 20 leerlingen | 20 tot 30 leerlingen | Meer dan 30 leerlingen
1-8 uur per week | 9-16 uur per week | 17-24 uur per week | Meer dan 24 uur per week
Minder dan 1x per week | 1-2 keer | 3 of meer keer
Nooit | Een paar keer per jaar | Elke maand | Elke week | Elke dag
Never | A few times a year | Every month | Every week | Every day
Never | Less than once a month | Once a month | Once a week | Several times a week | Daily
Nooit | Jaarlijks | Maandelijks | Wekelijks | Dagelijks
Minder dan 1 keer per maand | 1 tot 3 keer per maand | 1 keer per week | 2 tot 4 keer per week | Elke dag
Bijna nooit | Een paar keer per maand | Een paar keer per week | Meerdere keren per dag
Never | Once | Twice | Three times or more
1 kind | 2 kinderen | 3 kinderen | 4 of meer kinderen
Klein (1-9 medewerkers) | Middel (10-49 medewerkers) | Groot (50+ medewerkers)
Less than 5 miles | 5 to 10 miles | More than 10 miles
Tot 5 km | 5-10 km | 10-20 km | 20 km of meer
Geen broers of zussen | 1 broer of zus | 2 broers of zussen | Meer dan 2 broers of zussen
"""  # noqa: E501 - one list a line
CODED = """
Strongly disagree (1) | Disagree (2) | Neutral (3) | Agree (4) | Strongly agree (5)
(1) Nooit | (2) Soms | (3) Vaak
1 - Disagree | 2 - Neutral | 3 - Agree
1 = nooit | 2 = soms | 3 = altijd
1: Oneens | 3: Neutraal | 5: Eens
helemaal_oneens_1 | oneens_2 | niet_eens_niet_oneens_3 | eens_4 | helemaal_eens_5
1 (helemaal niet) | 2 | 3 | 4 | 5 (helemaal wel)
0 = heel slecht | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 = heel goed
1 - Not at all likely | 2 | 3 | 4 | 5 - Extremely likely
1 oneens | 2 | 3 | 4 eens
"""
NOMINAL = """
Fiets | Auto | Bus
Care | Tech | Business
White | Black | Asian | Mixed | Arab
Geen | Islam | Christendom | Hindoeïsme | Iets anders
None | Muslim | Christian | Hindu | Jewish
Language | Subject knowledge | Coaching | Digital skills
Bicycle | Public transport | Car | On foot | Other
Hetero | Homo of lesbisch | Biseksueel | Anders
Straight | Gay or lesbian | Bisexual | Other
Zorginstelling | Winkel | Bouwbedrijf | Kantoor
ZK1A | ZK1B | IT2C | BT3A
Actief | Afgestroomd | Gediplomeerd
BOL | BBL
Verkeerde keuze | Werk | Verhuisd | Persoonlijke omstandigheden
Nederlands | Turks | Marokkaans | Surinaams | Anders
Nederlands | Engels | Rekenen | Burgerschap
Instagram | TikTok | Snapchat | WhatsApp
Man | Vrouw | Anders
Male | Female | Non-binary
Groep 1 | Groep 2 | Groep 3
Locatie 1 | Locatie 2 | Locatie 3
1 = man | 2 = vrouw | 3 = anders
Meer uitleg | Meer tijd | Minder toetsen
Betere sfeer | Betere roosters | Beter eten
Veel huiswerk | Weinig begeleiding | Slechte sfeer
Thuis | Op school | Op mijn werk
Maandag | Dinsdag | Donderdag
Coach | Mentor | Decaan | Niemand
Alleen | Met vrienden | Met familie
Goede docenten | Leuke klas | Dicht bij huis
Docent A | Docent B | Docent C
Team Zorg 1 | Team Zorg 2 | Team Techniek 1
Te duur | Te ver weg | Geen tijd
Amsterdam | Rotterdam | Den Haag
Stage | Examens | Rooster
Rood | Blauw | Groen
1 | 2 | 3 | 4
A | B | C | D
Never heard of it | Heard of it from friends | Saw it on a poster
06-12345678 | 06-87654321 | 06-11223344
2026-02-01 | 2026-03-01 | 2026-04-05
Economy | Health | Education | Other
"""


def lists(text):
    return [[answer.strip() for answer in line.split("|")] for line in text.split("\n") if line]


def shuffled(answers, seed):
    mixed = list(answers)
    random.Random(seed).shuffle(mixed)
    return mixed


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("answers", lists(WORDS) + lists(EDUCATION), ids=" | ".join)
def test_a_scale_in_words_is_put_in_order(answers, seed):
    scale = recognise(shuffled(answers, seed))
    assert (scale.kind, scale.values, scale.beside) == ("ordinal", tuple(answers), ())


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("answers", lists(NUMBERS), ids=" | ".join)
def test_a_scale_of_numbers_is_put_in_order(answers, seed):
    scale = recognise(shuffled(answers, seed))
    assert (scale.kind, scale.values) == ("ordinal", tuple(answers))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("answers", lists(CODED), ids=" | ".join)
def test_a_scale_with_its_codes_is_put_in_order(answers, seed):
    scale = recognise(shuffled(answers, seed))
    assert (scale.kind, scale.values) == ("ordinal", tuple(answers))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("answers", lists(NOMINAL), ids=" | ".join)
def test_a_list_without_order_is_no_scale(answers, seed):
    assert recognise(shuffled(answers, seed)) is None


@pytest.mark.parametrize("answers", [["Ja", "Nee"], ["No", "Yes"], ["nee", "JA", "Weet niet"],
                                     ["Yes", "No", "Prefer not to say"], ["Y", "N"],
                                     ["Waar", "Niet waar"], ["True", "False"]])
def test_yes_and_no_have_no_order(answers):
    assert recognise(answers).kind == "nominal"
