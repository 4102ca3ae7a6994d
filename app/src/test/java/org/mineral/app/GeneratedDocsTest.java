package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.Algorithm;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ModelSpec;
import org.mineral.app.console.Console;
import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.Losses;
import picocli.CommandLine;

/**
 * The pages of {@code docs/reference} that are made from the code. A change that is meant is written there by
 *
 * <pre>mvn -pl core,app test -Dtest=GeneratedDocsTest -Dsurefire.failIfNoSpecifiedTests=false -Dmineral.docs=write</pre>
 */
class GeneratedDocsTest {

    private static final Path REFERENCE = Path.of("../docs/reference");
    private static final boolean WRITE = "write".equals(System.getProperty("mineral.docs"));

    private static void isThere(String page, String text) throws IOException {
        Path file = REFERENCE.resolve(page);
        if (WRITE) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file))
                .as("%s is made from the code; run this test with -Dmineral.docs=write and commit it", file)
                .isEqualTo(text);
    }

    /** Each setting once, with the algorithms that have it. */
    @Test
    void settings() throws IOException {
        Map<String, List<String>> owners = new LinkedHashMap<>();
        List<String> all = new ArrayList<>();
        List<Algorithm<?>> algorithms = new ArrayList<>(Algorithms.all());
        // The settings of the default come first.
        algorithms.sort(Comparator.comparing(one -> !one.name().equals(ModelSpec.DEFAULT)));
        for (Algorithm<?> algorithm : algorithms) {
            if (own(algorithm.getClass())) {
                all.add(algorithm.name());
                for (Config.Description one : ModelSpec.of(algorithm.name()).parameters()) {
                    if (!lossParameters().contains(one.name())) {
                        owners.computeIfAbsent(row(one), row -> new ArrayList<>())
                                .add("`" + algorithm.name() + "`");
                    }
                }
            }
        }
        assertThat(all).contains("mf", "sequence", "ease");
        StringBuilder page = new StringBuilder("""
                # Settings

                Every setting of every model and loss: its name, its default, what is allowed, and what it does. On the command line
                `--set name=value`, from Java `ModelSpec.with`. `mineral config --settings NAME` prints those of one model or loss. Settings
                marked *expert* are for experiments.

                """);
        Map<String, List<String>> groups = new LinkedHashMap<>();
        owners.forEach((row, names) -> groups.computeIfAbsent(String.join(", ", names), g -> new ArrayList<>())
                .add(row));
        groups.forEach((names, rows) -> table(page, "## " + names.replace("`", ""), rows));
        Map<String, List<String>> losses = new TreeMap<>();
        for (String loss : Losses.names()) {
            if (own(Losses.recordOf(loss))) {
                losses.put(
                        loss,
                        Config.describe(Losses.recordOf(loss)).stream()
                                .map(GeneratedDocsTest::row)
                                .toList());
            }
        }
        assertThat(losses).hasSizeGreaterThan(20);
        page.append("## Losses\n\nThe settings of one loss alone; all others are those of the model.\n\n");
        losses.forEach((loss, rows) -> {
            if (!rows.isEmpty()) {
                table(page, "### " + loss, rows);
            }
        });
        isThere("settings.md", page.toString().stripTrailing() + "\n");
    }

    private static boolean own(Class<?> type) {
        return type.getName().startsWith("org.mineral.");
    }

    private static List<String> lossParameters() {
        return Config.describe(Losses.recordOf("mine+")).stream()
                .map(Config.Description::name)
                .toList();
    }

    private static void table(StringBuilder page, String title, List<String> rows) {
        page.append(title).append("\n\n| setting | default | allowed | |\n|---|---|---|---|\n");
        rows.forEach(row -> page.append(row).append('\n'));
        page.append('\n');
    }

    private static String row(Config.Description one) {
        String level = one.level() == Setting.Level.EXPERT ? " *Expert.*" : "";
        return "| `" + one.name() + "` | `" + one.fallback() + "` | " + allowed(one) + " | "
                + one.doc().replace("|", "\\|") + level + " |";
    }

    private static String allowed(Config.Description one) {
        if (!one.choices().isEmpty()) {
            return one.choices().size() > 6
                    ? "one of many"
                    : one.choices().stream().map(choice -> "`" + choice + "`").collect(Collectors.joining(", "));
        }
        boolean bounded = Double.isFinite(one.min()) && Double.isFinite(one.max());
        return bounded ? number(one.min()) + " to " + number(one.max()) : "";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** The help of every verb. */
    @Test
    void commandLine() throws IOException {
        StringBuilder page = new StringBuilder("""
                # The command line

                What `--help` of every verb prints. Exit codes: 0 success, 1 failure, 2 wrong usage or bad input.

                """);
        CommandLine main = Main.commandLine(new Console(System.out, System.err, false));
        assertThat(main.getSubcommands()).hasSizeGreaterThan(15);
        append(page, main, List.of());
        isThere("command-line.md", page.toString().stripTrailing() + "\n");
    }

    private static void append(StringBuilder page, CommandLine command, List<String> path) {
        List<Object> words = new ArrayList<>(path);
        words.add("--help");
        CommandLineTest.Run run = CommandLineTest.run(words.toArray());
        assertThat(run.code()).isZero();
        String name = path.isEmpty() ? "mineral" : String.join(" ", path);
        page.append("## ")
                .append(name)
                .append("\n\n```\n")
                .append(run.out().stripTrailing())
                .append("\n```\n\n");
        command.getSubcommands().forEach((verb, child) -> {
            if (!verb.equals("help")) {
                List<String> longer = new ArrayList<>(path);
                longer.add(verb);
                append(page, child, longer);
            }
        });
    }
}
