package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.sequence.SequenceData;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;

/** A search that ends after any of its trials, with whatever of the next line is on disk by then, goes on to the same result. */
class ResumedSearchTest {

    private static final ModelSpec SPEC = ModelSpec.ofLoss("mine+").with("dimension", "8");
    private static final Dataset DATA =
            Datasets.read("builtin:tastes:users=300,items=150").withValidInTrain();

    @TempDir
    private Path directory;

    /** Ends a search as a fault would, after so many trials. */
    private static final class Fault extends RuntimeException implements SearchListener {

        private static final long serialVersionUID = 1L;

        private int left;

        Fault(int trials) {
            this.left = trials;
        }

        @Override
        public void trial(SearchReport.Trial trial, double share) {
            if (left-- == 0) {
                throw this;
            }
        }
    }

    private Checkpoints checkpoints(String name) {
        return Checkpoints.beside(directory.resolve(name));
    }

    private DefaultSearch search(Checkpoints kept) {
        return search(SPEC, kept);
    }

    private static DefaultSearch search(ModelSpec spec, Checkpoints kept) {
        return DefaultSearch.ofAny(spec).threads(2).checkpoints(kept);
    }

    private void isStopped(Checkpoints kept, int trials) {
        isStopped(search(kept), DATA, trials);
    }

    private static void isStopped(DefaultSearch search, Dataset data, int trials) {
        Fault fault = new Fault(trials);
        assertThatThrownBy(() -> search.listener(fault).search(data)).isSameAs(fault);
    }

    static Stream<Arguments> searches() {
        return Stream.of(
                Arguments.of(SPEC, DATA),
                Arguments.of(
                        ModelSpec.of("sequence").with("dimension", "16").with("epochs", "4"),
                        SequenceData.of(300, 200, 1).withValidInTrain()));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void afterEachTrialInTurnItGoesOnToTheSameResult(ModelSpec spec, Dataset data) {
        SearchReport whole = search(spec, null).search(data);
        assertThat(whole.trials()).hasSizeGreaterThan(5);
        Checkpoints again = checkpoints("again");
        for (int trials = 0; trials < whole.trials().size(); trials++) {
            isStopped(search(spec, again), data, trials);
        }
        List<String> notes = new ArrayList<>();
        SearchListener noting = new SearchListener() {
            @Override
            public void note(String message) {
                notes.add(message);
            }
        };
        assertThat(search(spec, again).listener(noting).search(data)).isEqualTo(whole);
        assertThat(notes)
                .singleElement()
                .asString()
                .contains("after " + whole.trials().size() + " trials");
        again.delete();
        assertThat(again.directory()).doesNotExist();
    }

    @Test
    void aLineThatWasTornIsTriedAgain() throws IOException {
        SearchReport whole = search(null).search(DATA);
        Checkpoints kept = checkpoints("torn");
        isStopped(kept, 2);
        Path log = kept.trials("search");
        byte[] bytes = Files.readAllBytes(log);
        int lastLine = new String(bytes, StandardCharsets.UTF_8).stripTrailing().lastIndexOf('\n') + 1;
        for (int end : new int[] {lastLine + 1, (lastLine + bytes.length) / 2, bytes.length - 2}) {
            Files.write(log, java.util.Arrays.copyOf(bytes, end));
            assertThat(search(kept).search(DATA)).isEqualTo(whole);
            Files.write(log, bytes);
        }
    }

    @Test
    void theTrialsOfAnotherSearchAreRefusedAndLeftAlone() throws IOException {
        Checkpoints kept = checkpoints("other");
        isStopped(kept, 1);
        byte[] before = Files.readAllBytes(kept.trials("search"));
        assertThatThrownBy(() -> DefaultSearch.of(SPEC.with("seed", "7"))
                        .checkpoints(kept)
                        .search(DATA))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.hints()).isNotEmpty())
                .hasMessageContaining("seed=7");
        assertThat(kept.trials("search")).hasBinaryContent(before);
    }
}
