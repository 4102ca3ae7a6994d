package org.mineral.model.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.model.FactorModel;
import org.mineral.model.TestModels;

/** A process that saves models over one another is killed at random moments: there is always a whole one. */
@Tag("slow")
class SaveKilledTest {

    private static final int KILLS = 6;

    @TempDir
    Path directory;

    private static FactorModel model(int which) {
        return TestModels.model(
                TestModels.gaussian(200, 16, new Random(which)),
                TestModels.gaussian(300, 16, new Random(which + 10)),
                TestModels.interactions(200, 300, 0.05, new Random(which + 20)));
    }

    /** What the process does. */
    public static final class Saver {
        public static void main(String[] args) {
            FactorModel[] models = {model(0), model(1)};
            for (int k = 0; ; k++) {
                models[k % 2].save(Path.of(args[0]));
                System.out.println(k);
            }
        }
    }

    @Test
    void aKillAtAnyTimeLeavesAWholeModel() throws Exception {
        long seed = System.nanoTime();
        Random moments = new Random(seed);
        Path place = directory.resolve("model");
        model(0).save(place);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Saver.class.getName(),
                            place.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                assertThat(process.getInputStream().read())
                        .as("it has saved once")
                        .isEqualTo('0');
                Thread.sleep(moments.nextInt(150));
                assertThat(process.isAlive()).isTrue();
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            FactorModel found = FactorModel.load(whole(place));
            assertThat(List.of(found.userFactors().get(0, 0)))
                    .as("kill %d, moments drawn from %d", kill, seed)
                    .isSubsetOf(
                            model(0).userFactors().get(0, 0),
                            model(1).userFactors().get(0, 0));
        }
    }

    /** Its own place; or, in the instant between two renames, beside it, as docs/reference/model-format.md says. */
    private Path whole(Path place) throws IOException {
        if (Files.exists(place)) {
            return place;
        }
        try (Stream<Path> beside = Files.list(directory)) {
            return beside.filter(path -> path.getFileName().toString().startsWith(".model.old-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
