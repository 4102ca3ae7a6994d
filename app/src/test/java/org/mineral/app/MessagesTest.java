package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.CommandLineTest.Run;
import org.mineral.model.ModelLock;

/** What people read when something is wrong: their words, not those of Java or of the libraries underneath. */
class MessagesTest {

    @TempDir
    Path home;

    @Test
    void optionsThatAreMissingOrTooManyAreNoErrorTwice() {
        assertThat(refused("similar", "model")).startsWith("mineral: Missing required argument");
        assertThat(refused("recommend", "model", "--all", "--user", "a")).startsWith("mineral: --user=ID, --all are");
    }

    @Test
    void numbersAreSpokenOfAsPeopleDo() {
        assertThat(refused("evaluate", "model", "data", "--at", "5,many"))
                .contains("'many' is no whole number up to 2147483647");
        assertThat(refused("evaluate", "model", "data", "--at", "99999999999")).contains("up to 2147483647");
        assertThat(refused("train", "builtin:tastes", "-o", home.resolve("m"), "--seed", "x"))
                .contains("'x' is no whole number up to 9223372036854775807");
        assertThat(refused("train", "builtin:tastes", "-o", home.resolve("m"), "--set", "lambda=NaN"))
                .contains("lambda = 'NaN' is not a number");
    }

    @Test
    void aPortAndALimitAreRefusedEachByItsOwnName() {
        assertThat(refused("serve", "model", "--port", "99999"))
                .contains("--port 99999")
                .doesNotContain("--feedback");
        assertThat(refused("serve", "model", "--feedback-limit", "0"))
                .contains("--feedback-limit 0")
                .doesNotContain("--port");
    }

    @Test
    void timesThatAreNoDatesAreShownAsTheyAre() throws Exception {
        Path file = home.resolve("years.csv");
        Files.writeString(file, "user,item,rating,timestamp\na,x,1,1999\na,y,1,2004\nb,x,1,2001\n");
        Run run = CommandLineTest.run("data", "describe", file);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("time          1999 to 2004, no dates");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamedAsItWasGiven() {
        Path model = home.resolve("none").resolve("model");
        assertThatThrownBy(() -> ModelLock.of(model).close())
                .hasMessageContaining("cannot write " + model + ": no such directory");
    }

    private static String refused(Object... words) {
        Run run = CommandLineTest.run(words);
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        return run.err();
    }
}
