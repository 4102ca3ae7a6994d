@echo off
rem Mineral's command line.
rem   MINERAL_JAVA_HOME   the Java to use; otherwise the one that came along, JAVA_HOME, or the PATH
rem   MINERAL_JAVA_OPTS   further options for Java, such as -Xmx8g
setlocal
set "ROOT=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if exist "%ROOT%\runtime\bin\java.exe" set "JAVA=%ROOT%\runtime\bin\java"
if defined MINERAL_JAVA_HOME set "JAVA=%MINERAL_JAVA_HOME%\bin\java"
set "FOUND=%JAVA%.exe"
if "%JAVA%"=="java" for %%p in (java.exe) do set "FOUND=%%~$PATH:p"
if not defined FOUND set "FOUND=java.exe"
if exist "%FOUND%" goto run
echo mineral: no Java 17 or newer was found as "%JAVA%". Install one, or set MINERAL_JAVA_HOME to the home of a JDK.>&2
exit /b 1
:run
set "COLLECTOR=-XX:+UseParallelGC"
if "%~1"=="serve" set "COLLECTOR=-XX:+UseG1GC -XX:MaxNewSize=256m"
"%JAVA%" --add-modules=jdk.incubator.vector -cp "%ROOT%\lib\*" %COLLECTOR% -XX:MaxRAMPercentage=75 -Xshare:auto -Xlog:disable ^
  -Dfile.encoding=UTF-8 --enable-native-access=ALL-UNNAMED -Dmineral.command=mineral %MINERAL_JAVA_OPTS% org.mineral.app.Main %*
exit /b %ERRORLEVEL%
