package org.mineral.model.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import org.mineral.model.Models;
import org.mineral.model.TestModels;

class ModelLockTest {

    @TempDir
    Path temp;

    @Test
    void oneWriterAtATimeAndNoTraceOfIt() {
        Path place = temp.resolve("m");
        try (ModelLock lock = ModelLock.of(place)) {
            assertThatThrownBy(() -> ModelLock.of(place))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("another run");
            try (ModelLock other = ModelLock.of(temp.resolve("n"))) {
                assertThat(other).isNotSameAs(lock);
            }
        }
        assertThat(temp).isEmptyDirectory();
        ModelLock.of(place).close();
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void whatAKilledWriterLeftIsClearedAway() throws IOException {
        Path place = temp.resolve("m");
        TestModels.tiny().save(place);
        leave(".m.new-0123abcd", "model.json");
        leave(".m.old-0123abcd", "model.json");
        leave(".m.old-0123abcd", "notes.txt");
        leave(".m.new-holiday", "photo.jpg");
        leave(".n.new-0123abcd", "model.json");
        Files.writeString(temp.resolve(".m.lock"), "of a run that was killed");
        ModelLock.of(place).close();
        assertThat(temp.toFile().list()).containsExactlyInAnyOrder("m", ".m.new-holiday", ".n.new-0123abcd");
        assertThat(place.resolve("notes.txt")).exists();
        assertThat(Models.load(place).users().size())
                .isEqualTo(TestModels.tiny().users().size());
    }

    @Test
    void anOldModelThatHadBeenRenamedIsRestored() throws IOException {
        Path place = temp.resolve("m");
        TestModels.tiny().save(place);
        Files.move(place, temp.resolve(".m.old-0123abcd"));
        ModelLock.of(place).close();
        assertThat(temp.toFile().list()).containsExactly("m");
        assertThat(Models.load(place).items().size())
                .isEqualTo(TestModels.tiny().items().size());
    }

    private void leave(String directory, String file) throws IOException {
        Files.writeString(Files.createDirectories(temp.resolve(directory)).resolve(file), "{}");
    }
}
