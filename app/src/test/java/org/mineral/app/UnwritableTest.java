package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs and logs at places where nothing can be written are bad input: /proc takes no file of anybody, root included. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "/proc is needed")
@Tag("slow")
class UnwritableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tune DATA --trials 1 --report REPORT --log /proc/nothing",
                "ablate DATA --x lambda=1,1.1 --y temperature=0.1,0.2 --report REPORT --log /proc/nothing",
                "compare DATA --losses bce,mse --report REPORT --log /proc/nothing",
                "train DATA --set epochs=1 --set dimension=4 -o /proc/nothing",
                "data generate --users 50 --items 40 --interactions 400 -o /proc/nothing"
            })
    void endsWithTwoAndNamesThePlace(String command) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.replaceAll(word -> switch (word) {
            case "DATA" -> "builtin:tastes:users=50,items=40";
            case "REPORT" -> "target/unwritten.html";
            default -> word;
        });
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        int code = Main.run(
                words.toArray(new String[0]),
                new PrintStream(OutputStream.nullOutputStream()),
                new PrintStream(error, true, StandardCharsets.UTF_8));
        String message = error.toString(StandardCharsets.UTF_8);
        assertThat(code).as(message).isEqualTo(2);
        assertThat(message).contains("/proc/nothing").doesNotContain("Exception", "\tat ", "bug in Mineral");
    }
}
