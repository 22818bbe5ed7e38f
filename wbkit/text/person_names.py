"""First names, surnames and ordinary words: what tells a name from another word.

Written down for this project, without a source: names that are common among students and staff of
Dutch schools, of many backgrounds. A name that is not here is judged by how it is written.
"""

FIRST_NAMES = frozenset("""
aad aadil aafke aaliyah aaron abby abdel abdellah abdelkarim abderrahim abdirahman abdul abdullah
abdullahi abel abigail achraf ada adam adem adil adriaan adrian adriana aeden aggie agnes agnieszka
ahmad ahmed ahmet aicha aisha aissa akram aladin alan albert alberto aleksandra alessandro alex
alexander alexandra alexandru ali alia alice alicia alina aliya alma alperen amal amanda amar amber
amel amelia amin amina amine aminata amir amira amna amy ana anas anastasia andrea andreas andrei
andrew andrzej angela angelina angelique aniek anika anis anita anja ank anke ann anna annabel
anneke annelies annemarie annemiek annet annette annick annie annika anouar anouk anthony antje
anton antonia antonio aram ariana arie arjan arjen armin arnold arno aron arthur artur asha ashley
asia asiya asma astrid atakan ates aukje aurora ava aya ayden ayla aylin ayman aymane ayoub ayse
aysel aysegul azize azra bahar barbara barry bart bartosz bas basma bastiaan bauke beata beatrix ben
bence benjamin benno benthe berat berend berkan bernard berry bert bianca bilal birgit bjorn bo bob
boaz bogdan boris boukje bouchra brahim bram brandon brecht brenda brian brigitte britt brooke bruno
burak busra caitlin cameron can candice carel carla carlijn carlo carlos carmen carola carolien
caroline casper cas catharina catherine cato cecilia cees cemal ceren cevdet chaima chantal charlie
charlotte chayenne cheyenne chloe chris christa christiaan christian christel christina christine
christopher ciara cihan cindy claire clara claudia coen colin connor conny cor corina corine
corrie cristina cynthia daan dagmar daisy dalila damian damla dana daniel daniela danielle danique
danny daphne dario dave david davide davy dean debbie deborah delano delphine demi denise dennis
deniz derek derya desi desiree devin devran dewi diana dick diego dieke diede dieuwertje dilan
dilara dimitri dina dineke dion dirk dirkje djamila djenna dominic dominik dominique donna donny
doortje dorien dorothy dounia dunya duncan dwayne dylan ebru eda eddy edgar edith eduard edward
edwin eefje ela elena eleanor elias elif elin eline elisa elisabeth elise eliza elizabeth ella
ellen elles ellie elly els elsa elske elvira emiel emil emilia emily emine emir emma emmanuel emre
enes engin enrico ercan eren eric erica erik erika erin erkan ernst erwin esmee esra estelle esther
ethan eugenie eva evelien eveline evelyn evert evi ewa eward fabian fabienne fadoua fadma faisal
farah fares farida fariha farouk fatih fatiha fatima fatma fatoumata fay faye fayza feline femke
fenna fenne ferdi ferdinand ferhat ferry fien filip finn fiona fleur floor floris floortje francesca
francesco francis franciska frank franka frans franziska fred freddy frederik frederique freek
frits furkan gabriel gabriela gabriella galina gavin geert geertje geertruida george gerald gerard
gerda gerben gerrie gerrit gerry gertjan giel gijs gijsbert gilles gina gino giovanni gizem
gokhan goran grace graham grazyna greet greetje greta grzegorz guido gul gulsen gulsum gustav guus
habib hadewych hafid hafsa hajar hakan hakim halil halima hamid hamza hana hanan hanane hanna hannah
hanneke hans harald hariet harm harma harold harrie harry harun hasan hasna hassan hatice hava hayat
heather hedwig heidi hein heleen helen helena helma hendrik hendrika henk hennie henri henriette
henry herman hessel hester hidde hicham hilal hilde hind huda hugo huseyin hussein ian ibrahim ibtissam
ida idris igor ihsan ikram ilaria ilham ilias ilja ilona ilse ilyas iman imane imran ina indy ineke
ines inga ingeborg ingrid ioana ira irene irfan irina irma isa isaac isabel isabella isabelle isaiah
ishaq ismael ismail issam ivan ivana ivo iwan iwona iza jaap jack jackson jacob jacoba jacqueline
jaden jael jaimy jake jakub jamal james jamie jamila jamilla jan jana jane janet janice janine janna
janneke janny jannie janusz jarno jasmijn jasmin jasmina jasmine jason jasper javier jay jayden
jayla jaylano jean jeanine jeffrey jelena jelle jelmer jennifer jenny jens jeremy jeroen jerry jesper
jesse jessica jessie jet jette jeslyn jetske jill jim jimmy jip jitske jo joan joanna joao job
jochem joel joelle joep joeri johan johanna johannes john johnny jolanda jolien jolijn jonas jonathan
joost jordan jordi jordy joris jorg jorge jorn jort jos jose josefien josephine joseph josh joshua
josien joyce joziena juan judith julia julian juliana julie juliet juliette julius jurgen jurre just
justin kaan kadir kaitlyn kamil kamila karel karen karim karima karin karina karl karlijn karol
karolina kasia kasper katarina katarzyna kate katharina kathleen kathy katie katinka katja kay kaylee
kayleigh kees keesje keisha kelly kelsey kemal ken kenan kenneth kenny kenza kerem kerim kevin khadija
khadijah khaled khalid kian kiara kim kimberley kimberly kirsten kitty kjell klaas klara klaudia
koen koos krista kristel kristian kristina krzysztof kubra kyan kyara kyra kyle lady laila lale lamiae
lana lara lars laura lauren laurens laurent lea leanne leandra leen leendert leila leily lena lenka
lennart lenny leo leon leona leonie lex leyla leyna liam lian lidia lieke lien lies liesbeth lieve
lieuwe lily lina linda lindsay lindsey linn linus lisa lisanne lisette liv liz liza lizzy lloyd lobke
loes lodewijk lois lonneke lorenzo lotte lou loubna louis louisa louise luc luca lucas lucia lucie
lucy luis luka lukas lukasz luna lutfi luuk lynn lysanne maaike maarten maartje mabel machteld maciej
maddie madelief madelon madison mads magda magdalena mahdi mahir mahmoud mahmut maikel mairead malak
malgorzata malika malin malou malik mandy manfred manon manouk manuel maral marc marcel marcella
marcin marco marcos marcus mare marga margaret margot margreet margriet maria mariam marian mariana
marianne marieke mariel marielle marieke marien marije marijke marijn marijn marijn marike marilyn
marina mario marion marisa marissa marit marja marjan marjolein marjon mark marko markus marleen
marlies marlijn marlon marloes marnix marouane marsha martha marthe martijn martin martina martine
martyna marvin marwa marwan mary maryam maryse mateo mateusz mathijs mathilde matt matteo matthew
matthias matthijs maud maurice maurits max maxim maxime may maya medine mees megan mehdi mehmet
meike melanie melike melis melisa melissa melle melvin menno merel merijn mert merve meryem mette
mia micha michael michaela michal michel michelle michiel mick mieke miguel mihai mika mike mikel
mila milan milena milou mina mine minke mira miranda mireille miriam mirjam mirella mirte mirthe misha
mitch mitchell mo moana moestafa mohamed mohammad mohammed mohamud moniek monika monique mounir
mourad mouna muhammad muhammed muhammet murat musa mustafa mustapha nabil nada nadia nadine nadir
nahom naima naomi naoufal nasim nasira nasser natalia natalie natasha nathalie nathan naomie nawal nazli
neal neeltje nelleke nermin nesrin nicholas nick nicky nico nicolas nicole niek niels nienke nijad
nikita nikki nikola nikolai nil nils nina noa noah noel noelle noor noortje nora nordin noreen norman
nouhaila noura nour nuray nurcan nuri odette ofelia olaf olga oliver olivia omar omer onno onur orhan
orlando oscar osman ot otto ouassim oumaima oumayma owen ozan ozge ozlem pablo paddy pamela pascal
pascalle patricia patrick patrik patryk paul paula paulien paulina pauline pawel pedro peggy penelope
pepijn peter petra phil philip philippe pia pien pierre pieter pieternel pim pip piotr pleun priya
priscilla puck quincy quinn quinten rabia rachel rachid rachida radoslaw rafael rafal raghad rahim
rahma raimond ralf ralph ramazan ramon rana randy rania raoul raphael rashad rashid raymond rayan
rayane rebecca redouan redouane reem reinier reinder reinout rejane rekha remco remi remy rene renate
renee renske reshma resul reyhan ria riad richard richelle rick ricardo rico rik rina rinske rita
robbert robert roberto robin rocco rochelle roderick rodrigo roel roeland roger roland rolf roman
romana romee romy ronald ronnie rory rosa rosalie rosanne roshni rowan rowena roxana roxanne roy royce
ruben rudi rudolf rudy rukiye rupert ruth rutger ruud ryan saar sabah sabina sabine sabrina sacha
safae safia sahar said saida salah salem salim salima sally salma salwa samantha samar sami samir
samira samuel sander sandra sanne sara sarah sarina sascha saskia savannah scott sean sebastian
sebastiaan sebnem seda sefa selena selim selin selma semih semra sena serdar serena serhat serkan
sevda sevgi sevim shadi shahid shaima shanaya shania shanice shannon sharda sharida sharon shawn sheila shelly
sherida sherwin shirley shreya sibel siebe sietse sietske sigrid sil silke silvia simge simon simone
sina sinan siobhan sjaak sjef sjoerd sjors skye soe sofia sofie sohail soma sonja sonia sophia sophie
soraya souad soufian soufiane soukaina soumia stan stanislaw stefan stefanie steffie stella stephan
stephanie sterre steve steven stefano stijn storm sudenur suleyman sumeyra sumeyye susan susana susanne
suzan suzanne svenja sven svetlana swen sylvia sylvie sylwia szymon taha tamar tamara tamer tanja
tanya tara tarik taylan taylor ted teddy teresa tess tessa teun teuntje thea theo theodoor theresa
thierry thijmen thijs thirza thom thomas tiago tiemen tiffany tijmen tijn tim timo timothy timur tina
tineke tirza tjeerd tjitske tobias tolga tom tomas tomasz tommy ton tonnie toon trijntje tristan truus tugba
tugce tuana tycho tygo tyler ufuk ulrike ugur umit umut ursula usha vahid valentina valerie vanessa
veerle vera veronica veronique victor victoria vidya vincent vince viktor violet virginia vivian
vladimir volkan wail walid walter wanda wassim waut wesley wessel whitney widad wiebe wieger wies
wiktoria wilbert wilco wilfred wilhelmina willeke willem willemijn william willy wilma wim winnie winston
wojciech wouter wout xander xavier xena yael yagmur yahya yannick yara yasemin yasin yasir yasmin
yasmina yasmine yassin yassine yassir yesim yildiz yonas yorick yosef youri youssef youssra yoran
yunus yusra yusuf yvette yvonne yves zahra zainab zakaria zara zayd zehra zeki zena zeynep zineb
zita ziggy zoe zofia zohra zoran zuzanna jiahui wei ming xin yan yuki hiroshi mei-ling thi nguyen
femi chidi ngozi kwame kofi abena ama amara adjoa tariq umar zubair farhan harpreet gurpreet arjun
sanjay sanjana anjali deepak ravi rohan sunil vikram indra rishi shivani ashwin roshan radjesh
tesfay filmon samiel selam helen semhar senait yohannes mehari biniam natnael feven rahel luwam
aleksander oleksandr olena oksana dmytro iryna kateryna serhii tetiana volodymyr yulia nataliia
""".split())
SURNAMES = frozenset("""
aalbers abdi adams akkerman aksoy akyol alberts aydin bakker bakkali beekman berends bos boersma bosch
bosman boukhari bouwman brands brouwer brouwers bruijn bruin bulut burger celik cetin cohen coenen demir
dekker dijk dijkstra dogan doorn driessen evers erdogan faber garcia geerts gerritsen goossens graaf
groen groot haan hermans hendriks heuvel hoekstra hofman hoffman hussain huisman idrissi jacobs jansen
janssen jong jonge jonker kaya karaca kaplan kara kilic klein koc koning kok koster kramer kraan kuiper
kuipers kumar khan lange leeuwen linden lopez maas martens martinez meer meijer meyer mol molenaar mulder
muller nguyen nowak oosterhout ozdemir ozturk peeters peters polat post postma prins pronk ramdin ramos
rahman ruiter sahin sanders santos sarmiento schipper scholten schouten schuurman silva simons singh
slot smeets smit smits smith snijders spek steen stam tas timmermans timmerman tas tran tuinman vandenberg veen
veenstra verbeek verhoeven vermeer vermeulen veenman verhagen vink visser vliet vos vries vroom wal
wiersma wilkens willems williams wit witte wolf wong yilmaz yildirim ydema zwart zijlstra brown jones
taylor johnson davies evans wilson thomas roberts walker wright robinson thompson white hughes edwards
green hall wood harris lewis martin jackson clarke clark turner hill cooper ward morris moore king watson
baker morgan patel allen anderson mitchell phillips campbell bell shaw kelly murphy schmidt schneider
fischer weber wagner becker amrani yahyaoui alaoui bouzid benali haddad hamdi azzouzi ouali bouali mansouri
kowalski kowalska kowalczyk wisniewski wojcik kaminski lewandowski zielinski ivanov petrov popescu ionescu
ramlal mahabier biharie jagroep soekhai kartosoewito martina girigoria
""".split())
ORDINARY_NAMES = frozenset("""
april august bakker baker becker bell berg bloem bos boer brouwer brown bruin burger cook cooper day
dekker dijk dijkstra dokter faith floor frank goud graaf green groen groot grace haan haas hall heer heuvel
hill hoop hope iris ijs jager jan jay jong jonge jonker joy june just kaya keizer kleermaker king klein kok
koning koster kramer kuiper kunst lange ley linden lily long maan major mark may meer mei meester molenaar mol
morgen mulder noor olie peer pen pier post price prins puck raven rijk roos rose roman ruiter ruud sanders
schipper schilder slager smid smit sky snel spek star steen sterk sterre stam stone storm summer tas
timmerman timmermans tuinman veen victor vink visser vliet vogel vos vriend vroom wagner walker wal ward
water wed west white will wit witte wolf wood wright young zand zee zoet zomer zon zwaan zwart
can sil mees merel mare pip bo cas job jet lies mees mila mina ot roy rik stan ted ton tom tim toon
destiny angel crystal amber jasmine violet max pim nil sem mo joep just ben els loes puck bob kim sam
""".split())
ORDINARY_WORDS = frozenset("""
administratie afdeling assistent aula auto avond baan balie bedrijf begeleider begeleiding beroep
bestuur bibliotheek biologie bol bbl boek bouw bouwkunde bus burgerschap business care catering coach
college computer conciërge creatief cultuur dag dans dansen decaan dienst digitaal directeur directie docent
docenten duits economie elektro elektrotechniek engels entree examen examens facilitair familie
feedback financieel fiets frans gebouw gedrag geen geld geschiedenis gezin gezondheid goed groen groep
handel haven hobby horeca hospitality huis huiswerk ict informatie ik installatie instructeur inval
internet januari februari maart mei juni juli augustus september oktober november december juridisch
kantine kantoor kapper kennis keuken kinderen klas klasgenoot klasgenoten kleding koken kok kunst laboratorium
landbouw leerling leerlingen leren les lessen leraar logistiek lokaal lopen luisteren maandag dinsdag woensdag
donderdag vrijdag zaterdag zondag management marketing maritiem mavo havo vwo vmbo mbo hbo media medewerker
mentor metaal metsen mode motor muziek nederlands nee niemand niets niks niveau officemanager onderwijs onderwijsassistent
onderzoek ondersteuning open opleiding orde organisatie ouder ouders overig pauze persoon personeel pesten
plannen planning praktijk praten privé proces project rekenen respect respondent richting roc rooster
rust school scholen schoolleider schoonmaak secretaresse slb slber sociaal spaans sport sporten stage
stagebegeleider stress student studenten studie sturen taal talen team teams techniek technologie
tekenen teamleider thuis tijd toerisme toets toetsen trein uiterlijk veiligheid verkoop verpleging vertrouwenspersoon
verpleegkunde verzorging vrienden vriend vriendin vrije vragen voertuigen voeding vrijwilliger wat weekend
welzijn werk wij winkel wiskunde zorg zorgcoördinator anders alles allemaal aandacht
biology chemistry class classroom construction dutch engineering english entry finance food french german
health history maths math mathematics mechanics music other nothing nobody none no yes ja physics science
services spanish sports student students subject teacher teachers technology tech training welding work
moeder vader broer zus zusje oma opa buurvrouw buurman collega collegas manager friend friends family parents mother
father brother sister colleague colleagues mentors coaches tutor supervisor boss
nooit soms vaak altijd zelden eens oneens neutraal slecht matig voldoende redelijk tevreden ontevreden
never sometimes often always rarely agree disagree neutral poor fair good great bad maybe misschien
man vrouw jongen meisje male female woman boy girl noord zuid oost west centrum north south east hoofdgebouw
amsterdam rotterdam utrecht eindhoven groningen tilburg almere breda nijmegen apeldoorn haarlem arnhem
enschede amersfoort zwolle leiden dordrecht zoetermeer deventer delft alkmaar leeuwarden venlo helmond
hilversum heerlen hengelo maastricht purmerend lelystad roosendaal schiedam assen emmen gouda hoorn meppel
almelo ede zaandam barneveld raalte nederland holland europa nederlandse turkije marokko suriname london
paris berlin brussel antwerpen gent
""".split())
