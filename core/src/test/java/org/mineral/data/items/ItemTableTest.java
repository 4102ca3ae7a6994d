package org.mineral.data.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;

class ItemTableTest {

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("items.csv"), text);
    }

    private ItemTable read(String text, String... known) throws IOException {
        return ItemTable.read(file(text), IdMap.of(List.of(known)));
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
    void aColumnWhoseNameEndsWithTitleHasTitlesAndATableWithNoneSaysSo() throws IOException {
        ItemTable films = ItemTable.read(file("film id;film title;year\na1;Matrix;1999\n"));
        assertThat(films.title("a1")).isEqualTo("Matrix");
        assertThat(films.attributes()).containsExactly("year");
        assertThat(ItemTable.read(file("item,heading,year\na1,Matrix,1999\n")).notes())
                .containsExactly("no titles: of the columns item, heading, year none is called title or name");
    }

    @Test
    void aTableWithoutTitlesHasAttributesOnly() throws IOException {
        ItemTable table = ItemTable.read(file("item\torg_id\n0\tx\n"));
        assertThat(table.title("0")).isNull();
        assertThat(table.values("0", "org_id")).containsExactly("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", "::"})
    void aTitleMayBeginWithAQuote(String separator) throws IOException {
        String text =
                "item|title|genres\n1|\"Great Performances\" Cats|Musical\n2|\"Heroes\"|\n3|5\" disk|\n4|\"open|\n";
        ItemTable table = read(text.replace("|", separator));
        assertThat(table.title("1")).isEqualTo("\"Great Performances\" Cats");
        assertThat(table.title("2")).isEqualTo("Heroes");
        assertThat(table.title("3")).isEqualTo("5\" disk");
        assertThat(table.title("4")).isEqualTo("\"open");
        assertThat(table.values("1", "genres")).containsExactly("Musical");
    }

    @Test
    void betweenCommasQuotesInsideOfATitleAreDoubled() throws IOException {
        ItemTable table =
                read("item,title\n1,\"\"\"Great Performances\"\" Cats\"\n2,\"two\nlines\"\n3,\"end\rreturn\"\n");
        assertThat(table.title("1")).isEqualTo("\"Great Performances\" Cats");
        assertThat(table.title("2")).isEqualTo("two\nlines");
        assertThat(table.title("3")).isEqualTo("end\rreturn");
    }

    @Test
    void aTableWithoutHeaderHasIdsTitlesAndNumberedColumns() throws IOException {
        ItemTable numbers = read("1::Toy Story (1995)::Animation|Comedy\n2::Jumanji (1995)::Fantasy\n");
        assertThat(numbers.size()).isEqualTo(2);
        assertThat(numbers.title("1")).isEqualTo("Toy Story (1995)");
        assertThat(numbers.attributes()).containsExactly("column3");
        assertThat(numbers.values("1", "column3")).containsExactly("Animation", "Comedy");
        assertThat(numbers.notes()).containsExactly("no header; the columns are taken for item, title, column3");
        assertThat(read("B01,Name of the Rose\nB02,Heat\n").title("B01")).isEqualTo("Name of the Rose");
        assertThat(read("tea,Green tea\npear,Pear\n", "pear", "tea").title("tea"))
                .isEqualTo("Green tea");
        assertThat(read("7,title\n", "7").title("7")).as("a known item's title").isEqualTo("title");
    }

    @ParameterizedTest
    @CsvSource({
        "'item_id,name\nA1,x\n'",
        "'movieId,title\n1,x\n'",
        "'id,title\n1,x\n'",
        "'code,title\nA1,x\n'",
        "',title\n0,x\n'",
        "'sku_code,name\nA1,x\n'",
        "'item_id:token\tmovie_title:token_seq\nA1\tx\n'"
    })
    void aHeaderIsKnownByItsNames(String text) throws IOException {
        ItemTable table = read(text);
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.title(table.id(0))).isEqualTo("x");
        assertThat(table.attributes()).isEmpty();
    }

    @Test
    void ofUnknownNamesTheFirstRowIsAHeaderIfItIsNotWrittenLikeTheOthers() throws IOException {
        assertThat(read("code,label\nA1,x\nA2,y\n").attributes()).containsExactly("label");
        assertThat(read("A0,label\nA1,x\nA2,y\n").size()).isEqualTo(3);
        assertThat(read("code,label\n1,x\n").size()).isEqualTo(1);
    }

    @Test
    void theColumnOfIdsNeedNotBeTheFirst() throws IOException {
        ItemTable table = read(",title,item_id,genres\n0,x,A1,g\n1,y,A2,h\n");
        assertThat(table.id(1)).isEqualTo("A2");
        assertThat(table.title("A2")).isEqualTo("y");
        assertThat(table.attributes()).containsExactly("genres");
    }

    @Test
    void sequencesOfRecBoleAreSeveralValues() throws IOException {
        ItemTable table = read(
                "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n1\tToy Story\t1995\tAnimation Comedy\n");
        assertThat(table.title("1")).isEqualTo("Toy Story");
        assertThat(table.attributes()).containsExactly("release_year", "class");
        assertThat(table.values("1", "class")).containsExactly("Animation", "Comedy");
    }

    @Test
    void objectsOfJsonAreItems() throws IOException {
        String first =
                "{\"parent_asin\": \"007\", \"title\": \"A \\\"quoted\\\" one\", \"categories\": [\"a|b\", \"c\", null],"
                        + " \"price\": 1.50, \"details\": {\"x\": 1}, \"empty\": null}";
        String second = "{\"title\": \"B\", \"late\": true, \"parent_asin\": 7}";
        for (String text : List.of(first + "\n" + second + "\n", "[" + first + ",\n" + second + "]")) {
            ItemTable table = read(text, "7");
            assertThat(table.title("007")).isEqualTo("A \"quoted\" one");
            assertThat(table.values("007", "categories")).containsExactly("a|b", "c");
            assertThat(table.values("007", "price")).containsExactly("1.50");
            assertThat(table.values("7", "late")).containsExactly("true");
            assertThat(table.values("007", "late")).isEmpty();
            assertThat(table.attributes()).containsExactly("categories", "price", "late");
            assertThat(table.notes()).containsExactly("rows of items that are not in the model: 1");
        }
    }

    @Test
    void aPackedTableWithAByteOrderMarkIsReadLikeAnyOther() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (String member : List.of("\ufeffitem,title\r\n1,one\r\n", "item,title\r\n2,two\r\n1,one\r\n")) {
            try (OutputStream out = new GZIPOutputStream(packed)) {
                out.write(member.getBytes(StandardCharsets.UTF_8));
            }
        }
        ItemTable table = ItemTable.read(Files.write(directory.resolve("items.csv.gz"), packed.toByteArray()));
        assertThat(table.title("1")).isEqualTo("one");
        assertThat(table.title("2")).isEqualTo("two");
        assertThat(table.size()).as("a header in the middle is no item").isEqualTo(2);
        assertThat(table.notes()).containsExactly("rows that occur twice, taken once: 1");
    }

    @Test
    void invalidTablesAreRefusedWithTheirLine() throws IOException {
        assertThatThrownBy(() -> ItemTable.read(directory.resolve("none.csv")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is no file");
        refused("item,title\na,A\nb\n", "csv:3", "1 field;");
        refused("item,title\na,A\na,B\n", "csv:3", "'a' again, as in row 2");
        refused("item,item\na,A\n", "csv:1", "different names");
        refused("item,title\na,\"A\nb,B\n", "csv:2", "every opening quote");
        refused("item,title\na,\"A\" B\n", "csv:2", "quote");
        refused("item,title\n ,A\n", "csv:2", "a blank item");
        refused("{\"item\": \"a\"}\n{\"title\": \"b\"}\n", "csv:2", "no item");
        refused("{\"item\": \"a\"}\n[1]\n", "csv:2", "'[1]'");
        refused("{\"item\": [\"a\"], \"title\": \"b\"}\n", "csv:1", "no item");
        refused("1 2 3\n", "csv", "no separator");
    }

    private void refused(String text, String where, String what) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> ItemTable.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(where)
                .hasMessageContaining(what);
    }
}
