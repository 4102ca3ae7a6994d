package org.mineral.data.items;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.data.IdMap;
import org.mineral.data.text.EscapedText;

class IdListTest {

    private static final List<String> ODD = List.of(
            "a,b", " a ", "a", "tab\tin", "line\nend", "re\rturn", "back\\slash", "\\n", "\"q\"", "q", "user", "007");

    private static List<String> read(String text, List<String> known) throws IOException {
        return IdList.read(new StringReader(text), IdMap.of(known));
    }

    @Test
    void escapedTextIsReadBack() throws IOException {
        StringBuilder text = new StringBuilder();
        ODD.forEach(id -> text.append(EscapedText.escape(id)).append('\n'));
        assertThat(read(text.toString(), ODD)).isEqualTo(ODD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DOMAIN\\tom | DOMAIN\\tom | as it stands",
                "`  x` | x | without spaces",
                "\"say \"\"hi\"\"\" | say \"hi\" | without quotes",
                "\"x\" | \"x\" | as it stands"
            })
    void aLineIsTheIdThatThereIs(String line, String id, String how) throws IOException {
        assertThat(read(line + "\r\n\r\n", List.of(id))).as(how).containsExactly(id);
    }

    @Test
    void unknownIdsAreKeptAsWritten() throws IOException {
        assertThat(read(" x\\y \n", List.of("z"))).containsExactly(" x\\y ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_id", "User", "\"customer_id\"", "item"})
    void aFirstLineThatNamesAColumnIsAHeader(String header) throws IOException {
        assertThat(read(header + "\na\n" + header, List.of("a"))).containsExactly("a", header);
        assertThat(read(header + "\na\n", List.of("a", header))).containsExactly(header, "a");
    }
}
