package org.mineral.app.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;

class DuckScanTest {

    @TempDir
    Path home;

    @Test
    void bothScansReadTheFileAndTakeTheirTime() throws Exception {
        Path file = Files.writeString(home.resolve("it's.csv"), "user,item\nanna,1\nanna,02\nbert,02\n");
        DuckScan scan = new DuckScan(file, 2);
        assertThat(scan.values()).isPositive();
        assertThat(scan.ids()).isPositive();
    }

    @Test
    void unreadableFilesAreRefused() throws Exception {
        Path empty = Files.writeString(home.resolve("empty.csv"), "user,item\n");
        assertThatThrownBy(() -> new DuckScan(empty, 1).values())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no lines");
        Path other = Files.writeString(home.resolve("other.csv"), "a,b\n1,2\n");
        assertThatThrownBy(() -> new DuckScan(other, 1).ids())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("user");
    }
}
