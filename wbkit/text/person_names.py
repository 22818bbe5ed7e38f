"""First names, surnames and ordinary words: what tells a name from another word.

Written down for this project, without a source: names that are common among students and staff of
Dutch schools, of many backgrounds. A name that is not here is judged by how it is written.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FIRST_NAMES = _words("""
aad aadil aafke aaliyah aaltje aaron abby abdel abdelkarim abdellah abderrahim abdirahman abdou
abdul abdullah abdullahi abel abena abigail achraf ada adam adem adil adjoa adriaan adrian adriana
adrianus aeden agata aggie agnes agnieszka ahmad ahmed ahmet aicha aiden aisha aissa akram aladin
alan albert alberto aleksander aleksandra alessandro alessia alex alexander alexandra alexandru
ali alia alice alicia alicja alina aliya alma alperen ama amadou amal amanda amar amara amber amel
amelia amelie amin amina aminata amine amir amira amna amy ana anas anastasia andrea andreas
andreea andrei andrew andrzej angela angelina angelique angelo aniek anika anil anis anita anja
anjali ank anke ann anna annabel anne-marie anneke annelies anneloes annelotte annemarie
annemarijn annemiek annemieke annet annette annick annie annika anouar anouk anthony antje anton
antonia antonio aram arash ariana arie arjan arjen arjun armin arno arnold aron arthur artur asha
ashley ashna ashwin asia asiya asma astrid atakan ates aukje aurora ava aya ayden ayla aylin ayman
aymane ayoub ayse aysegul aysel azize azra babak bahar barbara barry bart bartek bartosz bas basma
bastiaan bauke beata beatrix ben bence benjamin benno benthe bep berat berend berkan bernard berry
bert bianca bilal biniam binta birgit bjorn bo boaz bob bogdan bogdana boris boubacar bouchra
boukje brahim bram brandon brecht brenda brian brigitte britt brooke brooklyn bruno burak busra
cagla caitlin cameron camila can candice cansu carel carla carlijn carlo carlos carmen carola
carolien caroline cas casper catharina catherine cato cecilia cees cemal ceren cevdet ceyda chaima
chaimae chantal charlie charlotte chayenne cheyenne chiara chidi chloe chris christa christel
christiaan christian christina christine christopher ciara cihan cindy claire clara claudia coen
colin connor conny cor corina corine cornelia cornelis corrie cosmin cristina cynthia daan dagmar
daisy dalila damian damla dana daniel daniela danielle danique danny daphne dario dave david
davide davy dawid dean debbie deborah deepak delano delphine demi denise deniz dennis derek derya
desi desiree desislava devin devran dewi diana dick diede diego dieke dieter dieuwertje dilan
dilara dilek dimitar dimitri dina dineke dinesh dini dion dirk dirkje djamila djenna dmytro
dominic dominik dominique donna donny doortje dorien dorota dorothy dounia duncan dunya dwayne
dylan ebru eda eddy edgar edith eduard edward edwin eefje ela eleanor elena elias elif elin eline
elisa elisabeth elise eliza elizabeth ella ellen elles ellie elly els elsa elske elvira emiel emil
emilia emily emine emir emma emmanuel emre enes engin enrico ercan eren eric erica erik erika erin
erkan ernst erwin esmee esra estelle esther ethan eugenie eva evelien eveline evelyn evert evi ewa
eward ewelina fabian fabienne fadime fadma fadoua faisal fang fanta farah fares farhan farida
fariha farouk fatemeh fatih fatiha fatima fatma fatoumata fay faye fayza feline femi femke femme
fenna fenne ferdi ferdinand ferhat ferry feven fien filip filmon finn fiona fleur floor floortje
florin floris folkert francesca francesco francis francisco franciska frank franka frans franziska
fred freddy frederik frederique freek frits froukje furkan gabriel gabriela gabriella galina gary
gavin geert geertje geertruida geesje geeta george georgi gerald gerard gerardus gerben gerda
gerlof gerrie gerrit gerrit-jan gerry gertjan giel gijs gijsbert gilles gillian gina gino giovanni
giovanny giulia giuseppe gizem gokhan goran grace graham grazyna greet greetje gregory greta
grietje grzegorz guido gul gulay gulsen gulsum gunter gurpreet gustav guus habib hadewych hafid
hafsa hajar hakan hakim halil halima hamid hamza hana hanan hanane hanna hannah hanneke hans
harald hariet harm harma harmke harold harper harpreet harrie harry harun hasan hasna hassan
hatice hava hawa hayat heather hedwig heidi heike hein heinz heleen helen helena helga helma
hendrik hendrika hendrikje henk hennie henri henriette henry herman hessel hester hetty hiba
hicham hidde hilal hilde hind hinke hiroshi hoa hong hosein hristo hubert huda hugo hulya huong
huseyin hussein hylke ian ibrahim ibrahima ibtissam ida idris iga igor ihsan ikram ilaria ilham
ilias ilja ilona ilse ilyas iman imane imran ina indra ineke ines inga ingeborg ingrid ioan ioana
ira irene irfan irina irma iryna isa isaac isabel isabella isabelle isaiah ishaq ismael ismail
issa issam ivan ivana ivaylo ivo iwan iwona iza jaap jacek jack jackson jacob jacoba jacqueline
jaden jael jaimie jaimy jake jakub jamal james jamie jamila jamilla jan jan-willem jana jane janet
janice janine janna janneke jannie janny jantje janusz jarno jasmijn jasmin jasmina jasmine jason
jasper javier jay jayden jayla jaylano jaylen jean jeandro jeanine jeffrey jelena jelle jelmer
jennifer jenny jens jeremy jeroen jerry jeslyn jesper jesse jessica jessie jesus jet jetske jette
jiahui jikke jill jim jimmy jing jip jitske jo joan joanna joao job jochem joel joelle joep joeri
johan johanna johannes john johnny jolanda jolanta jolien jolijn jonas jonathan joost jopie jordan
jordi jordy jorg jorge joris jorn jorrit jort jos jose josefien joseph josephine josh joshua
josien joyce jozef joziena juan judith julia julian juliana julie juliet juliette julius jun
jurgen jurre jurriaan jursley just justin kaan kacper kadiatou kadir kaitlyn kambiz kamil kamila
karel karen karim karima karin karina karl karlijn karol karolina kasia kasper katarina katarzyna
kate kateryna katharina kathleen kathy katie katinka katja kay kayden kaylee kayleigh kees keesje
keisha keith kelly kelsey kemal ken kenan kenneth kenny kenza kerem kerim kevin khadija khadijah
khaled khalid kian kiara kim kimberley kimberly kinga kirsten kitty kjell klaas klara klaudia
klaus klazien koen kofi koos krista kristel kristian kristina krzysztof kubilay kubra kwame kyan
kyara kyle kyra laila lale lamiae lana lara lars laura lauren laurens laurent lea leandra leanne
leen leendert leila leily lena lenka lennart lenny leo leon leona leonie lex leyla leyna lia liam
lian lida lidia lieke lien lies liesbeth lieuwe lieve lily lina linda lindsay lindsey linh linn
linus lisa lisanne lisette liz liza lizzy lloyd lobke lodewijk loes logan lois lonneke lorenzo
lorraine lotte lou loubna louis louisa louise luc luca lucas lucia lucie lucy ludmila luis luka
lukas lukasz luna lutfi luuk luwam lynn lysanne maaike maarten maartje mabel machteld maciej
mackenzie maddie madelief madelon madison mads magda magdalena mahdi mahesh mahir mahmoud mahmut
mahsa maikel mairead maja malak malgorzata malik malika malin malou mandy manfred manon manouk
manuel maral marc marcel marcella marcin marco marcos marcus marga margaret margje margot margreet
margriet maria mariam mariama marian mariana marianne marieke mariel marielle marien marije
marijke marijn marike marilyn marina mario marion marisa marissa marit marja marjan marjanne
marjolein marjon mark marko markus marleen marlies marlijn marloes marlon marnix marouane marry
marsha martha marthe martijn martin martina martine martyna marvin marwa marwan mary maryam maryse
mason mateo mateusz mathijs mathilde matt matteo matthew matthias matthijs maud maurice maurits
max maxim maxime may maya medine mees megan mehari mehdi mehmet mei-ling meike melanie melike
melis melisa melissa melle melvin menno merel merijn mert merve meryem mette mia micha michael
michaela michal michel michelle michiel mick mieke miguel mihaela mihai mika mike mikel mikolaj
mila milan milena milou mina mine ming minh minke mira miranda mireille mirella miriam mirjam
mirte mirthe misha mitch mitchell mo moana moestafa mohamed mohammad mohammed mohamud moniek
monika monique mouna mounir mourad moussa muhammad muhammed muhammet murat musa mustafa mustapha
nabil nada nadia nadine nadir nahom naima naomi naomie naoufal nasim nasira nasser natalia natalie
nataliia natasha nathalie nathan natnael navid nawal nawfal nazli neal neeltje nelleke nermin
nesrin ngozi nguyen nicholas nick nicky nico nicolas nicole niek niels nienke nigel nijad nikita
nikki nikola nikolai nikolay nil nils nina noa noah noel noelle noor noortje nora nordin noreen
norman noufel nouhaila nour noura nuray nurcan nuri nynke odette ofelia oksana ola olaf oleksandr
olena olga oliver olivia oliwia omar omer onder onno onur orhan orlando oscar oskar osman ot otto
ouassim oumaima oumar oumayma ousmane owen oyinkan ozan ozge ozlem pablo paddy pamela paolo parisa
pascal pascalle patricia patrick patrik patryk paul paula paulien paulina pauline pawel pedro
peggy penelope pepijn peter petra petrus phil philip philippe phuong pia pien pierre piet pieter
pieternel pilar pim pinar piotr pip plamen pleun priscilla priya priyanka puck qiang quang quincy
quinn quinten quintin rabia rachel rachid rachida radha radjesh radka radoslaw radu rafael rafal
raghad rahel rahim rahma raimond ralf ralph ramazan ramesh ramon rana randy rania raoul raphael
rashad rashid ravi rayan rayane rayen raymond razvan rebecca redouan redouane reem reinder reinier
reinout rejane rekha remco remi remy renate rene renee renske reshma resul reyhan reza ria riad
ricardo richard richelle rick rico riet rigoberto rik rina rinske rishi rita robbert robert
roberto robin rocco rochelle roderick rodrigo roel roeland roger rohan roland rolf roman romana
romee romy ronald ronnie roosmarijn rory rosa rosalie rosanne roshan roshni rowan rowena roxana
roxanne roy roya royce ruben rudi rudolf rudy rukiye rupert rutger ruth ruthsel ruud ryan saar
sabah sabina sabine sabrina sacha safae safia sahar said saida salah salem salim salima sally
salma salwa samantha samar sami samiel samir samira samuel sandeep sander sandra sanjana sanjay
sanne sara sarah sarina sascha saskia savannah savitri scott sean sebastiaan sebastian sebnem seda
sefa selam selena selim selin selma semhar semih semra sena senait serdar serena serhat serhii
serkan sevda sevgi sevim seydou shadi shahid shaima shanaya shania shanice shannon shanti
shaquille sharda sharida sharina sharmila sharon shawn sheila shelly sherida sherwin shirin
shirine shirley shivani shreya shurandy sibel siebe sietse sietske sigrid sil silke silvia simge
simon simone sina sinan siobhan sita sjaak sjef sjoerd sjors sjoukje soe sofia sofie sohail soma
sonia sonja sophia sophie soraya sorin souad soufian soufiane soukaina soulaimane soumia stan
stanislaw stefan stefania stefanie stefano steffie stella stephan stephanie sterre steve steven
stijn stoyan stuart sudenur sukru suleyman sumeyra sumeyye sunil suresh susan susana susanne suzan
suzanne sven svenja svetlana swen sybren sylvia sylvie sylwia szymon taha tamar tamara tamer tanja
tanya tara tarik tariq taylan taylor ted teddy teresa tesfay tess tessa tetiana teun teuntje thea
theo theodoor thera theresa thi thierry thijmen thijs thirza thom thomas tiago tiemen tiffany
tijmen tijn tijs tim timo timothy timur tina tineke tirza tjalling tjeerd tjitske tobias tolga tom
tomas tomasz tommy ton tonnie toon toos tracey trang trevor trijntje tristan trudy truus
tsvetelina tuan tuana tuba tugba tugce tycho tygo tyler ufuk ugur ulrike umar umit umut ursula
usha uwe vahid valentina valeria valerie vanessa vasil veerle vera veronica veronique victor
victoria vidya vikram viktor vince vincent vinod violet virginia vivian vlad vladimir volkan
volodymyr wail walid walter wanda wassim waut wei wendy wesley wessel whitney widad wiebe wieger
wies wiktor wiktoria wil wilbert wilco wilfred wilhelmina wilhelmus willeke willem willem-jan
willemijn william willy wilma wim winnie winston wissal wissam wojciech wolfgang wout wouter wytze
xander xavi xavier xena xin yael yagmur yahya yan yang yannick yara yasemin yasin yasir yasmin
yasmina yasmine yassin yassine yassir yassmina yeliz yesim yildiz ymke yohannes yonas yoran yorick
yosef youri yousra youssef youssra yuki yulia yunus yusra yusuf yves yvette yvonne zahra zainab
zakaria zara zayd zayn zehra zeinab zeki zena zeynep ziggy zineb zinedine zita zoe zofia zohra
zoran zubair zubeyde zulaika zuzanna zuzia
""")
SURNAMES = _words("""
aalbers abdi adams akkerman aksoy akyol alaoui alberts allen amrani anderson aydin azzouzi baker
bakkali bakker becker beekman bell benali berends biharie boersma bos bosch bosman bouali boukhari
bouwman bouzid brands brouwer brouwers brown bruijn bruin bulut burger campbell celik cetin clark
clarke coenen cohen cooper davies dekker demir dijk dijkstra dogan doorn driessen edwards erdogan
evans evers faber fischer garcia geerts gerritsen girigoria goossens graaf green groen groot haan
haddad hall hamdi harris hendriks hermans heuvel hill hoekstra hoffman hofman hughes huisman
hussain idrissi ionescu ivanov jackson jacobs jagroep jansen janssen johnson jones jong jonge
jonker kaminski kaplan kara karaca kartosoewito kaya kelly khan kilic king klein koc kok koning
koster kowalczyk kowalska kowalski kraan kramer kuiper kuipers kumar lange leeuwen lewandowski
lewis linden lopez maas mahabier mansouri martens martin martina martinez meer meijer meyer
mitchell mol molenaar moore morgan morris mulder muller murphy nguyen nowak oosterhout ouali
ozdemir ozturk patel peeters peters petrov phillips polat popescu post postma prins pronk rahman
ramdin ramlal ramos roberts robinson ruiter sahin sanders santos sarmiento schipper schmidt
schneider scholten schouten schuurman shaw silva simons singh slot smeets smit smith smits
snijders soekhai spek stam steen tas taylor thomas thompson timmerman timmermans tran tuinman
turner vandenberg veen veenman veenstra verbeek verhagen verhoeven vermeer vermeulen vink visser
vliet vos vries vroom wagner wal walker ward watson weber white wiersma wilkens willems williams
wilson wisniewski wit witte wojcik wolf wong wood wright yahyaoui ydema yildirim yilmaz zielinski
zijlstra zwart
""")
# names that are words too
ORDINARY_NAMES = _words("""
amber angel angelo anis april asia august aurora baker bakker becker bell ben berg bloem bo bob
boer bos brouwer brown bruin burger can carmen cas cook cooper crystal day dekker destiny dijk
dijkstra dokter els faith floor frank freek goud graaf grace green groen groot gul haan haas hall
harper heer heuvel hiba hill hind hong hoop hope ijs iris jager jan jasmijn jasmine jay jet job
joep jong jonge jonker jordan joy jun june just kaya keizer kim king kleermaker klein kok koning
koster kramer kuiper kunst lady lange ley lies lily linden loes logan long maan madelief major
mare marina mark mason max may meer mees meester mei merel mila mina mo mol molenaar morgen mulder
nil noor olie ot peer pen pier pim pip post price prins puck raven rijk rik robin roman roos rosa
rose roy ruiter ruud sam sanders savannah schilder schipper sem sil sky skye slager smid smit snel
spek stam stan star steen sterk sterre stone storm summer tas ted tim timmerman timmermans tom ton
toon tuinman veen victor vink violet visser vliet vogel vos vriend vroom wagner wal walker ward
water wed wei west white wil will wit witte wolf wood wright yang young zand zee zoet zomer zon
zwaan zwart
""")
ORDINARY_WORDS = _words("""
aandacht administratie afdeling agree alkmaar allemaal alles almelo almere altijd always
amersfoort amsterdam anders antwerpen apeldoorn arnhem assen assistent augustus aula auto
automotive avond baan bad balie barneveld bbl bedrijf begeleider begeleiding beheer berlin beroep
bestuur bibliotheek biologie biology boek bol boss bouw bouwkunde boy breda broer brother brussel
burgerschap bus business buurman buurvrouw care catering centrum chemistry class classroom coach
coaches colleague colleagues collega collegas college computer conciërge construction creatief
cultuur dag dans dansen decaan december delft deventer dienst digitaal dinsdag directeur directie
disagree docent docenten donderdag dordrecht duits dutch east economie ede eens eindhoven elektro
elektrotechniek emmen engels engineering english enschede entree entry europa examen examens
facilitair fair familie family father februari feedback female fiets finance financieel food frans
french friend friends gebouw gedrag geen geld gent german geschiedenis gezin gezondheid girl goed
good gouda great groen groep groningen haarlem handel haven havo hbo health heerlen helmond
hengelo hilversum history hobby holland hoofdgebouw hoorn horeca hospitality huis huiswerk ict ik
informatie installatie instructeur internet inval ja januari jongen juli juni juridisch kantine
kantoor kapper kennis keuken kinderen klantenservice klas klasgenoot klasgenoten kleding kok koken
kunst laboratorium landbouw leerling leerlingen leeuwarden leiden lelystad leraar leren les lessen
logistiek lokaal london lopen luisteren maandag maart maastricht male man management manager
maritiem marketing marokko math mathematics maths matig mavo maybe mbo mechanics medewerker media
mei meisje mentor mentors meppel metaal metsen misschien mode moeder mother motor music muziek
nederland nederlands nederlandse nee neutraal neutral never niemand niets nijmegen niks niveau no
nobody none nooit noord north nothing november officemanager often oktober oma ondersteuning
onderwijs onderwijsassistent onderzoek oneens ontevreden oost opa open opleiding orde organisatie
other ouder ouders overig parents paris pauze personeel persoon pesten physics plannen planning
poor praktijk praten privé proces project purmerend raalte rarely redelijk rekenen respect
respondent richting roc roosendaal rooster rotterdam rust schiedam scholen school schoolleider
schoonmaak science secretaresse september services sister slb slber slecht sociaal sometimes soms
south spaans spanish sport sporten sports stage stagebegeleider stress student studenten students
studie sturen subject supervisor suriname taal talen teacher teachers team teamleider teams tech
techniek technologie technology tekenen tevreden thuis tijd tilburg toerisme toets toetsen
training trein turkije tutor uiterlijk utrecht vaak vader veiligheid venlo verkoop verpleegkunde
verpleging vertrouwenspersoon verzorging vmbo voeding voertuigen voldoende vragen vriend vrienden
vriendin vrijdag vrije vrijwilliger vrouw vwo wat weekend welding welzijn werk west wij winkel
winkelmedewerker wiskunde woensdag woman work yes zaandam zaterdag zelden zoetermeer zondag zorg
zorgcoördinator zuid zus zusje zwolle
""")
# first names with which many sentences begin
OPENING_WORDS = _words("can hope just may mei wil will")
