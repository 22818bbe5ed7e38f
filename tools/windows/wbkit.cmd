@echo off
rem wbkit with the packages that start.cmd installed; what stands behind it goes to wbkit as it is.
setlocal EnableExtensions DisableDelayedExpansion
set "PYTHONUTF8=1"
set "PYTHONHOME="
set "PYTHONPATH="
set "PYTHON=%LOCALAPPDATA%\wbkit\venv\Scripts\python.exe"
if not exist "%PYTHON%" set "PYTHON=%USERPROFILE%\.wbkit\venv\Scripts\python.exe"
if not exist "%PYTHON%" goto :not_ready
"%PYTHON%" -m wbkit %*
exit /b %errorlevel%

:not_ready
echo wbkit staat nog niet op deze computer. Dubbelklik eerst op start.cmd.
exit /b 1
