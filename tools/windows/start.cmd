@echo off
rem Sets wbkit up in the user's own folder, the first time only, and opens JupyterLab at a study.
rem Plain ASCII, and no chcp: Python writes to the console in Unicode by itself. Every path stands
rem in quotes, so that spaces, an ampersand and brackets in it do no harm. No block in brackets, no
rem delayed expansion: a bracket or an exclamation mark in a path would end or change it.
setlocal EnableExtensions DisableDelayedExpansion
title wbkit

set "HERE=%~dp0"
set "MARK=@MARK@"
set "CHECK=import sys, sysconfig, ensurepip, venv; sys.exit(sys.version_info[:2] not in [@TUPLES@] or sysconfig.get_platform() != 'win-amd64')"
set "PIP_DISABLE_PIP_VERSION_CHECK=1"
set "PIP_NO_INPUT=1"
set "PIP_USER=0"
set "PYTHONUTF8=1"
set "PYTHONHOME="
set "PYTHONPATH="

if not exist "%HERE%requirements.lock" goto :not_unpacked
if not defined LOCALAPPDATA goto :no_folder

rem A Python of the Microsoft Store cannot write in LOCALAPPDATA where others see it: then wbkit
rem stands in the second folder. Neither is a folder of OneDrive.
set "PLACE=%LOCALAPPDATA%\wbkit"
call :is_ready && goto :study
set "PLACE=%USERPROFILE%\.wbkit"
call :is_ready && goto :study
set "PLACE=%LOCALAPPDATA%\wbkit"

echo wbkit wordt nu klaargezet. Dat gebeurt maar 1 keer. Laat dit venster open.
echo.
echo Stap 1 van 3: Python zoeken.
set "PY="
set "OPTION="
for %%V in (@VERSIONS@) do call :try py -%%V
call :try python
for %%V in (@FOLDERS@) do call :try_folder %%V
if not defined PY goto :no_python
echo   Gevonden.

echo Stap 2 van 3: een eigen plek maken voor wbkit.
mkdir "%PLACE%" 2>nul
if not exist "%PLACE%" goto :no_folder
"%PY%" %OPTION% -m venv --clear "%PLACE%\venv" || goto :no_venv
if exist "%PLACE%\venv\Scripts\python.exe" goto :install
set "PLACE=%USERPROFILE%\.wbkit"
mkdir "%PLACE%" 2>nul
if not exist "%PLACE%" goto :no_folder
"%PY%" %OPTION% -m venv --clear "%PLACE%\venv" || goto :no_venv
if not exist "%PLACE%\venv\Scripts\python.exe" goto :no_venv

:install
set "PYTHON=%PLACE%\venv\Scripts\python.exe"
echo Stap 3 van 3: @COUNT@ onderdelen installeren. Dit kan 20 minuten duren.
if not exist "%HERE%wheels\*.whl" goto :from_internet
echo   De onderdelen zitten in deze map. Er is geen internet nodig.
set "PIP_CONFIG_FILE=nul"
"%PYTHON%" -m pip install --quiet --no-index --find-links "%HERE%wheels" --require-hashes -r "%HERE%requirements.lock" || goto :not_installed
goto :wbkit_itself

:from_internet
echo   De onderdelen komen van internet.
"%PYTHON%" -m pip install --quiet --require-hashes -r "%HERE%requirements.lock" || goto :not_installed

:wbkit_itself
"%PYTHON%" -m pip install --quiet --no-index --no-deps --force-reinstall "%HERE%@WHEEL@" || goto :not_installed
del /q "%PLACE%\ready-*.txt" 2>nul
>"%PLACE%\ready-%MARK%.txt" echo %MARK%
if not exist "%PLACE%\ready-%MARK%.txt" goto :no_folder
echo   Klaar.
echo.

:study
set "PYTHON=%PLACE%\venv\Scripts\python.exe"
set "PATH=%PLACE%\venv\Scripts;%PATH%"
rem Explorer puts no quotes around a dropped path with an ampersand and no space: what comes in is
rem then half a path. So a folder that was dropped must be a study; none is made there.
set "STUDY=%~1"
if not defined STUDY goto :ask
if exist "%STUDY%\data\study.toml" goto :tidy
echo In de map die je gaf, vind ik geen onderzoek van wbkit.
set "STUDY="

:ask
if exist "data\study.toml" set "STUDY=%CD%"
if defined STUDY goto :tidy
echo In welke map staat je onderzoek? Sleep de map naar dit venster en druk op Enter.
echo Heb je nog geen onderzoek? Druk dan alleen op Enter. Dan maak ik er een voor je.
set /p "STUDY=Map: "
if not defined STUDY set "STUDY=%USERPROFILE%\wbkit-onderzoek"

:tidy
set "STUDY=%STUDY:"=%"
if not defined STUDY goto :no_study
if "%STUDY:~-1%"=="\" set "STUDY=%STUDY:~0,-1%"
if "%STUDY:OneDrive=%"=="%STUDY%" goto :which
echo Let op: deze map staat in OneDrive. Namen en antwoorden van mensen horen daar alleen
echo als je instelling dat goedvindt. Wacht met sluiten tot OneDrive klaar is.

:which
if exist "%STUDY%\data\study.toml" goto :open
echo Ik maak een nieuw onderzoek in "%STUDY%".
"%PYTHON%" -m wbkit new "%STUDY%" || goto :no_study

:open
echo.
echo JupyterLab gaat open in je browser. Laat dit venster open zolang je werkt.
echo In het andere venster kun je opdrachten typen, zoals: wbkit check
start "Opdrachten van wbkit" /D "%STUDY%" cmd /k echo Typ hier een opdracht, zoals: wbkit check
"%PYTHON%" -m wbkit lab --study "%STUDY%" || goto :no_lab
exit /b 0

:is_ready
if not exist "%PLACE%\ready-%MARK%.txt" exit /b 1
"%PLACE%\venv\Scripts\python.exe" -c "import wbkit" >nul 2>nul || exit /b 1
exit /b 0

:try
if defined PY exit /b 0
"%~1" %~2 -c "%CHECK%" >nul 2>nul || exit /b 0
set "PY=%~1"
set "OPTION=%~2"
exit /b 0

:try_folder
if defined PY exit /b 0
set "FOUND=%LOCALAPPDATA%\Programs\Python\%~1\python.exe"
if not exist "%FOUND%" exit /b 0
"%FOUND%" -c "%CHECK%" >nul 2>nul || exit /b 0
set "PY=%FOUND%"
exit /b 0

:not_unpacked
echo Dit venster vindt de andere bestanden van wbkit niet.
echo Doe dit: klik met rechts op het zip-bestand en kies Alles uitpakken.
echo Open daarna de uitgepakte map en dubbelklik daar op start.cmd.
goto :failed

:no_folder
echo Windows laat mij geen map maken in "%PLACE%".
echo Doe dit: kijk of de schijf vol is. Is er ruimte genoeg? Vraag dan de ICT-afdeling
echo of je in die map mag schrijven, en laat deze tekst zien.
goto :failed

:no_python
echo Ik vind geen Python die past. wbkit heeft Python @SPOKEN@ nodig, 64 bits.
echo Doe een van deze dingen. Voor geen ervan ben je beheerder nodig:
echo  1. Zoek Python in de bedrijfsportal of het softwarecentrum van je school.
echo  2. Of zoek Python @FIRST@ in de Microsoft Store en installeer die.
echo  3. Of vraag de ICT-afdeling om Python @FIRST@, alleen voor jou.
echo De zip met de naam embeddable is niet genoeg: daarin ontbreken venv en pip.
echo Dubbelklik daarna weer op start.cmd. Lukt het niet? Lees LEESMIJ.txt.
goto :failed

:no_venv
echo Python kan geen eigen plek voor wbkit maken in "%PLACE%".
echo Doe dit: sluit alle vensters van wbkit en Python, en dubbelklik weer op start.cmd.
echo Lukt het weer niet? Vraag de ICT-afdeling of Python in die map mag werken.
goto :failed

:not_installed
echo Niet alle onderdelen zijn gelukt. De regels hierboven zeggen waarom.
echo Doe dit: kijk of je internet hebt, en dubbelklik weer op start.cmd.
echo Houdt je school het tegen? Vraag een collega om een map met alle onderdelen erin:
echo die heeft geen internet nodig. LEESMIJ.txt zegt hoe dat gaat.
goto :failed

:no_study
echo Hier kan ik geen onderzoek openen of maken. De regel hierboven zegt waarom.
echo Doe dit: dubbelklik weer op start.cmd en kies een lege map, of een map van wbkit.
goto :failed

:no_lab
echo JupyterLab is gestopt met een fout. De regels hierboven zeggen waarom.
echo Staat daar study.toml? Verbeter dan die regel in Kladblok en dubbelklik weer op start.cmd.
goto :failed

:failed
echo.
pause
exit /b 1
