@echo off
rem Builds Pictor (quick when nothing changed), then runs the program. Untested: Pictor is developed on Linux.
setlocal
set "ROOT=%~dp0"
set "PROGRAM=%ROOT%artifacts\bin\Pictor.Cli\release\Pictor.Cli.dll"
dotnet build "%ROOT%src\Pictor.Cli" -c Release -v quiet --nologo -p:RunAnalyzers=false 1>&2 || exit /b 1
if "%~1"=="train" dotnet build "%ROOT%src\Pictor.Trainer" -c Release -v quiet --nologo -p:RunAnalyzers=false 1>&2 || exit /b 1
if "%~1"=="tune" dotnet build "%ROOT%src\Pictor.Trainer" -c Release -v quiet --nologo -p:RunAnalyzers=false 1>&2 || exit /b 1
if "%~1"=="demo" if "%~2"=="--train" dotnet build "%ROOT%src\Pictor.Trainer" -c Release -v quiet --nologo -p:RunAnalyzers=false 1>&2 || exit /b 1
if not defined PICTOR_TRAINER set "PICTOR_TRAINER=%ROOT%artifacts\bin\Pictor.Trainer\release\pictor-train.dll"
dotnet "%PROGRAM%" %*
exit /b %ERRORLEVEL%
