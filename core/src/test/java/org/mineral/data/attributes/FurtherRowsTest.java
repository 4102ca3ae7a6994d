package org.mineral.data.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;

/** Rows that come later are understood as those of the file that the attributes are from. */
class FurtherRowsTest {

    private static final IdMap NONE = IdMap.of(List.of());
    private static final AttributeOptions OPTIONS = AttributeOptions.DEFAULTS
            .with("min_rows", 1)
            .with("columns", "genres=list,year=number,price=scaled,words=bag,blurb=text,place=vector,kind=category");
    private static final String HEADER = "item,genres,year,price,words,blurb,place,kind\n";
    private static final String ROWS = HEADER
            + "a,Drama|Crime,1980,2.5,tea:3 milk:1,The tea and the sea,0.5 1.5,1\n"
            + "b,Drama,1991,10,tea:1,A sea,1 0,2\n"
            + "c,,2003,,milk:7,,-1 2.5,1\n"
            + "d,Comedy,1975,-3,,Milk,0 0.25,7\n"
            + "e,Comedy|Drama,1999,0,tea:2,Sea of tea,3 -2,2\n";

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        Path file = directory.resolve("items.csv");
        Files.writeString(file, text);
        return file;
    }

    private FileAttributes original() throws IOException {
        return FileAttributes.ofItems(file(ROWS), NONE, OPTIONS);
    }

    @Test
    void theSameRowsAreTheSameAttributes() throws IOException {
        FileAttributes original = original();
        FurtherRows again = FurtherRows.ofItems(file(ROWS), NONE, original.attributes());
        assertThat(again.ids()).isEqualTo(original.ids().ids());
        assertThat(again.rows()).isEqualTo(original.attributes().x());
        assertThat(again.notes()).isEmpty();
    }

    @Test
    void whatIsNotKnownIsIgnoredAndSaid() throws IOException {
        FileAttributes original = original();
        FurtherRows more = FurtherRows.ofItems(
                file("item,title,genres,words\nnew,A title,Drama|Western,tea:1 coal:4\nnext,,Western,\n"),
                NONE,
                original.attributes());
        assertThat(more.rows().entries().count(0)).isEqualTo(2);
        assertThat(more.rows().entries().count(1)).isZero();
        assertThat(String.join("\n", more.notes()))
                .contains("columns without attributes in the model, ignored: title")
                .contains("3 values that the model does not know");
    }

    @Test
    void aRowOfARequestIsTheSameAsThatOfAFile() throws IOException {
        FileAttributes original = original();
        AttributeVocabulary vocabulary = new AttributeVocabulary(original.attributes());
        AttributeVocabulary.Row row = vocabulary.row(Map.of(
                "genres",
                List.of("Drama", "Crime"),
                "year",
                1980,
                "price",
                2.5,
                "words",
                "tea:3 milk:1",
                "blurb",
                "The tea and the sea",
                "place",
                List.of(0.5, 1.5),
                "kind",
                1.0));
        assertThat(vocabulary.matrix(List.of(row)))
                .isEqualTo(original.attributes().x().rows(new int[] {0}));
        assertThat(row.ignored()).isEmpty();
        // Years before and after all that were seen.
        assertThat(vocabulary.row(Map.of("year", "1200")).attributes()).hasSize(1);
        assertThat(vocabulary.row(Map.of("year", "2200")).attributes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'new,Drama,soon,1,,,,', :2: found 'soon' in 'year'",
        "'new,Drama,1990,NaN,,,,', found 'NaN' in 'price'",
        "'new,Drama,1990,1,tea:-1,,,', word:count",
        "'new,Drama,1990,1,,,1 2 3,', a vector of 3 numbers",
        "'new,Drama,1990,1,,,1,', a vector of 1 numbers",
        "'new,,,,,,,\nnew,,,,,,,', ':3: found ''new'' again, as in line 2'"
    })
    void whatIsNotOfTheRoleIsRefusedWithItsLine(String rows, String reason) throws IOException {
        FileAttributes original = original();
        Path file = file(HEADER + rows + "\n");
        assertThatThrownBy(() -> FurtherRows.ofItems(file, NONE, original.attributes()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("items.csv:")
                .hasMessageContaining(reason);
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() throws IOException {
        AttributeVocabulary vocabulary = new AttributeVocabulary(original().attributes());
        assertThatThrownBy(() -> vocabulary.row(Map.of("genre", "Drama")))
                .hasMessageContaining("unknown attribute 'genre'")
                .hasMessageContaining("Did you mean 'genres'?");
    }
}
