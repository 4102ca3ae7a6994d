package org.mineral.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.example.CoOccurrence;
import org.junit.jupiter.api.Test;

/** The walk of {@code docs/algorithms.md}; {@link AlgorithmContractTest} takes its example through all that algorithms go through. */
class AddAnAlgorithmTest {

    @Test
    void theExampleIsFoundByItsServiceLine() {
        assertThat(Algorithms.of("co-occurrence")).isInstanceOf(CoOccurrence.class);
    }

    @Test
    void thePageShowsTheExampleThatIsTested() throws IOException {
        String page = Files.readString(Path.of("../docs/algorithms.md"));
        String code = Files.readString(Path.of("src/test/java/org/example/CoOccurrence.java"));
        assertThat(squeezed(page)).contains(squeezed(code.substring(code.indexOf("/** B_ij"))));
    }

    /** As the formatter does not count. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
