@echo off
rem Starts Aitia; see the shell script "aitia" for the settings.
setlocal
if not defined AITIA_HOME for %%I in ("%~dp0..") do set "AITIA_HOME=%%~fI"
set "JAVA_EXE=java.exe"
if defined JAVA_HOME set "JAVA_EXE=%JAVA_HOME%\bin\java.exe"
set "MAJOR="
for /f tokens^=2^ delims^=.-+_^" %%V in ('""%JAVA_EXE%" -version 2^>^&1 ^| findstr /i version"') do if not defined MAJOR set "MAJOR=%%V"
if not defined MAJOR (
  echo aitia: no Java found; install Java 17 or newer, or set JAVA_HOME 1>&2
  exit /b 3
)
if %MAJOR% LSS 17 (
  echo aitia: Java 17 or newer is needed, but %JAVA_EXE% is version %MAJOR%; set JAVA_HOME to another one 1>&2
  exit /b 3
)
set "FLAGS=--enable-native-access=ALL-UNNAMED"
if %MAJOR% GEQ 24 set "FLAGS=%FLAGS% --sun-misc-unsafe-memory-access=allow"
if not defined OPT_OUT_TRACKING set "OPT_OUT_TRACKING=true"
if not defined DJL_OFFLINE set "DJL_OFFLINE=true"
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
"%JAVA_EXE%" %FLAGS% -XX:+UseSerialGC -Dfile.encoding=UTF-8 %JAVA_OPTS% %AITIA_JAVA_OPTS% -cp "%AITIA_HOME%\lib\*" org.aitia.launcher.Main %*
exit /b %ERRORLEVEL%
