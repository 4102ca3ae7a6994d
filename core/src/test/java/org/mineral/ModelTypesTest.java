package org.mineral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Outside {@code model}, what a model can do is asked for by capability, never by its class. */
class ModelTypesTest {

    /** Classes that implement a model, by the house's naming; capabilities and records about models are none. */
    private static final String CLASS = "(?!VectorModel\\b)\\w*[a-z]Model";

    /** An algorithm's declaration of what its models are, {@code return FactorModel.class;}, is no question. */
    private static final Pattern TYPE_TEST =
            Pattern.compile("\\binstanceof\\s+(?:final\\s+)?(?:\\w+\\.)*" + CLASS + "\\b"
                    + "|\\(\\s*" + CLASS + "\\s*\\)\\s*[\\w(]"
                    + "|(?<!return )\\b" + CLASS + "\\.class\\b"
                    + "|\\b" + CLASS + "(?:\\.|::)load\\b"
                    + "|\\bcase\\s+" + CLASS + "\\s+\\w+\\s*->");

    @Test
    void noClassOutsideTheRoomOfModelsAsksForOne() throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : List.of("core", "app", "bench")) {
            Path sources = Path.of("..", module, "src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.startsWith(Path.of("..", "core/src/main/java/org/mineral/model")))
                        .forEach(file -> tests(read(file)).forEach(test -> found.add(file + ": " + test)));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyWayOfAskingIsSeen() {
        assertThat(tests("if (model instanceof FactorModel factors) {")).hasSize(1);
        assertThat(tests("if (model instanceof org.mineral.model.PopularityModel) {"))
                .hasSize(1);
        assertThat(tests("return ((FactorModel) model).dimension();")).hasSize(1);
        assertThat(tests("model.as(ItemSimilarityModel.class)")).hasSize(1);
        assertThat(tests("paths.stream().map(FactorModel::load)")).hasSize(1);
        assertThat(tests("FactorModel.load(path)")).hasSize(1);
        assertThat(tests("case PopularityModel popular -> 1;")).hasSize(1);
        assertThat(tests("model.as(VectorModel.class); new FactorModel(a, b); FactorModel fit(Data d) {"))
                .isEmpty();
    }

    private static List<String> tests(String source) {
        Matcher matcher = TYPE_TEST.matcher(source);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
