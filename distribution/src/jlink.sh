#!/bin/sh
# Makes a Java of some modules: HOME MODULES DIRECTORY.
set -eu
rm -rf "$3"
"$1/bin/jlink" --add-modules "$2" --strip-debug --no-man-pages --no-header-files --compress=2 --output "$3"
# Copies in place of links between the licences of its modules, which the plugin that makes the archive cannot write.
cp -RL "$3/legal" "$3/copies"
rm -r "$3/legal"
mv "$3/copies" "$3/legal"
# The classes of the Java itself, laid out for fast starts, on which the launcher lays out Mineral's.
"$3/bin/java" -Xshare:dump -Xlog:disable
