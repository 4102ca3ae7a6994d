package org.mineral.model.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mineral.config.InputException;
import org.mineral.files.FaultyDisk;
import org.mineral.files.FaultyDisk.Fault;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.model.PopularityModel;
import org.mineral.model.TestModels;

/** The disk fails, or the process is killed, at every operation of a save in turn: there is always a whole model. */
@Tag("slow")
class SaveFaultsTest {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @EnumSource
    void aModelIsTheOlderOneOrTheNewOne(Fault fault) throws IOException {
        FactorModel tiny = TestModels.tiny();
        PopularityModel next = new PopularityModel(tiny.users(), tiny.items(), tiny.known());
        int at = 1;
        for (boolean failed = true; failed; at++) {
            Path real = Files.createDirectory(temp.resolve("run-" + at));
            tiny.save(real.resolve("m"));
            Files.writeString(real.resolve("m").resolve("notes.txt"), "mine");
            FaultyDisk disk = new FaultyDisk(real, fault, at);
            boolean acknowledged = false;
            try {
                next.save(disk.root().resolve("m"));
                acknowledged = true;
            } catch (UncheckedIOException e) {
                assertThat(disk.failed()).isTrue();
                assertThat(e.getCause().getMessage()).startsWith("cannot write " + real.resolve("m") + ": ");
            }
            // Loading checks every byte.
            Model found = Models.load(real.resolve("m"));
            assertThat(found.name()).isIn(acknowledged ? List.of(next.name()) : List.of(next.name(), tiny.name()));
            tiny.save(real.resolve("m"));
            assertThat(Models.load(real.resolve("m")).name()).isEqualTo(tiny.name());
            assertThat(real.resolve("m/notes.txt")).hasContent("mine");
            assertThat(real.toFile().list()).containsExactly("m");
            failed = disk.failed();
        }
        assertThat(at).isGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource
    void aStateIsTheOlderOneOrTheNewOne(Fault fault) throws IOException {
        boolean failed = true;
        for (int at = 1; failed; at++) {
            Path real = Files.createDirectory(temp.resolve("state-" + at));
            StateFile.write(real.resolve("s"), Map.of("of", "old"), state -> state.ints("x", new int[100]));
            FaultyDisk disk = new FaultyDisk(real, fault, at);
            boolean acknowledged = false;
            try {
                StateFile.write(disk.root().resolve("s"), Map.of("of", "new"), state -> state.ints("x", new int[50]));
                acknowledged = true;
            } catch (IOException e) {
                assertThat(disk.failed()).isTrue();
            }
            try (StateFile found = StateFile.open(real.resolve("s"))) {
                assertThat(found.head().get("of")).isIn(acknowledged ? List.of("new") : List.of("old", "new"));
            } catch (InputException e) {
                throw new AssertionError("operation " + at, e);
            }
            failed = disk.failed();
        }
    }
}
