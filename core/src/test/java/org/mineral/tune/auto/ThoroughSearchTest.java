package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.Algorithm;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;

@Tag("slow")
class ThoroughSearchTest {

    private static final ModelSpec NARROW = ModelSpec.ofLoss("mine+").with("dimension", "8");
    private static final ModelSpec ANY = ModelSpec.ofLoss("mine+");
    private static final Dataset DATA =
            Datasets.read("builtin:tastes:users=120,items=80").withValidInTrain();

    /** What takes time before lists are made. */
    private static final Set<String> COUNTED =
            Set.of("ease", "ials", "item-knn", "lightgcn", "mf", "p3alpha", "rp3beta", "sequence", "slim");

    private static SearchReport report;

    /** Of those that have a dimension. */
    private static SearchReport narrow;

    @TempDir
    private Path directory;

    @BeforeAll
    static void search() {
        report = ThoroughSearch.of(ModelSpec.of(ModelSpec.DEFAULT)).threads(2).search(DATA);
        narrow = ThoroughSearch.of(NARROW).threads(2).search(DATA);
    }

    private static List<String> algorithms(SearchReport of) {
        return of.contenders().stream()
                .map(SearchReport.Contender::algorithm)
                .sorted()
                .toList();
    }

    @Test
    void allThatLearnsIsSearchedAndTheTruthIsNot() {
        assertThat(algorithms(report))
                .isEqualTo(Algorithms.all().stream()
                        .filter(algorithm -> algorithm.learns() && !algorithm.needsAttributes())
                        .map(Algorithm::name)
                        .toList())
                .doesNotContain("planted");
        Set<String> tried =
                report.trials().stream().map(SearchReport.Trial::algorithm).collect(Collectors.toSet());
        assertThat(tried).containsExactlyInAnyOrderElementsOf(algorithms(report));
        assertThat(report.trials().stream().filter(t -> t.settings().containsKey("l2")))
                .as("ranges are searched")
                .hasSizeGreaterThan(2);
    }

    @Test
    void theWorkOfAllModelsCounts() {
        for (SearchReport.Trial trial : report.trials()) {
            if (trial.failure() == null && COUNTED.contains(trial.algorithm())) {
                assertThat(trial.gigaflops()).as(trial.toString()).isPositive();
            }
        }
        assertThat(report.gigaflops())
                .isCloseTo(
                        report.trials().stream()
                                .mapToDouble(SearchReport.Trial::gigaflops)
                                .sum(),
                        within(1e-6))
                .isLessThan(report.limit());
    }

    /** The value of the best epoch, by the training, and the mean over users, by the model that it made. */
    @Test
    void sequencesAreJudgedByWhatTheyDoNotKnow() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int k = 0; k < 120 * 20; k++) {
            int user = k / 20;
            rows.append(user).append(",i").append((7 * user + k % 20) % 60).append("\n");
        }
        Path file = Files.writeString(directory.resolve("ordered.csv"), rows);
        Dataset ordered = Datasets.read(file.toString(), ReadOptions.DEFAULTS.with("keep_order", true))
                .holdOut(HoldOut.parse("0.1"), 7);
        SearchReport report = ThoroughSearch.of(NARROW).threads(2).search(ordered);
        SearchReport.Contender sequence = report.contenders().stream()
                .filter(contender -> contender.algorithm().equals("sequence"))
                .findFirst()
                .orElseThrow();
        double best = report.trials().stream()
                .filter(trial -> trial.algorithm().equals("sequence") && trial.validation() != null)
                .mapToDouble(SearchReport.Trial::validation)
                .max()
                .orElseThrow();
        assertThat(report.heldOut()).isEqualTo("valid");
        assertThat(sequence.validation()).isCloseTo(best, within(1e-6));
    }

    @Test
    void runnersUpHaveTestsAgainstTheBest() {
        SearchReport.Contender best = report.contenders().get(0);
        assertThat(best.difference()).isZero();
        for (SearchReport.Contender contender : report.contenders()) {
            if (contender.validation() == null) {
                assertThat(contender.failure()).isNotEmpty();
                continue;
            }
            assertThat(contender.validation()).isLessThanOrEqualTo(best.validation());
            assertThat(contender.apart()).isEqualTo(contender.tPValue() < 0.05 && contender.wilcoxonPValue() < 0.05);
        }
        SearchReport.Contender popularity = report.contenders().stream()
                .filter(c -> c.algorithm().equals("popularity"))
                .findFirst()
                .orElseThrow();
        assertThat(popularity.apart()).isTrue();
        assertThat(report.algorithm()).isNotEqualTo("popularity");
        assertThat(report.lines())
                .anyMatch(line -> line.contains("popularity: NDCG@20") && line.contains("; p: < .001"));
        assertThat(new ModelSpec(report.algorithm(), report.settings()).configured())
                .isNotNull();
    }

    @Test
    void algorithmsThatLackAGivenSettingAreLeftOut() {
        assertThat(algorithms(narrow)).contains("lightgcn", "mf").doesNotContain("ease", "rp3beta", "popularity");
        assertThatThrownBy(() -> ThoroughSearch.of(ModelSpec.of("ease"))).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> ThoroughSearch.of(ANY).minutes(0)).isInstanceOf(InputException.class);
    }

    @Test
    void anyNumberOfThreadsAndAFaultGiveTheSame() {
        Checkpoints kept = Checkpoints.beside(directory.resolve("model"));
        ThoroughSearch search = ThoroughSearch.of(NARROW).checkpoints(kept);
        IllegalStateException fault = new IllegalStateException("fault");
        SearchListener after = new SearchListener() {
            private int trials;

            @Override
            public void trial(SearchReport.Trial trial, double share) {
                if (++trials == narrow.trials().size() / 2) {
                    throw fault;
                }
            }
        };
        assertThatThrownBy(() -> search.threads(1).listener(after).search(DATA)).isSameAs(fault);
        assertThat(search.threads(3).search(DATA)).isEqualTo(narrow);
    }

    @Test
    void aDeadlineCutsTheListAndIsSaid() {
        SearchReport cut = ThoroughSearch.of(ModelSpec.of(ModelSpec.DEFAULT))
                .threads(2)
                .minutes(1e-4)
                .search(DATA);
        assertThat(cut.cut()).isTrue();
        assertThat(cut.trials().size()).isLessThan(report.trials().size());
        assertThat(cut.lines().get(0)).contains("the time was up");
    }
}
