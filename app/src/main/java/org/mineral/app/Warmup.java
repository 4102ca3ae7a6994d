package org.mineral.app;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/** Touches the classes of the common commands, so that the launcher can lay them out in an archive for fast starts. */
final class Warmup {

    private static final List<String> COMMANDS = List.of(
            "--help",
            "--version",
            "train --help",
            "train --epoch",
            "doctor --json",
            "loss mine+ --positives 0.9,0.2 --candidates 0.5,-0.3 --json");

    private Warmup() {}

    public static void main(String[] args) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        COMMANDS.forEach(command -> Main.run(command.split(" "), nowhere, nowhere));
    }
}
