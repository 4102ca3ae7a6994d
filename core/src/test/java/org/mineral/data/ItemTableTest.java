package org.mineral.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;

class ItemTableTest {

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("items.csv"), text);
    }

    @Test
    void titlesAndAttributesAreReadByTheHeadersNames() throws IOException {
        ItemTable table = ItemTable.read(
                file("item,year,Title,genres\na1,1999,\"Matrix, The\",Action|Sci-Fi|Action\n007,2001,,\n"));
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.attributes()).containsExactly("year", "genres");
        assertThat(table.title("a1")).isEqualTo("Matrix, The");
        assertThat(table.title("007")).isNull();
        assertThat(table.title("7")).isNull();
        assertThat(table.values("a1", "genres")).containsExactly("Action", "Sci-Fi");
        assertThat(table.values("007", "genres")).isEmpty();
        assertThat(table.values("a1", "colour")).isEmpty();
        assertThat(table.values("b", "year")).isEmpty();
    }

    @Test
    void aTableWithoutTitlesHasAttributesOnly() throws IOException {
        ItemTable table = ItemTable.read(file("item\torg_id\n0\tx\n"));
        assertThat(table.title("0")).isNull();
        assertThat(table.values("0", "org_id")).containsExactly("x");
    }

    @Test
    void whatIsNoTableIsRefusedWithItsLine() throws IOException {
        assertThatThrownBy(() -> ItemTable.read(directory.resolve("none.csv")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is no file");
        refused("item,title\na,A\nb\n", "csv:3", "1 field;");
        refused("item,title\na,A\na,B\n", "csv:3", "'a' again");
        refused("item,item\na,A\n", "csv:1", "different names");
        refused("item,title\na,\"A\nb,B\n", "csv:2", "cannot be parsed");
    }

    private void refused(String text, String where, String what) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> ItemTable.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(where)
                .hasMessageContaining(what);
    }
}
