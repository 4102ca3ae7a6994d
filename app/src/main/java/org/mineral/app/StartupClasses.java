package org.mineral.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Touches the classes of the common commands, so that the launcher can lay them out in an archive for fast starts. */
final class StartupClasses {

    private static final String DATA = "builtin:tastes:users=60,items=40";

    /** MODEL stands for a directory that is deleted afterwards. */
    private static final List<String> COMMANDS = List.of(
            "--help",
            "--version",
            "train --help",
            "train --epoch",
            "train " + DATA + " -o MODEL --set epochs=1 --set dimension=8",
            "recommend MODEL --user user-1 -n 3",
            "recommend MODEL --history item-1 -n 3 --json",
            "similar MODEL --item item-1 -n 3",
            "evaluate MODEL " + DATA,
            "doctor --json",
            "loss mine+ --positives 0.9,0.2 --candidates 0.5,-0.3 --json");

    private StartupClasses() {}

    public static void main(String[] args) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Path directory = Files.createTempDirectory("mineral-warmup");
        try {
            for (String command : COMMANDS) {
                String[] words = command.split(" ");
                for (int k = 0; k < words.length; k++) {
                    words[k] = words[k].equals("MODEL")
                            ? directory.resolve("model").toString()
                            : words[k];
                }
                Main.run(words, nowhere, nowhere);
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
