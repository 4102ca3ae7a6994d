package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.Recommender;
import org.mineral.data.HoldOut;
import org.mineral.recipe.TrainingRecipe;

/** The library and the command line make the same model, down to the bytes of its files. */
class SameFromJavaTest {

    private static final String DATA = "builtin:tastes:users=200,items=120";

    @TempDir
    Path home;

    @Test
    void withNothingSaid() throws IOException {
        Path model = train();
        Path java = home.resolve("java");
        Recommender.train(DATA).save(java);
        assertSame(java, model);
        assertThat(Recommender.load(model).recommend("user-1", 10).items())
                .isEqualTo(Recommender.load(java).recommend("user-1", 10).items());
    }

    static Stream<Arguments> recipes() {
        return Stream.of(
                Arguments.of(
                        "--loss bce --set epochs=3 --set dimension=8",
                        new TrainingRecipe().loss("bce").set("epochs", 3).set("dimension", 8)),
                Arguments.of(
                        "--validation 0.2 --retrain --set epochs=3 --seed 7",
                        new TrainingRecipe()
                                .validation(HoldOut.parse("0.2"))
                                .retrain()
                                .set("epochs", 3)
                                .seed(7)),
                Arguments.of(
                        "--preset none --set epochs=3 --with-valid",
                        new TrainingRecipe().preset(null).set("epochs", 3).withValid()),
                Arguments.of(
                        "--model ease --set l2=100 --validation 0.2",
                        new TrainingRecipe().algorithm("ease").set("l2", 100).validation(HoldOut.parse("0.2"))));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void withARecipe(String options, TrainingRecipe recipe) throws IOException {
        Path model = train(options.split(" "));
        Path java = home.resolve("java");
        recipe.train(DATA).model().save(java);
        assertSame(java, model);
    }

    private Path train(String... options) {
        Path model = home.resolve("model");
        List<String> args = new ArrayList<>(List.of("train", DATA, "-o", model.toString()));
        args.addAll(List.of(options));
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        assertThat(Main.run(args.toArray(new String[0]), nowhere, nowhere)).isZero();
        return model;
    }

    private static void assertSame(Path actual, Path expected) throws IOException {
        try (Stream<Path> files = Files.list(expected)) {
            for (Path file : files.toList()) {
                assertThat(actual.resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
    }
}
