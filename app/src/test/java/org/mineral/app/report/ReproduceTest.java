package org.mineral.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.Main;

/** Every command that a report shows is run as it would be when copied: by a shell, in a directory with nothing but the data. */
@Tag("slow")
class ReproduceTest {

    private static final Pattern BLOCK = Pattern.compile("<pre[^>]*><code>(.*?)</code></pre>", Pattern.DOTALL);

    @TempDir
    Path home;

    @Test
    void everyCommandOfEveryReportWorksWhenCopied() throws Exception {
        Path data = home.resolve("shop's data.csv");
        StringBuilder rows = new StringBuilder("user,item\n");
        for (int k = 0; k < 900; k++) {
            rows.append("u").append(k % 30).append(",i").append(k * 7 % 97 % 40).append('\n');
        }
        Files.writeString(data, rows);
        mineral(
                "compare",
                data,
                "--losses",
                "mine+,softmax",
                "--budget",
                "1",
                "--set",
                "dimension=8",
                "--report",
                at("c.html"));
        mineral(
                "tune",
                data,
                "--trials",
                "1",
                "--epochs",
                "1",
                "--set",
                "dimension=8",
                "--report",
                at("t.html"),
                "--log",
                at("t.jsonl"));
        mineral(
                "ablate",
                data,
                "--x",
                "temperature=0.1,0.2",
                "--budget",
                "1",
                "--set",
                "dimension=8",
                "--report",
                at("a.html"),
                "--log",
                at("a.jsonl"));
        List<String> commands = new ArrayList<>();
        for (String report : List.of("c.html", "t.html", "a.html")) {
            List<String> of = commands(Files.readString(home.resolve(report)));
            assertThat(of).as(report).allMatch(command -> command.contains("./mineral "));
            commands.addAll(of);
        }
        assertThat(commands).hasSizeGreaterThanOrEqualTo(6);
        runInAShell(commands);
    }

    /** Dates that have to be told how they are read, and a row that has to be left out: else the commands fail, or make other models. */
    @Test
    void howTheDataWereReadIsPartOfTheCommands() throws Exception {
        StringBuilder rows = new StringBuilder("user,item,date\n");
        StringBuilder test = new StringBuilder("user,item,date\n");
        for (int k = 0; k < 600; k++) {
            (k % 11 == 0 ? test : rows)
                    .append("u%d,i%d,%02d/0%d/2013 at %02d\n"
                            .formatted(k % 30, k * 7 % 97 % 40, 1 + k % 28, 1 + k % 9, k % 24));
        }
        rows.append("torn\n");
        Path file = Files.writeString(home.resolve("one file.csv"), rows);
        Path parts = Files.createDirectory(home.resolve("two files"));
        Files.writeString(parts.resolve("train.csv"), rows);
        Files.writeString(parts.resolve("test.csv"), test);
        List<String> commands = new ArrayList<>();
        for (Path data : List.of(file, parts)) {
            String[] more = {
                "--budget",
                "1",
                "--set",
                "dimension=8",
                "--validation",
                "last",
                "--skip-bad",
                "--time-format",
                "dd/MM/yyyy 'at' HH"
            };
            mineral(words("compare", data, "--losses", "mine+", "--report", at("c.html"), more));
            mineral(words(
                    "ablate",
                    data,
                    "--x",
                    "temperature=0.1,0.2",
                    "--report",
                    at("a.html"),
                    "--log",
                    at(data.getFileName() + ".jsonl"),
                    more));
            for (String report : List.of("c.html", "a.html")) {
                commands.addAll(commands(Files.readString(home.resolve(report))));
            }
            Path model = home.resolve("model of " + data.getFileName());
            mineral(
                    "train",
                    data,
                    "-o",
                    model,
                    "--set",
                    "epochs=1",
                    "--set",
                    "dimension=4",
                    "--skip-bad",
                    "--time-format",
                    "dd/MM/yyyy 'at' HH");
            ByteArrayOutputStream config = new ByteArrayOutputStream();
            Main.run(
                    new String[] {"config", model.toString()},
                    new PrintStream(config, true, StandardCharsets.UTF_8),
                    System.err);
            Path yaml = Files.write(home.resolve("run.yaml"), config.toByteArray());
            mineral("train", "--config", yaml, "-o", home.resolve("again " + data.getFileName()));
        }
        assertThat(commands).hasSize(10).anyMatch(command -> command.startsWith("./mineral train '" + parts));
        runInAShell(commands);
    }

    private static Object[] words(Object... args) {
        List<Object> words = new ArrayList<>(List.of(args).subList(0, args.length - 1));
        words.addAll(List.of((Object[]) args[args.length - 1]));
        return words.toArray();
    }

    private void runInAShell(List<String> commands) throws Exception {
        Path shop = Files.createDirectory(home.resolve("work"));
        launcher(shop.resolve("mineral"));
        Process shell = new ProcessBuilder("bash", "-e", "-c", String.join("\n", commands))
                .directory(shop.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor())
                .as(String.join("\n", commands) + "\n" + said)
                .isZero();
    }

    private String at(String name) {
        return home.resolve(name).toString();
    }

    private static void mineral(Object... args) {
        String[] words = new String[args.length];
        for (int k = 0; k < args.length; k++) {
            words[k] = args[k].toString();
        }
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream said = new PrintStream(err, true, StandardCharsets.UTF_8);
        assertThat(Main.run(words, said, said))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
    }

    private static List<String> commands(String page) {
        List<String> commands = new ArrayList<>();
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            commands.addAll(block.group(1)
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&#39;", "'")
                    .replace("&amp;", "&")
                    .lines()
                    .toList());
        }
        return commands;
    }

    private static void launcher(Path file) throws Exception {
        Files.writeString(
                file,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path")
                        + "' org.mineral.app.Main \"$@\"\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
