package org.mineral.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.config.Config;
import org.mineral.loss.Losses;
import org.mineral.loss.OwnLosses;

/**
 * Training gives the bits that it gave before: checksums of short runs, every setting among them, by scalar kernels, whose results
 * depend neither on the machine nor on the number of threads.
 *
 * <p>The table is {@code runs.tsv}: what is run (a {@link GoldenTraining} or one of
 * {@link GoldenUses}), then the checksums. The table as it would be now is written to {@code target/golden-runs.tsv}; where bits are
 * meant to change, it takes the other's place, and the commit says why. A new run is a new line with its first column only.
 */
@Tag("slow")
class GoldenRunsTest {

    private static final Path NOW = Path.of("target", "golden-runs.tsv");

    @ParameterizedTest
    @ValueSource(ints = {3, 1})
    void everyRunHasItsBits(int threads) throws IOException {
        Map<String, String> expected = table();
        Map<String, String> actual = new LinkedHashMap<>();
        expected.keySet().forEach(run -> actual.put(run, checksums(run, threads)));
        List<String> lines = actual.entrySet().stream()
                .map(run -> run.getKey() + "\t" + run.getValue())
                .toList();
        Files.createDirectories(NOW.getParent());
        Files.write(NOW, lines);
        List<String> changed = expected.keySet().stream()
                .filter(run -> !Objects.equals(expected.get(run), actual.get(run)))
                .toList();
        assertThat(changed)
                .as("runs with other bits than %s has, on %d threads; those of now are in %s", "runs.tsv", threads, NOW)
                .isEmpty();
    }

    @Test
    void everyLossAndEverySettingIsInTheTable() throws IOException {
        List<GoldenTraining> trainings = table().keySet().stream()
                .filter(run -> !GoldenUses.ALL.containsKey(run))
                .map(GoldenTraining::parse)
                .toList();
        List<String> missing = new ArrayList<>();
        Map<String, Set<String>> values = valuesByName(trainings);
        for (Config.Description setting : Config.describe(TrainOptions.class)) {
            Set<String> used = new TreeSet<>(values.getOrDefault(setting.name(), Set.of()));
            used.remove(setting.fallback());
            Set<String> wanted = new TreeSet<>(setting.choices());
            wanted.remove(setting.fallback());
            wanted.removeAll(used);
            wanted.forEach(choice -> missing.add(setting.name() + "=" + choice));
            if (used.isEmpty()) {
                missing.add(setting.name());
            }
        }
        for (String loss : OwnLosses.names()) {
            List<GoldenTraining> own = trainings.stream()
                    .filter(training -> training.loss().equals(loss))
                    .toList();
            if (own.isEmpty()) {
                missing.add(loss);
            }
            Set<String> parameters = new TreeSet<>(Config.names(Losses.recordOf(loss)));
            parameters.removeAll(valuesByName(own).keySet());
            parameters.forEach(parameter -> missing.add(loss + " " + parameter));
        }
        assertThat(missing).isEmpty();
        assertThat(table().keySet()).containsAll(GoldenUses.ALL.keySet());
    }

    /** Three losses differ by a constant for rows of one length, and have one gradient. Any other two runs have bits of their own. */
    @Test
    void everySettingMatters() throws IOException {
        Map<String, List<String>> byBits = table().entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        assertThat(byBits.values().stream().filter(runs -> runs.size() > 1))
                .containsExactly(List.of("softmax", "dcl", "mine"));
    }

    private static Map<String, Set<String>> valuesByName(List<GoldenTraining> trainings) {
        return trainings.stream()
                .flatMap(training -> training.settings().entrySet().stream())
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    private static String checksums(String run, int threads) {
        IntFunction<String> use = GoldenUses.ALL.get(run);
        return use == null ? GoldenTraining.parse(run).checksums(GoldenData.ALL, threads) : use.apply(threads);
    }

    /** Checksums by run; empty for a new run. */
    private static Map<String, String> table() throws IOException {
        Map<String, String> table = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(GoldenRunsTest.class.getResourceAsStream("runs.tsv"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String[] fields = line.split("\t");
                table.put(fields[0], fields.length > 1 ? fields[1] : "");
            }
        }
        return table;
    }
}
