# Finding a Java. Sourced by the launchers and .ci/run; plain POSIX, forks only where a "release" file is missing.

# The feature version (17, 25, ...) of the Java at home $1 into $version, its modules (if it says) into $modules; fails
# if there is no Java.
java_version() {
  version=
  modules=
  [ -x "$1/bin/java" ] || return 1
  if [ -r "$1/release" ]; then
    while IFS= read -r line || [ -n "$line" ]; do
      case $line in
        JAVA_VERSION=*) version=${line#*=} ;;
        MODULES=*) modules=$line ;;
      esac
    done <"$1/release"
    version=${version#\"}
  else
    line=$("$1/bin/java" -version 2>&1) || return 1
    version=${line#*\"}
  fi
  version=${version#1.}
  version=${version%%[!0-9]*}
  [ -n "$version" ]
}

# Of all Javas in the usual places the newest, at least 17 and at most $1 (if given), into $java_home; of equal ones a JDK
# before a JRE.
newest_java() {
  java_home=
  most=${1:-9999}
  best=16
  on_path=
  if command -v java >/dev/null 2>&1; then
    on_path=$(readlink -f "$(command -v java)" 2>/dev/null || command -v java)
    on_path=${on_path%/bin/java}
  fi
  for candidate in "$on_path" /usr/lib/jvm/* /usr/java/* /opt/* /opt/*/* "${HOME:-/}"/.sdkman/candidates/java/* \
    "${HOME:-/}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*; do
    [ -n "$candidate" ] && java_version "$candidate" && [ "$version" -le "$most" ] || continue
    if [ "$version" -gt "$best" ] || { [ "$version" -eq "$best" ] && [ -n "$java_home" ] \
      && [ ! -x "$java_home/bin/javac" ] && [ -x "$candidate/bin/javac" ]; }; then
      best=$version
      java_home=$candidate
    fi
  done
  [ -n "$java_home" ] && java_version "$java_home"
}
