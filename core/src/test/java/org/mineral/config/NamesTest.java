package org.mineral.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {

    private enum Kind {
        IN_BATCH,
        ALL
    }

    @Test
    void namesTakeTheFormThatUsersWrite() {
        assertThat(Names.snake("learningRate")).isEqualTo("learning_rate");
        assertThat(Names.snake("epochs")).isEqualTo("epochs");
        assertThat(Names.kebab(Kind.IN_BATCH)).isEqualTo("in-batch");
        assertThat(Names.kebab(Kind.ALL)).isEqualTo("all");
    }

    @Test
    void editDistanceCountsInsertionsDeletionsAndSubstitutions() {
        assertThat(Names.editDistance("kitten", "sitting")).isEqualTo(3);
        assertThat(Names.editDistance("", "abc")).isEqualTo(3);
        assertThat(Names.editDistance("abc", "")).isEqualTo(3);
        assertThat(Names.editDistance("same", "same")).isZero();
    }

    @Test
    void theNearestNameIsFoundIgnoringCaseAndNothingForAnotherWord() {
        List<String> allowed = List.of("temperature", "lambda", "epochs");
        assertThat(Names.nearest("temprature", allowed)).contains("temperature");
        assertThat(Names.nearest("LAMBDA", allowed)).contains("lambda");
        assertThat(Names.nearest("temp", allowed)).contains("temperature");
        assertThat(Names.nearest("xyzzyquux", allowed)).isEmpty();
        assertThat(Names.nearest("zz", List.of("0"))).as("nothing in common").isEmpty();
        assertThat(Names.nearest("epoch", List.of())).isEmpty();
        assertThat(Names.nearest("", allowed)).isEmpty();
    }
}
