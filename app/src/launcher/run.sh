# Running Mineral. Sourced by the launchers of a checkout and of an archive, after find-java.sh; plain POSIX.
#   MINERAL_JAVA_HOME   the Java to use; otherwise JAVA_HOME, otherwise the newest from 17 on
#   MINERAL_JAVA_OPTS   further options for Java, such as -Xmx8g

fail() {
  printf 'mineral: %s\n' "$1" >&2
  exit "${2:-1}"
}

# The Java to use into $java_home, $version and $modules; $1 is the home of one that came with Mineral, if any.
choose_java() {
  if [ -n "${MINERAL_JAVA_HOME:-}" ]; then
    java_home=$MINERAL_JAVA_HOME
    java_version "$java_home" || fail "MINERAL_JAVA_HOME=$java_home has no bin/java; set it to the home of a JDK, 17 or newer." 2
    [ "$version" -ge 17 ] || fail "MINERAL_JAVA_HOME=$java_home is Java $version; 17 or newer is needed." 2
  elif [ -n "${1:-}" ] && java_version "$1"; then
    java_home=$1
  elif [ -n "${JAVA_HOME:-}" ] && java_version "$JAVA_HOME" && [ "$version" -ge 17 ]; then
    java_home=$JAVA_HOME
  else
    newest_java || fail "no Java 17 or newer was found. Install one (Debian, Ubuntu: apt install openjdk-17-jdk), or set
MINERAL_JAVA_HOME to the home of a JDK."
  fi
}

# Whether a command gives one short answer: the optimising compiler would take a processor away from code that has ended
# before it pays.
brief() {
  case ${1:-} in
    -V | --version | -h | --help | similar) return 0 ;;
    recommend) case " $* " in *" --user "* | *" --user="*) return 0 ;; esac ;;
  esac
  return 1
}

# Runs the jars in directory $1, which commands that are printed call $2, with the words that follow, in place of this shell.
run_mineral() {
  jars=$1
  called=$2
  shift 2
  class_path=
  for jar in "$jars"/*.jar; do class_path=$class_path:$jar; done
  class_path=${class_path#:}
  vector=
  case ${modules:-$("$java_home/bin/java" --list-modules 2>/dev/null)} in
    *jdk.incubator.vector*) vector=--add-modules=jdk.incubator.vector ;;
  esac
  short=
  if brief "$@"; then short=-XX:TieredStopAtLevel=1; fi
  # A server must not pause for long, nor take the whole machine for the sake of rare pauses: what it makes for a request
  # is soon forgotten. Everything else had rather be done sooner.
  collector=-XX:+UseParallelGC
  young=
  if [ "${1:-}" = serve ]; then
    collector=-XX:+UseG1GC
    young=-XX:MaxNewSize=256m
  fi
  # Java takes the last of options that contradict each other, so those of the user come last. They are words on purpose.
  # shellcheck disable=SC2086
  set -- ${MINERAL_JAVA_OPTS:-} org.mineral.app.Main "$@"
  if [ -t 2 ]; then set -- -Dmineral.terminal=true "$@"; fi
  # A block of scores is tens of megabytes: with pages of 4 KB, looking up where they lie costs 2 to 5 % of an epoch.
  { read -r pages </sys/kernel/mm/transparent_hugepage/enabled; } 2>/dev/null || pages=
  case $pages in *'[madvise]'*) set -- -XX:+UseTransparentHugePages "$@" ;; esac
  class_archive
  if [ -e "$archive" ]; then set -- "-XX:SharedArchiveFile=$archive" "$@"; fi
  set -- -Dmineral.command="$called" ${short:+"$short"} "$@"
  set -- ${vector:+"$vector"} -cp "$class_path" "$collector" ${young:+"$young"} -XX:MaxRAMPercentage=75 -Xshare:auto \
    -Xlog:disable -Dfile.encoding=UTF-8 --enable-native-access=ALL-UNNAMED "$@"
  if [ -z "$vector" ]; then exec "$java_home/bin/java" "$@"; fi
  # Java announces incubator modules on descriptor 2, and has no option against it. So 2 goes through a filter, and
  # Mineral's own errors and progress take descriptor 0, which Java can write to directly; standard input waits on 9.
  pipe=$(mktemp -d "${TMPDIR:-/tmp}/mineral.XXXXXX" 2>/dev/null) && mkfifo "$pipe/errors" 2>/dev/null \
    || exec "$java_home/bin/java" "$@"
  if [ -e /dev/fd/0 ]; then exec 9<&0; else exec 9</dev/null; fi
  if [ -e /dev/fd/2 ]; then exec 7>&2; else exec 7>/dev/null; fi
  grep -v '^WARNING: Using incubator modules' <"$pipe/errors" >&7 2>/dev/null 7>&- 9<&- &
  exec 2>"$pipe/errors"
  rm -r "$pipe"
  exec "$java_home/bin/java" -Dmineral.swapped=true "$@" 0>&7 7>&-
}

# The file of classes laid out for this Java and these jars into $archive: starts take half the time. Made once; without it
# everything runs, only later. Its name has the "release" file in it: a Java that was updated in its place would ignore
# the archive of the one before.
class_archive() {
  sum=$({ printf %s "$java_home:$class_path"; cat "$java_home/release" 2>/dev/null; } | cksum)
  archive=$jars/classes-$version-${sum%% *}.jsa
  if [ ! -e "$archive" ] && [ -w "$jars" ]; then
    # DuckDB is native code; later Javas warn of it, and will refuse it, without --enable-native-access.
    if "$java_home/bin/java" ${vector:+"$vector"} -cp "$class_path" "$collector" -XX:MaxRAMPercentage=75 -Xlog:disable \
      -Dfile.encoding=UTF-8 --enable-native-access=ALL-UNNAMED "-XX:ArchiveClassesAtExit=$archive.$$" \
      org.mineral.app.StartupClasses </dev/null >/dev/null 2>&1; then
      mv -f "$archive.$$" "$archive" 2>/dev/null
    fi
    rm -f "$archive.$$"
  fi
}
