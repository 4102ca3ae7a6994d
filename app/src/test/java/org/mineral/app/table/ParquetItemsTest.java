package org.mineral.app.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import org.mineral.data.items.ItemTable;

/** Tables of items in Parquet. */
class ParquetItemsTest {

    @TempDir
    Path home;

    private ItemTable read(String name, String query) throws Exception {
        Path file = home.resolve(name);
        try (DuckDb duck = new DuckDb()) {
            duck.run("copy (" + query + ") to '" + file + "' (format parquet)");
        }
        return ItemTable.read(file);
    }

    @Test
    void columnsOfEveryTypeAreTextsOrListsOrLeftOut() throws Exception {
        ItemTable table = read(
                "items[1].parquet",
                "select '\"Heroes\" | Low' as title, 7::double as item_id, 1999::double as year, 1.5 as price,"
                        + " ['a|b', 'c', null] as genres, [1, 2]::int[2] as sizes, {'a': 1} as details, [[1]] as nested,"
                        + " '\\xFF'::blob as image, 'x'::blob as code, date '2025-11-25' as day, true as sold,"
                        + " null::varchar as empty union all select null, 8, null, null, null, null, null, null, null, null,"
                        + " null, null, null");
        assertThat(table.title("7")).isEqualTo("\"Heroes\" | Low");
        assertThat(table.title("8")).isNull();
        assertThat(table.attributes())
                .containsExactly("year", "price", "genres", "sizes", "image", "code", "day", "sold", "empty");
        assertThat(table.values("7", "year")).containsExactly("1999");
        assertThat(table.values("7", "price")).containsExactly("1.5");
        assertThat(table.values("7", "genres")).containsExactly("a|b", "c");
        assertThat(table.values("7", "sizes")).containsExactly("1", "2");
        assertThat(table.values("7", "image")).isEmpty();
        assertThat(table.values("7", "code")).containsExactly("x");
        assertThat(table.values("7", "day")).containsExactly("2025-11-25");
        assertThat(table.values("8", "genres")).isEmpty();
    }

    @Test
    void invalidItemTablesAreRefused() {
        assertThatThrownBy(() -> read("twice.parquet", "select 1 as item, 'a' as title union all select 1, 'b'"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("twice.parquet:2: found item '1' again, as in row 1");
        assertThatThrownBy(() -> read("null.parquet", "select null::int as item, 'a' as title"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("null.parquet:1: found no item");
        assertThatThrownBy(() -> read("structs.parquet", "select {'a': 1} as item"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("found no column of texts");
    }
}
