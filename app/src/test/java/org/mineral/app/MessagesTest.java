package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.CommandLineTest.Run;
import org.mineral.model.io.ModelLock;

/** What people read when something is wrong: their words, not those of Java or of the libraries underneath. */
@Tag("slow")
class MessagesTest {

    @TempDir
    Path home;

    @Test
    void optionsThatAreMissingOrTooManyAreNoErrorTwice() {
        assertThat(refused("similar", "model")).startsWith("mineral: One of these is missing: --item=ID | --user=ID.");
        assertThat(refused("recommend", "model", "--all", "--user", "a"))
                .startsWith(
                        "mineral: --user=ID, --all are given together; allowed: one of them; leave the others out.");
    }

    @Test
    void aVerbWithinAnotherIsNamedWithIt() {
        assertThat(refused("describe", "data")).contains("unknown verb 'describe'. Did you mean 'data describe'?");
        assertThat(refused("recomend", "model")).contains("Did you mean 'recommend'?");
    }

    @Test
    void numbersAreFormattedForPeople() {
        assertThat(refused("evaluate", "model", "data", "--at", "5,many"))
                .contains("'many' is not a whole number up to 2147483647");
        assertThat(refused("evaluate", "model", "data", "--at", "99999999999")).contains("up to 2147483647");
        assertThat(refused("train", "builtin:tastes", "-o", home.resolve("m"), "--seed", "x"))
                .contains("'x' is not a whole number up to 9223372036854775807");
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
    void aKeyFileIsReadWithoutItsByteOrderMarkAndLineEnd() throws Exception {
        Path key = Files.writeString(home.resolve("key"), "\ufeff0123456789abcde\r\n");
        assertThat(refused("serve", "model", "--api-key-file", key))
                .contains("the key in " + key + " has 15 characters");
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
    void aPathThatCannotBeWrittenIsNamedAsGiven() {
        Path model = home.resolve("none").resolve("model");
        assertThatThrownBy(() -> ModelLock.of(model).close())
                .hasMessageContaining("cannot write " + model + ": no such directory");
    }

    @Test
    void aTeacherIsOfTheSameDataAndForModelsThatLearn() {
        Path teacher = home.resolve("teacher");
        Path student = home.resolve("student");
        assertThat(refused("train", "builtin:tastes", "-o", student, "--teacher", teacher, "--retrain"))
                .contains("--with-valid");
        assertThat(refused("train", "builtin:tastes", "-o", student, "--teacher", teacher, "--model", "popularity"))
                .contains("no use for --teacher");
        assertThat(refused("train", "builtin:tastes", "-o", student, "--teacher", teacher))
                .contains("teacher");
        String few = "builtin:tastes:users=100,items=60,activity=10";
        Run taught = CommandLineTest.run("train", few, "-o", teacher, "--set", "epochs=1", "--set", "dimension=8");
        assertThat(taught.code()).as(taught.err()).isZero();
        Run learnt =
                CommandLineTest.run("train", few, "-o", student, "--teacher", teacher, "--set", "epochs=1", "--json");
        assertThat(learnt.code()).as(learnt.err()).isZero();
        assertThat(learnt.json().get("settings").get("teacher_items").asString())
                .isEqualTo("10");
        assertThat(refused("train", "builtin:tastes", "-o", student, "--teacher", teacher))
                .contains("the teacher was trained on");
    }

    private static String refused(Object... words) {
        Run run = CommandLineTest.run(words);
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        return run.err();
    }
}
