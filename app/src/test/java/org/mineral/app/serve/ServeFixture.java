package org.mineral.app.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mineral.app.Main;

/** A small trained model with titles and attributes. */
public final class ServeFixture {

    public static final String KEY = "a key that nobody knows";

    private ServeFixture() {}

    /** Makes {@code model}, {@code popularity} and {@code items.csv} in a directory. */
    public static void make(Path home) throws IOException {
        train(home.resolve("model"), "--set", "epochs=3", "--set", "dimension=16");
        train(home.resolve("popularity"), "--model", "popularity");
        StringBuilder items = new StringBuilder("item,title,colour,size\n");
        for (int i = 0; i < 120; i++) {
            items.append("item-%d,Thing no. %d,%s,%d\n"
                    .formatted(i, i, List.of("red", "red|blue", "green").get(i % 3), i % 10));
        }
        Files.writeString(home.resolve("items.csv"), items);
    }

    /** The same, and a server of that model with its items and a feedback log. */
    public static Server serve(Path home, Consumer<Throwable> faults) throws IOException {
        make(home);
        return Server.of(home.resolve("model"))
                .items(home.resolve("items.csv"))
                .feedback(home.resolve("feedback.jsonl"))
                .writeKey(KEY)
                .faults(faults)
                .start();
    }

    private static void train(Path to, String... more) {
        List<String> args =
                new ArrayList<>(List.of("train", "builtin:tastes:users=200,items=120", "-o", to.toString()));
        args.addAll(List.of(more));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        if (Main.run(args.toArray(new String[0]), nowhere, nowhere) != 0) {
            throw new IllegalStateException("training failed");
        }
    }

    /** Starts a server of a model in a process of its own, at any free port, without a warm-up; it prints its address. */
    public static Process launch(List<String> before, Path model, String... options) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                model.toString(),
                "--warm-up",
                "0",
                "--port",
                "0"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("MINERAL_API_KEY", KEY);
        return builder.start();
    }
}
