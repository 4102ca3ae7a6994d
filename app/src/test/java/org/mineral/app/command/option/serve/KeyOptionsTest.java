package org.mineral.app.command.option.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.serve.Server;
import org.mineral.config.InputException;

/** Keys from files and the environment. */
class KeyOptionsTest {

    private static final String KEY = "0123456789abcdef";

    @TempDir
    Path home;

    private final KeyOptions keys = new KeyOptions();

    private KeyOptions.Given given(Map<String, String> environment) throws IOException {
        return keys.into(Server.of(home), environment);
    }

    private String warning(Map<String, String> environment) throws IOException {
        HttpOptions http = new HttpOptions();
        http.host = "0.0.0.0";
        List<String> notes = new ArrayList<>();
        http.into(Server.of(home), 1, given(environment).read(), notes::add);
        assertThat(notes).hasSize(1);
        return notes.get(0);
    }

    @Test
    void aBlankVariableIsNoKeyAndTheWarningSaysThatAnyoneCanRead() throws IOException {
        for (String blank : List.of("", " ", "\n")) {
            Map<String, String> environment = Map.of("MINERAL_READ_KEY", blank, "MINERAL_WRITE_KEY", blank);
            assertThat(given(environment)).isEqualTo(new KeyOptions.Given(false, false));
            assertThat(warning(environment)).contains("anyone who reaches it can read");
        }
        assertThat(warning(Map.of("MINERAL_READ_KEY", KEY))).contains("keys are sent to it in the clear");
        keys.readKeyFile = Files.writeString(home.resolve("key"), KEY + "\n");
        assertThat(warning(Map.of())).contains("keys are sent to it in the clear");
    }

    @Test
    void theFormerVariableIsUsedWhereTheOtherIsBlank() throws IOException {
        assertThat(given(Map.of("MINERAL_WRITE_KEY", "", "MINERAL_API_KEY", KEY)))
                .isEqualTo(new KeyOptions.Given(true, false));
    }

    /** Were it not stripped, the two keys would differ. */
    @Test
    void spacesAndLineBreaksAroundAKeyDoNotCount() throws IOException {
        Path file = Files.writeString(home.resolve("key"), KEY + "\r\n");
        for (String read : List.of(KEY + "\n", " " + KEY, "\t" + KEY + "\r\n")) {
            assertThatThrownBy(() -> given(Map.of("MINERAL_WRITE_KEY", KEY, "MINERAL_READ_KEY", read)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("the read key is the write key");
        }
        keys.writeKeyFile = file;
        assertThatThrownBy(() -> given(Map.of("MINERAL_READ_KEY", KEY + "\n")))
                .hasMessageContaining("the read key is the write key");
        assertThatThrownBy(() -> given(Map.of("MINERAL_READ_KEY", "short" + " ".repeat(20))))
                .hasMessageContaining("MINERAL_READ_KEY has 5 characters");
    }

    @Test
    void aKeyThatNoHeaderCarriesIsRefusedWithoutBeingShown() throws IOException {
        for (String odd : List.of("\n", "\r\n", "\0", "\t", "\u007f", "\u00e9", "\u2028")) {
            assertThatThrownBy(() -> given(Map.of("MINERAL_READ_KEY", KEY + odd + "x")))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("MINERAL_READ_KEY")
                    .hasMessageContaining("printable ASCII")
                    .hasMessageNotContaining("01234");
        }
        keys.writeKeyFile = Files.writeString(home.resolve("key"), KEY + "\n" + KEY);
        assertThatThrownBy(() -> given(Map.of()))
                .hasMessageContaining(keys.writeKeyFile.toString())
                .hasMessageContaining("printable ASCII");
    }
}
