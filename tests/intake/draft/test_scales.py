"""The order of answers: scales in words, with numbers, and lists that have no order."""

import random
from collections import defaultdict

import pytest

from wbkit.intake.draft.scales import plain_words, read_families, recognise

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
Geheel mee oneens | Grotendeels mee oneens | Grotendeels mee eens | Geheel mee eens
Disagree a lot | Disagree a little | Agree a little | Agree a lot
Nooit | Een enkele keer | Geregeld | Vaak | Voortdurend
Never | Once in a while | Fairly often | Very often
Bijna nooit | Soms | Meestal | Bijna altijd
Heel erg ontevreden | Ontevreden | Tevreden | Heel erg tevreden
Completely dissatisfied | Neither | Completely satisfied
Zwak | Matig | Voldoende | Ruim voldoende
Poor | Below average | Average | Above average | Excellent
Niet prettig | Redelijk prettig | Prettig | Heel prettig
Helemaal niet veilig | Niet zo veilig | Veilig | Heel veilig
Of no importance | Of little importance | Important | Of great importance
Nee, zeker niet | Nee, waarschijnlijk niet | Misschien | Ja, waarschijnlijk wel | Ja, zeker wel
Definitely would not | Probably would not | Probably would | Definitely would
Veel te weinig | Te weinig | Voldoende | Te veel
Far too hard | A bit too hard | About right | A bit too easy | Far too easy
Helemaal niet gemotiveerd | Weinig gemotiveerd | Gemotiveerd | Zeer gemotiveerd
Not interested | Slightly interested | Interested | Very interested
Nauwelijks | Enigszins | Grotendeels | Volledig
Niet van mij | Een beetje van mij | Helemaal van mij
Zeer onduidelijk | Onduidelijk | Duidelijk | Zeer duidelijk
Not like me at all | Not much like me | Somewhat like me | Mostly like me | Very much like me
Ik heb er niets aan gehad | Ik heb er een beetje aan gehad | Ik heb er veel aan gehad
Got worse | Stayed the same | Got better
Sterk verslechterd | Verslechterd | Gelijk gebleven | Verbeterd | Sterk verbeterd
Lage druk | Gemiddelde druk | Hoge druk
Geen enkel vertrouwen | Weinig vertrouwen | Veel vertrouwen | Heel veel vertrouwen
No trust at all | Little trust | Some trust | A lot of trust
Zeer oneens | oneens | eens | ZEER EENS
Not at all satisfied | Not very satisfied | Fairly satisfied | Very satisfied
Very bad | Bad | Fair | Good | Very good
Not at all interested | Hardly interested | Quite interested | Very interested
Most of the time no | Sometimes | Most of the time yes
At no time | Some of the time | Less than half of the time | More than half of the time | Most of the time | All of the time
Nooit | Bijna nooit | Af en toe | Regelmatig | Dikwijls | Zeer dikwijls | Altijd
Niet waar | Enigszins waar | Zeker waar
Not true | Somewhat true | Certainly true
No problems | Slight problems | Moderate problems | Severe problems | Extreme problems
Geen problemen | Een beetje problemen | Matige problemen | Ernstige problemen
Helemaal niet van toepassing | Niet van toepassing | Neutraal | Van toepassing | Helemaal van toepassing
Very much below expectations | Below expectations | Met expectations | Above expectations | Far above expectations
Onder verwachting | Zoals verwacht | Boven verwachting
Never or almost never | A few lessons | Some lessons | Most lessons | Every lesson or almost every lesson
Helemaal niet goed | Niet zo goed | Goed | Erg goed
Extremely unlikely | Unlikely | Neutral | Likely | Extremely likely
Zou ik zeker niet aanraden | Zou ik waarschijnlijk niet aanraden | Zou ik waarschijnlijk wel aanraden | Zou ik zeker aanraden
Not a priority | Low priority | Medium priority | High priority | Essential
Lage prioriteit | Gemiddelde prioriteit | Hoge prioriteit
Geen stress | Weinig stress | Veel stress | Heel veel stress
Much less than usual | Less than usual | Same as usual | More than usual
Veel slechter dan gewoonlijk | Slechter dan gewoonlijk | Hetzelfde als gewoonlijk | Beter dan gewoonlijk
Not at all | Very little | Somewhat | To a great extent
In het geheel niet | In geringe mate | In redelijke mate | In sterke mate
Niet tevreden | Matig tevreden | Tevreden | Zeer tevreden
Very negative | Negative | Neutral | Positive | Very positive
Heel onprettig | Onprettig | Prettig | Heel prettig
Te kort | Precies lang genoeg | Te lang
Too short | About right | Too long
Strongly oppose | Somewhat oppose | Somewhat support | Strongly support
Sterk tegen | Tegen | Voor | Sterk voor
Very uncomfortable | Uncomfortable | Comfortable | Very comfortable
Niet eenzaam | Een beetje eenzaam | Erg eenzaam
Nooit eens | Soms eens | Heel vaak eens
Nooit meegemaakt | Een keer meegemaakt | Vaker meegemaakt
Not aware | Somewhat aware | Fully aware
Ken ik niet | Ken ik een beetje | Ken ik goed
Onveilig | Soms onveilig, soms veilig | Veilig
Strongly Disagree | Disagree | Undecided | Agree | Strongly Agree
Zeer laag | Laag | Gemiddeld | Hoog | Zeer hoog
Slecht | Redelijk | Goed | Zeer goed | Uitstekend
Too difficult | Just right | Too easy | Much too easy
Nog niet begonnen | Mee bezig | Bijna klaar | Klaar
Not started | In progress | Completed
Onder niveau | Op niveau | Boven niveau
Never | Seldom | Quite often | Very often | Always
Rarely or never | Sometimes | Often | Almost always
Zelden of nooit | Soms | Vaak | (Bijna) altijd
None of my friends | A few of my friends | Most of my friends | All of my friends
Geen van de lessen | Enkele lessen | De meeste lessen | Alle lessen
Totally disagree | Tend to disagree | Neither agree nor disagree | Tend to agree | Totally agree
Not important at all | Rather unimportant | Rather important | Very important
Erg ongemotiveerd | Ongemotiveerd | Gemotiveerd | Erg gemotiveerd
Doet er niet toe | Een beetje belangrijk | Belangrijk | Heel belangrijk
Klopt helemaal niet | Klopt niet echt | Klopt wel | Klopt precies
Completely untrue | Mostly untrue | Mostly true | Completely true
Nooit of bijna nooit | Soms | Vaak | Altijd of bijna altijd
Very rarely | Rarely | Occasionally | Frequently | Very frequently
Erg slecht | Slecht | Niet slecht, niet goed | Goed | Erg goed
Heel vervelend | Vervelend | Gewoon | Leuk | Heel leuk
Strongly dislike | Dislike | Neither like nor dislike | Like | Strongly like
Not at all likely | Not very likely | Somewhat likely | Very likely
Helemaal niet stressvol | Een beetje stressvol | Behoorlijk stressvol | Heel stressvol
Ik heb geen moeite | Ik heb enige moeite | Ik heb veel moeite
Without any difficulty | With a little difficulty | With some difficulty | With much difficulty
Zonder moeite | Met enige moeite | Met veel moeite
Sterk mee oneens | Mee oneens | Noch eens, noch oneens | Mee eens | Sterk mee eens
Very low quality | Low quality | High quality | Very high quality
No influence | Little influence | A lot of influence
Geen invloed | Een beetje invloed | Veel invloed
No impact | Minor impact | Moderate impact | Major impact
Nooit | Zelden | Regelmatig | Heel regelmatig
Not effective | Slightly effective | Moderately effective | Very effective | Extremely effective
Beslist niet | Liever niet | Misschien | Graag | Heel graag
Ongezond | Niet zo gezond | Gezond | Heel gezond
Poor health | Fair health | Good health | Excellent health
Heel veel minder | Een beetje minder | Gelijk | Een beetje meer | Heel veel meer
Decreased significantly | Decreased slightly | No change | Increased slightly | Increased significantly
Nauwelijks tevreden | Tevreden | Bijzonder tevreden
Fully disagree | Partly disagree | Partly agree | Fully agree
Zeer moeilijk | Moeilijk | Makkelijk | Zeer makkelijk
Not confident | Somewhat confident | Confident | Very confident
Basic | Intermediate | Advanced
Ik doe dit nooit | Ik doe dit soms | Ik doe dit vaak
Niet gebruikt | Soms gebruikt | Vaak gebruikt
Not helpful at all | A little helpful | Helpful | Very helpful
Heel onzeker | Onzeker | Zeker | Heel zeker
Absoluut oneens | Oneens | Niet mee eens of oneens | Eens | Absoluut eens
Disagree completely | Disagree somewhat | Agree somewhat | Agree completely
Helemaal niet akkoord | Niet akkoord | Akkoord | Helemaal akkoord
Nooit | Hooguit af en toe | Vaak | Altijd
Not often | Sometimes | Often | Constantly
Vrijwel nooit | Soms | Regelmatig | Vrijwel altijd
Zeer ontevreden | Eerder ontevreden | Eerder tevreden | Zeer tevreden
Not at all happy | Not very happy | Quite happy | Very happy
Slecht | Voldoende | Goed | Zeer goed
Terrible | Poor | Average | Good | Excellent
Onbelangrijk | Niet zo belangrijk | Best belangrijk | Superbelangrijk
Not important | A little important | Pretty important | Really important
Vast niet | Misschien | Vast wel
I will definitely not | I probably will not | I probably will | I definitely will
Zeer lastig | Lastig | Eenvoudig | Zeer eenvoudig
Extremely difficult | Difficult | Neither easy nor difficult | Easy | Extremely easy
Niets | Weinig | Veel | Heel veel
None | Some | A lot
Nothing at all | A little bit | Quite a lot
Geheel onwaar | Grotendeels onwaar | Grotendeels waar | Geheel waar
Not true for me | A bit true for me | True for me | Very true for me
Totaal niet zinvol | Weinig zinvol | Zinvol | Zeer zinvol
Worthless | Slightly valuable | Very valuable
Sluit niet aan | Sluit deels aan | Sluit goed aan | Sluit helemaal aan
Doesn't fit | Fits a bit | Fits well | Fits perfectly
Zeer ongezond | Ongezond | Gezond | Zeer gezond
Niet zelfverzekerd | Enigszins zelfverzekerd | Zelfverzekerd | Zeer zelfverzekerd
Veel kleiner | Kleiner | Even groot | Groter | Veel groter
Much slower | Slower | About the same | Faster
Geen behoefte | Enige behoefte | Veel behoefte
Geen haast | Beetje haast | Veel haast
Veel te langzaam | Te langzaam | Precies goed | Te snel | Veel te snel
Onder het gemiddelde | Gemiddeld | Boven het gemiddelde
Very weak | Weak | Strong | Very strong
Heel druk | Druk | Rustig | Heel rustig
Nee, nog nooit | Ja, één keer | Ja, vaker
Barely | Partially | Mostly | Fully
Zelden of nooit waar | Soms waar | Meestal waar | Altijd waar
Saai | Gaat wel | Leuk | Super leuk
Helemaal niet thuis | Een beetje thuis | Helemaal thuis
Helemaal mee oneens | Een beetje mee oneens | Niet mee eens/niet mee oneens | Een beetje mee eens | Helemaal mee eens
Strongly disagree | Moderately disagree | Moderately agree | Strongly agree
Oneens | Eens noch oneens | Eens
Nooit | Minder vaak | Vaak | Heel vaak
Almost never | Sometimes | Almost always
Nooit | Soms | Meestal | Altijd
Not at all satisfied | Slightly satisfied | Moderately satisfied | Completely satisfied
Ontevreden | Redelijk tevreden | Tevreden
Zeer matig | Voldoende | Goed | Uitmuntend
Unsatisfactory | Satisfactory | Good | Outstanding
Zeer onbelangrijk | Onbelangrijk | Belangrijk | Zeer belangrijk
Not important | Somewhat important | Important | Extremely important
Heel onwaarschijnlijk | Onwaarschijnlijk | Misschien | Waarschijnlijk | Heel waarschijnlijk
Zeker niet | Misschien | Zeker wel
Veel te moeilijk | Te moeilijk | Goed | Te makkelijk | Veel te makkelijk
Hard | Medium | Easy
Weinig | Voldoende | Veel
Not much | Some | A great deal
Helemaal niet nuttig | Enigszins nuttig | Nuttig | Zeer nuttig
Not relevant | Somewhat relevant | Highly relevant
Nooit waar | Soms waar | Vaak waar | Altijd waar
Slechter | Ongeveer hetzelfde | Beter
Less | About the same | More
Niet betrokken | Een beetje betrokken | Betrokken | Heel betrokken
Helemaal geen zin | Weinig zin | Zin | Veel zin
Zonder problemen | Met enkele problemen | Met veel problemen
Never a problem | Sometimes a problem | Always a problem
Nee, helemaal niet | Nee, niet zo | Ja, een beetje | Ja, heel erg
No, not at all | Yes, a little | Yes, definitely
Laag risico | Middelmatig risico | Hoog risico
Very unsafe | Unsafe | Safe | Very safe
Zeer onvriendelijk | Onvriendelijk | Vriendelijk | Zeer vriendelijk
Klein probleem | Matig probleem | Groot probleem
Very negative impact | Negative impact | No impact | Positive impact | Very positive impact
Starter | Gevorderd | Expert
Helemaal niet verbonden | Een beetje verbonden | Sterk verbonden
Totally unacceptable | Unacceptable | Slightly unacceptable | Neutral | Slightly acceptable | Acceptable | Perfectly Acceptable
Absolutely inappropriate | Inappropriate | Slightly inappropriate | Neutral | Slightly appropriate | Appropriate | Absolutely appropriate
Very untrue of me | Untrue of me | Somewhat untrue of me | Neutral | Somewhat true of me | True of me | Very true of me
Very untrue of what I believe | Untrue of what I believe | Somewhat untrue of what I believe | Neutral | Somewhat true of what I believe | True of what I believe | Very true of what I believe
Not at all concerned | Slightly concerned | Somewhat concerned | Moderately concerned | Extremely concerned
Not at all a problem | Minor problem | Moderate problem | Serious problem
No effect | Minor effect | Neutral | Moderate effect | Major effect
Would not consider | Might or might not consider | Definitely consider
Strongly oppose | Somewhat oppose | Neutral | Somewhat favor | Strongly favor
Not probable | Somewhat improbable | Neutral | Somewhat probable | Very probable
Very undesirable | Undesirable | Neutral | Desirable | Very desirable
Never | Rarely, in less than 10% of the chances | Occasionally | Sometimes | Frequently | Usually | Every time
Not at all familiar | Slightly familiar | Somewhat familiar | Moderately familiar | Extremely familiar
Not at all aware | Slightly aware | Somewhat aware | Moderately aware | Extremely aware
Very difficult | Difficult | Neutral | Easy | Very easy
Poor | Fair | Good | Very good | Excellent
Not at all influential | Slightly influential | Somewhat influential | Very influential | Extremely influential
Almost never true | Usually not true | Occasionally true | Usually true | Almost always true
Does not apply | Applies somewhat | Applies a lot
Nooit (gemiddeld) | Zelden | Soms | Vaak
Zeer oneens | Enigszins oneens | Neutraal | Enigszins eens | Zeer eens
Helemaal niet gelukkig | Niet zo gelukkig | Best gelukkig | Heel gelukkig
Sterk afgenomen | Afgenomen | Gelijk gebleven | Toegenomen | Sterk toegenomen
Niet effectief | Beetje effectief | Effectief | Erg effectief
Heel onaangenaam | Onaangenaam | Aangenaam | Heel aangenaam
Begrijp ik niet | Begrijp ik een beetje | Begrijp ik goed
Voelde me nooit zo | Voelde me soms zo | Voelde me vaak zo
Lukt niet | Lukt een beetje | Lukt goed | Lukt heel goed
Geheel oneens | Enigszins oneens | Enigszins eens | Geheel eens
Strongly disagree | Disagree | Neutral | Agree | Strongly agree
Nooit | Zelden | Soms | Regelmatig | Vaak
Never | Sometimes | Usually | Always
Very dissatisfied | Dissatisfied | Satisfied | Very satisfied
Heel ontevreden | Niet zo tevreden | Gaat wel | Tevreden | Heel tevreden
Slecht | Matig | Redelijk | Goed | Zeer goed
Zeer onvoldoende | Onvoldoende | Voldoende | Goed | Zeer goed
Not very important | Fairly important | Very important
Helemaal niet belangrijk | Een klein beetje belangrijk | Heel erg belangrijk
Very unlikely | Somewhat unlikely | Somewhat likely | Very likely
Nee, zeker niet | Nee, waarschijnlijk niet | Ja, misschien | Ja, zeker
Zeer moeilijk | Moeilijk | Gemiddeld | Makkelijk | Zeer makkelijk
Bijna niets | Een beetje | Veel | Alles
Klopt niet | Klopt soms | Klopt meestal | Klopt altijd
Helemaal niet nuttig | Niet zo nuttig | Nuttig | Heel nuttig
Zonder plezier | Met enig plezier | Met veel plezier
Poor fit | Moderate fit | Good fit | Excellent fit
Niet zelfstandig | Redelijk zelfstandig | Heel zelfstandig
Not at all prepared | Somewhat prepared | Well prepared | Very well prepared
Veel slechter | Iets slechter | Hetzelfde | Iets beter | Veel beter
A lot less | A bit less | The same | A bit more | A lot more
Niet dringend | Dringend | Zeer dringend
Totally unsafe | Somewhat unsafe | Somewhat safe | Totally safe
Te weinig uitleg | Genoeg uitleg | Te veel uitleg
Te moeilijk | Goed | Te makkelijk
Te vroeg | Precies op tijd | Te laat
Low | Moderate | High
Niet moe | Een beetje moe | Moe | Heel erg moe
Nooit last van | Soms last van | Vaak last van
Voel me er niet thuis | Voel me er een beetje thuis | Voel me er helemaal thuis
Helpt helemaal niet | Helpt een beetje | Helpt veel
I hardly know it | I know it a bit | I know it well
Very rarely or never | Occasionally | Often | Very often or always
Zeer mee oneens | Mee oneens | Beetje mee oneens | Beetje mee eens | Mee eens | Zeer mee eens
Definitely disagree | Mostly disagree | Mostly agree | Definitely agree
Nooit | Incidenteel | Regelmatig | Altijd
Rarely | Sometimes | Often | Most of the time
Helemaal niet blij | Niet zo blij | Blij | Heel blij
Not satisfied at all | Somewhat satisfied | Satisfied | Very satisfied
Onvoldoende | Matig | Voldoende | Goed
Not good | OK | Good | Very good
Minder belangrijk | Belangrijk | Zeer belangrijk
Unimportant | Of little importance | Moderately important | Important | Very important
Heel onwaarschijnlijk | Onwaarschijnlijk | Waarschijnlijk | Heel waarschijnlijk
Would definitely not recommend | Would probably not recommend | Would probably recommend | Would definitely recommend
Heel moeilijk | Moeilijk | Een beetje moeilijk | Makkelijk
Geen enkele | Enkele | De meeste | Alle
Bijna geen vrienden | Een paar vrienden | Veel vrienden
Helemaal niet waar | Meestal niet waar | Soms waar | Meestal waar | Helemaal waar
Zinloos | Een beetje zinvol | Zinvol | Heel zinvol
Not at all useful | Moderately useful | Extremely useful
Slechte sfeer | Matige sfeer | Goede sfeer
Zeer onzeker | Een beetje onzeker | Een beetje zeker | Zeer zeker
Not worried | A little worried | Quite worried | Very worried
Iets minder | Evenveel | Iets meer | Veel meer
Significantly worse | Slightly worse | No change | Slightly better | Significantly better
Helemaal niet nodig | Misschien nodig | Zeker nodig
Low urgency | Medium urgency | High urgency
Te traag | Precies goed | Te snel
Licht | Gemiddeld | Zwaar
Not at all clear | Mostly clear | Completely clear
Wil ik niet | Wil ik misschien | Wil ik zeker
Kan ik nog niet | Kan ik een beetje | Kan ik goed | Kan ik heel goed
Never used it | Used it a few times | Used it often
Nee, eigenlijk niet | Een beetje | Ja, best wel | Ja, heel erg
Far below average | Below average | Average | Above average | Far above average
Totaal geen vertrouwen | Weinig vertrouwen | Voldoende vertrouwen | Veel vertrouwen
Helemaal oneens | Grotendeels oneens | Deels eens, deels oneens | Grotendeels eens | Helemaal eens
Disagree strongly | Disagree | Neither | Agree | Agree strongly
Nooit | Soms | Vaak | Zeer vaak
Not at all | Occasionally | Regularly | Always
Ontevreden | Matig tevreden | Tevreden | Zeer tevreden
Extremely dissatisfied | Dissatisfied | Neutral | Satisfied | Extremely satisfied
Zeer slecht | Slecht | Voldoende | Goed | Uitstekend
Very weak | Weak | Average | Strong
Niet belangrijk | Neutraal | Belangrijk
Not essential | Somewhat essential | Very essential
Absoluut niet | Waarschijnlijk niet | Waarschijnlijk wel | Absoluut wel
Certainly not | Probably not | Probably | Certainly
Erg moeilijk | Moeilijk | Niet makkelijk, niet moeilijk | Makkelijk | Erg makkelijk
Geen | Weinig | Redelijk veel | Heel veel
No stress | Some stress | Moderate stress | Extreme stress
Niet mijn ding | Een beetje mijn ding | Helemaal mijn ding
Niet nuttig | Weinig nuttig | Redelijk nuttig | Erg nuttig
Does not help at all | Helps a little | Helps a lot
Onaantrekkelijk | Neutraal | Aantrekkelijk
Ongezellig | Niet zo gezellig | Gezellig | Heel gezellig
Veel langzamer | Langzamer | Even snel | Sneller
Far fewer | Fewer | About the same | More | Far more
Geen enkele invloed | Enige invloed | Grote invloed
Te klein | Precies goed | Te groot
Mild | Moderate | Severe
Druk | Gewoon | Rustig
Mijn energie is laag | Mijn energie is gemiddeld | Mijn energie is hoog
Helemaal niet gestrest | Licht gestrest | Behoorlijk gestrest | Extreem gestrest
I disagree | I am neutral | I agree
Not proud | A bit proud | Proud | Very proud
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
Basisonderwijs | Vmbo-kader | Mavo | Havo | Mbo 4 | Hbo | Universiteit
Vmbo basis/kader | Vmbo gemengd/theoretisch | Havo | Vwo
No formal education | Primary | Secondary | Bachelor | Master | PhD
GED | Some college | Associate's degree | Bachelor's degree | Graduate degree
Mbo niveau 1 | Mbo niveau 2 | Mbo niveau 3 | Mbo niveau 4
Eerstejaars | Tweedejaars | Derdejaars | Vierdejaars
Year 1 | Year 2 | Year 3
Geen opleiding | Lagere school | Vmbo | Havo | Vwo | Mbo | Hbo | Wo
Lbo | Mavo | Havo | Hbo | Universitair
Some high school | High school graduate | Some college | College graduate | Postgraduate degree
Primary education | Lower secondary | Upper secondary | Bachelor or equivalent | Master or equivalent | Doctoral or equivalent
vmbo-basis | vmbo-kader | vmbo-gl/tl | havo
Niveau 1 (entree) | Niveau 2 | Niveau 3 | Niveau 4
Leerjaar 1 | Leerjaar 2 | Leerjaar 3 | Leerjaar 4 of hoger
1e jaar | 2e jaar | 3e jaar | 4e jaar
Grade 9 | Grade 10 | Grade 11 | Grade 12
Mbo niveau 2 | Mbo niveau 3 | Mbo niveau 4 | Hbo of hoger
Basisschool | Middelbare school | Mbo | Hbo | Universiteit
No qualifications | GCSEs | A-levels | Undergraduate degree | Postgraduate degree
1e leerjaar | 2e leerjaar | 3e leerjaar
Basisonderwijs | Lbo/vmbo | Havo/vwo | Mbo | Hbo/wo
No diploma | High school diploma | Bachelor's degree | Master's degree | Doctoral degree
Jaar 1 | Jaar 2 | Jaar 3 | Jaar 4
Eerste leerjaar | Tweede leerjaar | Derde leerjaar
Vmbo-tl | Havo | Mbo-4 | Hbo-bachelor
Primary school | High school | College | Master's degree
Leerjaar 1 | Leerjaar 2 | Leerjaar 3 | Leerjaar 4
mbo 1 | mbo 2 | mbo 3 | mbo 4
Mbo niveau 2 of lager | Mbo niveau 3 | Mbo niveau 4 | Hbo
Elementary school | Middle school | High school | University
Vmbo-bb | Vmbo-kb | Vmbo-gl | Vmbo-tl
Geen diploma | Mbo 1 | Mbo 2 | Mbo 3 | Mbo 4
Less than high school | High school graduate | Some college | Bachelor's degree | Advanced degree
Eerstejaars student | Tweedejaars student | Derdejaars student
Basisschool | Vmbo | Havo | Vwo | Mbo | Hbo | Wo
Vmbo | Havo/vwo | Mbo | Hbo/wo
No degree | Associate's | Bachelor's | Master's | Doctorate
Eerste klas | Tweede klas | Derde klas
Lager onderwijs | Vmbo/mavo | Havo/vwo | Mbo | Hbo | Universiteit
Secondary school | Bachelor's degree | Master's degree | PhD
Eerste studiejaar | Tweede studiejaar | Derde studiejaar | Vierde studiejaar
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
16 jaar of jonger | 17-18 jaar | 19-21 jaar | 22 jaar en ouder
18-24 years | 25-34 years | 35-44 years | 45 years or older
Tot 18 jaar | Van 18 tot 25 jaar | Van 25 tot 40 jaar | 40 jaar en ouder
Minder dan €1.500 per maand | €1.500 - €2.499 per maand | €2.500 of meer per maand
Under £10k | £10k-£20k | £20k-£50k | Over £50k
Geen bijbaan | 1-8 uur | 9-16 uur | Meer dan 16 uur
I do not work | 1-10 hours | 11-20 hours | More than 20 hours
Nog maar net | Een paar maanden | Een jaar | Meer dan een jaar
0-3 maanden | 3-6 maanden | 6-12 maanden | 1-2 jaar | > 2 jaar
Less than six months | Six months to a year | One to two years | More than two years
Binnen een dag | Binnen een week | Binnen een maand | Langer dan een maand
Minder dan 5 minuten | 5-15 minuten | 15-30 minuten | Meer dan een half uur
0 dagen | 1 dag | 2 dagen | 3 dagen | 4 dagen of meer
Nooit | 1 keer | 2 of 3 keer | Meer dan 3 keer
Not once | Once or twice | Three to five times | More than five times
Minder dan 25% | 25% tot 50% | 50% tot 75% | Meer dan 75%
1 - 10 studenten | 11 - 25 studenten | 26 - 50 studenten | Meer dan 50 studenten
Every year | Every quarter | Every month | Every week
Minder dan maandelijks | Maandelijks | Wekelijks | Dagelijks
Nooit | Minder dan 1 keer per week | 1 of 2 dagen per week | 3 of 4 dagen per week | Elke dag
Rarely | A few times per month | A few times per week | Every day
Geen huisgenoten | Eén | Twee | Drie of meer
Vóór 2000 | 2000-2009 | 2010-2019 | Na 2020
1 boek | 2 tot 5 boeken | 6 boeken of meer
Less than 1 GB | 1 GB - 5 GB | More than 5 GB
15 years or less | 16-20 years | 21-25 years | over 25 years
16 | 17 | 18 | 19 | 20 of ouder
Younger than 20 | 20 to 29 | 30 to 39 | 40 to 49 | 50 and older
0-1 uur | 2-3 uur | 4-5 uur | 6 uur of meer
Geen tijd | Minder dan 1 uur per dag | 1 tot 2 uur per dag | 2 tot 4 uur per dag | Meer dan 4 uur per dag
No time | Up to 30 minutes a day | Between 30 and 60 minutes a day | More than an hour a day
€0 | €1 - €50 | €51 - €100 | Meer dan €100
Geen schulden | Tot 500 euro | 500 tot 1.000 euro | 1.000 euro of meer
0 - 10.000 | 10.000 - 20.000 | 20.000 - 30.000 | > 30.000
Never | 1 or 2 times a year | About once a month | About once a week | Several times a week
Zelden of nooit | 1 keer per maand | 2-3 keer per maand | 1 keer per week of vaker
Less than once a week | 1-2 times a week | 3-4 times a week | 5 or more times a week
Minder dan een uur | Een uur | Twee uur | Drie uur of meer
0-10 boeken | 11-25 boeken | 26-100 boeken | 101-200 boeken | Meer dan 200 boeken
1-2 dagen | 3-5 dagen | Meer dan een week | Meer dan twee weken
Minder dan 50 | 50 tot 100 | 100 tot 250 | 250 en meer
Sinds minder dan 6 maanden | 6 tot 12 maanden | 1 tot 3 jaar | 3 jaar of langer
One | Two | Three | Four or more
Geen enkele dag | 1 dag | 2 dagen | 3 of meer dagen
No absences | 1-3 days | 4-6 days | 7+ days
< 1 km | 1 - 5 km | 5 - 15 km | > 15 km
Eén keer | Twee keer | Drie keer | Vaker dan drie keer
Less than 5% | 5% to 10% | 10% to 25% | More than 25%
2 hours or less | 3 to 5 hours | 6 to 10 hours | More than 10 hours
Never | A few times a month | Once a week | Several times a week | Daily
Nooit | Soms | Bijna elke les | Elke les
Jonger dan 16 jaar | 16 of 17 jaar | 18 of 19 jaar | 20 jaar of ouder
<18 | 18-21 | 22-25 | >25
Niets | 1 - 100 euro | 101 - 250 euro | Meer dan 250 euro
$0 | $1-$99 | $100-$499 | $500 or more
Nee, nooit | Ja, een keer | Ja, meerdere keren
Never | 1-3 times | 4-6 times | More than 6 times
Minder dan 2 weken | 2 tot 6 weken | 6 weken tot 3 maanden | Meer dan 3 maanden
Under an hour | 1 to 2 hours | 2 to 3 hours | Over 3 hours
0-5 uur per week | 6-10 uur per week | Meer dan 10 uur per week
Niet | Maximaal 1 uur | 1 tot 3 uur | Meer dan 3 uur
Never | At least once a month | At least once a week | At least once a day
Nooit | Maandelijks | Wekelijks | Dagelijks | Meerdere keren per dag
1 tot 5 medewerkers | 6 tot 20 medewerkers | 21 of meer medewerkers
0% | 1-25% | 26-50% | 51-75% | 76-100%
Eerste keer | Tweede keer | Derde keer of vaker
1-5 km | 6-10 km | 11 km of meer
0 | 1 of 2 | 3 of 4 | 5+
Tot en met 17 jaar | 18 tot en met 20 jaar | 21 tot en met 23 jaar | 24 jaar en ouder
13-15 | 16-18 | 19-21 | 22+
Up to $500 | $501 to $1,000 | $1,001 to $5,000 | More than $5,000
Geen inkomen | Tot € 250 | € 250 tot € 750 | Meer dan € 750
Korter dan een maand | 1-3 maanden | 4-6 maanden | Langer dan een half jaar
Less than 2 weeks | 2-4 weeks | 1-3 months | 3+ months
Helemaal niet | Minder dan een half uur | Half uur tot een uur | Langer dan een uur
Nooit | 1-2x per jaar | 3-5x per jaar | Meer dan 5x per jaar
Never | Once a year | Once every few months | Once a month | More than once a month
Minder dan één dag | 1 à 2 dagen | 3 à 4 dagen | 5 dagen of meer
0 tot 5 | 6 tot 10 | 11 tot 15 | Meer dan 15
Geen | Eén | Twee tot vier | Vijf of meer
Fewer than 5 | 5-9 | 10 or more
Minder dan de helft | Ongeveer de helft | Meer dan de helft
10 minuten of minder | 11 tot 20 minuten | Meer dan 20 minuten
Less than an hour a day | 1-2 hours a day | 3-4 hours a day | 5+ hours a day
onder de 18 | 18 t/m 21 | 22 t/m 25 | boven de 25
Under 16 | 16 to 18 | 19 and over
Minder dan € 1.000 | Tussen € 1.000 en € 2.000 | Meer dan € 2.000
Less than $10k | $10k to $30k | $30k+
0 - 6 maanden | 6 - 12 maanden | 1 - 2 jaar | langer dan 2 jaar
Less than a week | 1 to 2 weeks | 2 to 4 weeks | More than a month
Nooit | Eén keer per week | Twee keer per week | Elke dag
Less than monthly | Monthly | Weekly | Daily or almost daily
Geen | 1 t/m 3 | 4 t/m 6 | 7 of meer
Zero | One to two | Three to five | Six or more
Minder dan 4 uur | 4 tot 8 uur | 8 tot 12 uur | 12 uur of langer
Up to 10% | 11-20% | More than 20%
minder dan 15 km | 15-30 km | meer dan 30 km
1 keer | 2 keer | 3 keer | Meer dan 3 keer
1-5 people | 6-10 people | 11+ people
16-20 | 21-25 | 26-30 | ouder dan 30
Minder dan 3 maanden | 3-6 maanden | 6 maanden - 1 jaar | Meer dan 1 jaar
Never | 1-2 days per week | 3-4 days per week | 5-7 days per week
0 euro | 1 t/m 50 euro | 51 t/m 150 euro | meer dan 150 euro
1 week of korter | 2-3 weken | 4 weken of langer
1 uur of minder | 2 uur | 3 uur | 4 uur of meer
Less than 20 employees | 20 to 99 employees | 100 to 499 employees | 500 or more employees
Tot 15 minuten | 15 tot 30 minuten | 30 tot 60 minuten | Meer dan een uur
Geen les gemist | 1-2 lessen gemist | 3-5 lessen gemist | Meer dan 5 lessen gemist
Een of twee keer | Drie tot vijf keer | Zes keer of meer
In de afgelopen week | In de afgelopen maand | In het afgelopen jaar | Langer geleden
Less than once a week | 1-3 days a week | 4-6 days a week | Daily
$15 - $20 | $20 - $25 | Over $25
Jonger dan 18 jaar | 18-24 jaar | 25-39 jaar | 40-64 jaar | 65 jaar en ouder
12 or younger | 13-15 | 16-18 | 19 or older
€ 0 - € 100 | € 100 - € 300 | € 300 - € 600 | meer dan € 600
$20,000 or less | $20,001 - $40,000 | $40,001 or more
Less than 6 months | 6-12 months | 1-3 years | More than 3 years
Nog geen half jaar | Een half jaar tot een jaar | Een tot twee jaar | Meer dan twee jaar
Minder dan 1 uur per week | 1-5 uur per week | 5-10 uur per week | Meer dan 10 uur per week
Geen | 1-5 keer | 6-10 keer | Meer dan 10 keer
Nooit | Maandelijks of minder | 2-4 keer per maand | 2-3 keer per week | 4 keer of vaker per week
Never | Less than once a week | About once a week | A few times a week | Every day
Minder dan 5 km | 5 tot 10 km | 10 tot 20 km | Verder dan 20 km
0 tot 25 procent | 25 tot 50 procent | 50 tot 75 procent | 75 tot 100 procent
Alone | 2 people | 3-4 people | 5 or more people
Minder dan 6 uur | 6-7 uur | 7-8 uur | Meer dan 8 uur
Eén docent | Twee docenten | Drie of meer docenten
14 of 15 jaar | 16 of 17 jaar | 18 jaar of ouder
Under 20 | 20s | 30s | 40 or over
Onder de 30 | 30 tot 40 | 40 tot 50 | 50 tot 60 | Boven de 60
Geen spaargeld | Minder dan € 500 | € 500 tot € 2.500 | Meer dan € 2.500
< $50 | $50 - $100 | $100 - $200 | > $200
0 jaar | 1-2 jaar | 3-5 jaar | 6-10 jaar | Meer dan 10 jaar
Fewer than 3 years | 3 to 5 years | 6 to 10 years | 11 years or more
Een kwartier | Een half uur | Een uur | Langer dan een uur
5 minuten | 10 minuten | 20 minuten of meer
Nul keer | Een keer | Twee keer of vaker
Nooit | Ieder kwartaal | Iedere maand | Iedere week
Never | Less than once a year | Once or twice a year | Every month | Every week
Minder dan 10% | 10-30% | 30-50% | Meer dan de helft
1 t/m 10 uur | 11 t/m 20 uur | 21 t/m 30 uur | 31 uur en meer
Klas van minder dan 15 | Klas van 15 tot 25 | Klas van meer dan 25
16 jaar | 17 jaar | 18 jaar | 19 jaar of ouder
17 or below | 18-20 | 21-23 | 24 and above
Onder € 50 | € 50 tot € 100 | Boven € 100
$0 - $9,999 | $10,000 - $24,999 | $25,000 or higher
Minder dan een maand | Een tot drie maanden | Drie tot zes maanden | Meer dan zes maanden
1 day or less | 2-3 days | 4-7 days | More than a week
1 keer per maand of minder | 2-3 keer per maand | Elke week
Seldom | Once a month | Once a week | Daily
geen | 1 - 5 | 6 - 10 | meer dan 10
0-2 | 3-5 | 6-8 | 9+
Tot 8 uur | 8 tot 16 uur | 16 tot 24 uur | 24 uur of meer
No sessions | One session | Two sessions | Three or more sessions
Kleiner dan 100 | 100 tot 500 | Groter dan 500
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
1. Helemaal oneens | 2. Oneens | 3. Eens | 4. Helemaal eens
[1] Never | [2] Sometimes | [3] Always
Slecht = 1 | Matig = 2 | Goed = 3
1 - zeer ontevreden | 2 | 3 | 4 | 5 - zeer tevreden
0 (geen pijn) | 1 | 2 | 3 | 4 (ergste pijn)
1-Never | 2-Rarely | 3-Sometimes | 4-Often | 5-Always
1 = helemaal oneens | 2 = oneens | 3 = neutraal | 4 = eens | 5 = helemaal eens
Never (0) | Several days (1) | More than half the days (2) | Nearly every day (3)
Zeer slecht 1 | 2 | 3 | 4 | Zeer goed 5
1 Not at all | 2 A little | 3 Quite a bit | 4 Very much
Nooit (1) | Soms (2) | Vaak (3) | Altijd (4)
1. Poor | 2. Fair | 3. Good | 4. Excellent
1 (zeer ontevreden) | 2 | 3 | 4 | 5 | 6 | 7 (zeer tevreden)
1 = slecht | 2 = matig | 3 = voldoende | 4 = goed
Oneens (1) | Neutraal (2) | Eens (3)
1 - Strongly disagree | 2 | 3 | 4 | 5 - Strongly agree
(1) Slecht | (2) Matig | (3) Goed
Helemaal niet (0) | Een beetje (1) | Veel (2)
0 - helemaal geen pijn | 1 | 2 | 3 | 4 | 5 - heel veel pijn
1 – Not a priority | 2 – Low priority | 3 – Somewhat priority | 4 – Neutral | 5 – Moderate Priority | 6 – High priority | 7 – Essential priority
1 – Not at all important | 2 – Low importance | 3 – Slightly important | 4 – Neutral | 5 – Moderately important | 6 – Very important | 7 – Extremely important
1 – No affect | 2 – Minor affect | 3 – Neutral | 4 – Moderate affect | 5 – Major affect
1 – Almost never true | 2 – Usually not true | 3 – Rarely true | 4 – Occasionally true | 5 – Sometimes but infrequently true | 6 – Usually true | 7 – Almost always true
1 = helemaal niet | 2 = een beetje | 3 = best wel | 4 = heel erg
Zelden (2) | Soms (3) | Vaak (4)
0 (nooit) | 1 | 2 | 3 | 4 (altijd)
1) nooit | 2) soms | 3) altijd
Zeer laag (1) | Laag (2) | Hoog (3) | Zeer hoog (4)
1 = niet tevreden | 2 | 3 | 4 | 5 = tevreden
1 - Slecht | 2 - Redelijk | 3 - Goed
Never = 1 | Seldom = 2 | Often = 3
1 - heel moeilijk | 2 | 3 | 4 | 5 - heel makkelijk
"""  # noqa: E501 - one list a line
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
Plannen | Taal | Rekenen | Motivatie
Zorg en welzijn | Economie | Techniek | Groen
Bol | Bbl | Anders
Turkije | Marokko | Suriname | Nederland
Vader | Moeder | Broer of zus | Vriend
Computer | Laptop | Telefoon | Tablet
Ochtend | Middag | Avond
Student | Teacher | Parent | Manager
Full-time | Part-time | Unemployed
Katholiek | Protestant | Moslim | Geen
Gezelligheid | Goede lessen | Veel praktijk | Kleine klassen
Meer begeleiding | Meer contact | Meer duidelijkheid
Online | Fysiek | Hybride
Rock | Pop | Jazz | Classical
Lokaal 1 | Lokaal 2 | Lokaal 12
Single | Married | Divorced | Widowed
3A | 3B | 4A
Team 1 Zorg | Team 2 Techniek | Team 3 Groen
Via een vriend | Via de website | Via een open dag
Te weinig tijd | Te moeilijk | Geen interesse
Voetbal | Tennis | Zwemmen | Geen sport
1. Zorg | 2. Techniek | 3. Economie
Jongen | Meisje | Anders
Ja, van mijn coach | Ja, van mijn ouders | Nee
Yes, at school | Yes, at home | No
Protestant | Catholic | Jewish | Muslim
Voldoende begeleiding | Goede sfeer | Fijne klas
Gehuwd | Ongehuwd | Gescheiden
Employed | Self-employed | Student | Retired
Zon | Regen | Sneeuw
North | South | East | West
Geen hulp nodig | Hulp bij plannen | Hulp bij taal
Meer lessen | Minder lessen op een dag | Andere roosters
Student A | Student B
Klas 1A | Klas 1B | Klas 2A
Verzorgende IG niveau 3 | Mbo-Verpleegkundige niveau 4 | Helpende niveau 2
Thuis | Bij vrienden | Op kamers
Very friendly staff | Good food | Nice rooms
Duur | Onhandig | Niet beschikbaar
Nederlandse | Duitse | Belgische
Python | R | SPSS
Coach | Docent | Ouders | Niemand
Geen van deze | Angst | Somberheid
Facebook | Instagram | None of these
Dog | Cat | No pets
Android | iOS | Other
Zomer | Herfst | Winter
Opleiding 1 | Opleiding 2
Ja, bij school | Ja, bij de huisarts | Nee
Vooraf | Tijdens | Na afloop
Kapper | Kok | Monteur
Huiswerk | Toetsen | Presentaties
Nederland | België | Duitsland
Roken | Vapen | Drinken | Geen van deze
Docenten | Medestudenten | Ouders
Trein | Metro | Te voet
iPhone | Samsung | Huawei
Blij | Boos | Bang
Moe | Stress | Geen motivatie
Email | Phone | In person
B1A | B1B | B2A
Sociaal Werk | Pedagogisch Werk | Verpleegkunde
Ja, ik heb een bijbaan | Nee, maar ik zoek er een | Nee, ik wil er geen
Gitaar | Piano | Drums
Werken | Doorleren | Tussenjaar
Vegan | Vegetarian | Meat eater
Grote stad | Dorp | Platteland
Hardlopen | Fietsen | Zwemmen
Hoorcollege | Werkgroep | Practicum
Goede reistijd | Lage kosten | Mooi gebouw
Red | Green | Blue
Snel werk vinden | Veel verdienen | Leuk werk
Marketing | Sales | Finance | HR
Moeder | Vader | Beiden
Niet van toepassing | Wel een mentor | Geen mentor
Schilderen | Tekenen | Muziek
Sporten | Gamen | Lezen | Niks
Ziek | Verlof | Aanwezig
Verpleegkundige | Arts | Fysiotherapeut
Math | Science | History
Utrecht | Groningen | Breda
Meer geld | Meer vrije tijd | Beter rooster
A little early | On my way | At home
Team A | Team B | Team C
Vinted | Zalando | Bol
Vrienden | Familie | Niemand | Docent
Nee, geen tijd | Nee, geen zin | Ja
Lagere kosten | Minder uitstoot | Gezelliger | Makkelijker parkeren
Psychologie | Economie | Informatica
Student | Personeel | Overig
Openbaar vervoer | Fiets | Te voet
Huurwoning | Koopwoning | Bij ouders
Debit card | Cash | PayPal
Winter | Spring | Summer
Angst | Somberheid | Eenzaamheid
Vegetarisch | Halal | Geen voorkeur
Engels | Duits | Frans | Spaans
Bakker | Slager | Kapper
Hulp bij huiswerk | Hulp bij stage | Geen hulp
Te saai | Te lang | Te ver
Den Bosch | Tilburg | Eindhoven
Spotify | Netflix | YouTube
Vmbo-opleiding gestopt | Verhuizing | Ziekte
Loondienst | Zzp | Werkloos
Geel | Paars | Oranje
Gave up | Moved | Graduated
Meer rust | Minder regels | Lagere werkdruk
Lunch | Dinner | Breakfast
Ja, mbo | Ja, hbo | Nee
Loodgieter | Timmerman | Schilder
Groepsopdracht | Presentatie | Verslag
Koffie | Thee | Water
Brother | Sister | Cousin
Buurthuis | Sportclub | Kerk
Ik heb een diploma | Ik ben gestopt | Ik ga verder leren
Nike | Adidas | Puma
Cat owner | Dog owner | Neither
Afstand | Kosten | Sfeer
In de klas | Thuis | In de bibliotheek
Niveau en tempo | Sfeer in de klas | Docenten
Blue collar | White collar | Manager
Tandarts | Huisarts | Psycholoog
Windows | Mac | Linux
Katten | Honden | Vissen
Te voet | Met de auto | Met de fiets
Teamwork | Leadership | Communication
Praktijk | Theorie | Beide
Vakantie | Ziekte | Anders
Jan | Piet | Klaas
Hoog salaris | Korte reistijd | Goede collega's
Breakfast club | Homework class | None
Rabo | ING | ABN
"""


def lists(text):
    return [[answer.strip() for answer in line.split("|")] for line in text.split("\n") if line]


def shuffled(answers, seed):
    mixed = list(answers)
    random.Random(seed).shuffle(mixed)
    return mixed


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("answers", lists(WORDS) + lists(EDUCATION), ids=" | ".join)
def test_a_scale_in_words_is_put_in_order(answers, seed):
    scale = recognise(shuffled(answers, seed))
    assert (scale.kind, scale.values, scale.beside) == ("ordinal", tuple(answers), ())


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("answers", lists(NUMBERS), ids=" | ".join)
def test_a_scale_of_numbers_is_put_in_order(answers, seed):
    scale = recognise(shuffled(answers, seed))
    assert (scale.kind, scale.values) == ("ordinal", tuple(answers))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("answers", lists(CODED), ids=" | ".join)
def test_a_scale_with_its_codes_is_put_in_order(answers, seed):
    scale = recognise(shuffled(answers, seed))
    assert (scale.kind, scale.values) == ("ordinal", tuple(answers))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("answers", lists(NOMINAL), ids=" | ".join)
def test_a_list_without_order_is_no_scale(answers, seed):
    assert recognise(shuffled(answers, seed)) is None


@pytest.mark.parametrize("answers", [["Ja", "Nee"], ["No", "Yes"], ["nee", "JA", "Weet niet"],
                                     ["Yes", "No", "Prefer not to say"], ["Y", "N"],
                                     ["Waar", "Niet waar"], ["True", "False"]])
def test_yes_and_no_have_no_order(answers):
    assert recognise(answers).kind == "nominal"


@pytest.mark.parametrize(("answers", "values", "beside"), [
    (["eens", "n.v.t.", "oneens", "weet niet"], ["oneens", "eens"], ["n.v.t.", "weet niet"]),
    (["0 keer", "1-2 keer", "Zeg ik liever niet"], ["0 keer", "1-2 keer"], ["Zeg ik liever niet"]),
    (["nee", "ja", "een beetje", "ik wil geen hulp"], ["nee", "een beetje", "ja"],
     ["ik wil geen hulp"]),
])
def test_answers_outside_the_scale_stand_beside_it(answers, values, beside):
    scale = recognise(answers)
    assert (list(scale.values), list(scale.beside)) == (values, beside)


@pytest.mark.parametrize(("answers", "values"), [
    (["Altijd", "Zelden"], ["Zelden", "Altijd"]), (["55+", "25-34"], ["25-34", "55+"]),
    (["Helemaal mee eens", "Mee oneens", "Mee eens"],
     ["Mee oneens", "Mee eens", "Helemaal mee eens"]),
])
def test_a_scale_of_which_few_steps_were_chosen_is_put_in_order(answers, values):
    assert list(recognise(answers).values) == values


def test_spaces_capitals_and_a_full_stop_make_no_other_step():
    answers = [" MEE\u00a0 EENS.", "mee oneens ", "Neutraal!"]
    assert recognise(answers).values == ("mee oneens ", "Neutraal!", " MEE\u00a0 EENS.")


@pytest.mark.parametrize("answers", [["tevredn", "ontevreden", "zeer tevreden"],
                                     ["Agree", "Disagre", "Strongly agree"]])
def test_a_misspelt_step_keeps_its_place(answers):
    assert len(recognise(answers).values) == 3


def test_a_misspelling_between_two_steps_is_not_guessed():
    assert recognise(["neens", "oneens", "eens"]) is None


def test_codes_decide_where_the_words_of_a_scale_leave_a_step_open():
    answers = ["3 = vaak", "1 = nooit", "2 = als het uitkomt"]
    assert recognise(answers).values == ("1 = nooit", "2 = als het uitkomt", "3 = vaak")


def test_agree_and_the_middle_are_told_by_their_place():
    scale = recognise(["Eens", "Oneens", "Noch eens, noch oneens", "Volledig eens",
                       "Volledig oneens"])
    assert (scale.agree, scale.neutral) == (("Eens", "Volledig eens"), "Noch eens, noch oneens")


def test_without_as_many_steps_on_each_side_nothing_is_the_middle():
    assert recognise(["Eens", "Neutraal", "Oneens", "Volledig oneens"]).neutral is None


@pytest.mark.parametrize("family", read_families(), ids=lambda family: family.name["nl"])
def test_every_step_has_one_place_on_its_scale(family):
    places = defaultdict(set)
    for place, *words in [*family.entry.get("at", ()), *enumerate(family.entry.get("steps", ()))]:
        for word in words[0] if isinstance(words[0], list) else words:
            places[plain_words(word)].add(place)
    assert {word: found for word, found in places.items() if len(found) > 1} == {}


def test_codes_that_run_otherwise_than_the_words_decide():
    # Vagias (2006), Likert-type scale response anchors: "slightly" comes before "neutral" there.
    answers = ["4 - Neutral", "1 - Not at all important", "3 - Slightly important",
               "5 - Very important"]
    assert recognise(answers).values == (answers[1], answers[2], answers[0], answers[3])


@pytest.mark.parametrize("answers", [["A1", "A2", "A3", "A4"], ["1 a", "2 b", "3 c"],
                                     ["1 = fiets", "2 = auto", "3 = bus"]])
def test_codes_alone_give_no_order(answers):
    assert recognise(answers) is None


def test_a_word_and_its_opposite_make_a_scale_that_nobody_listed():
    answers = ["onbruisend", "zeer bruisend", "bruisend", "niet bruisend en niet onbruisend"]
    assert recognise(answers).values == (answers[0], answers[3], answers[2], answers[1])


@pytest.mark.parametrize("answers", [
    ["Not at all", "Once a term", "Once a month", "Once a week", "Most days"],
    ["Never", "A couple of times a term", "Every week", "Most days"],
    ["Nooit", "Een keer per semester", "Wekelijks", "De meeste dagen"],
    ["Nooit", "Een enkele keer", "Regelmatig", "Dagelijks"],
    ["1_zeer_oneens", "2_oneens", "3_neutraal", "4_eens", "5_zeer_eens"],
])
def test_terms_most_days_and_codes_before_an_underscore_are_put_in_order(answers):
    scale = recognise(shuffled(answers, 3))
    assert (scale.kind, list(scale.values)) == ("ordinal", answers)


def test_words_in_common_behind_yes_and_no_leave_the_degrees():
    scale = recognise(["Yes, very rude", "No, not at all rude", "Yes, somewhat rude"])
    assert scale.values == ("No, not at all rude", "Yes, somewhat rude", "Yes, very rude")
