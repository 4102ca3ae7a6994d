package org.mineral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.example.Bernoulli;
import org.example.TopLogistic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.embedding.options.TrainingInfo;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.loss.Losses;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.tune.compare.Budget;
import org.mineral.tune.compare.Comparison;
import org.mineral.tune.compare.ComparisonResult;

/**
 * The walks {@code docs/how-to/add-a-loss.md}, {@code add-an-encoder.md} and {@code add-an-algorithm.md}. Their examples are outside of Mineral's
 * packages and known to it by service files alone.
 */
class WalksTest {

    private static final String SOURCE = "builtin:tastes:users=150,items=80,activity=20";
    private static final Dataset DATA = Datasets.read(SOURCE);

    @ParameterizedTest
    @CsvSource({
        "add-a-loss, Bernoulli",
        "add-a-loss, TopLogistic",
        "add-an-encoder, ShrunkFactors",
        "add-an-algorithm, CoOccurrence"
    })
    void aPageShowsTheExampleThatIsTested(String page, String example) throws IOException {
        String text = Files.readString(Path.of("../docs/how-to/" + page + ".md"));
        String source = Files.readString(Path.of("src/test/java/org/example/" + example + ".java"));
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(text);
        List<String> shown =
                block.results().map(result -> withoutSpaces(result.group(1))).toList();
        assertThat(shown).anySatisfy(code -> {
            assertThat(withoutSpaces(source)).endsWith(code);
            assertThat(code).containsPattern("public(finalclass|record)" + example);
        });
    }

    /** Line breaks are the formatter's. */
    private static String withoutSpaces(String text) {
        return text.replaceAll("\\s+", "");
    }

    @Test
    void theExamplesAreComparedWithOtherModels() {
        ComparisonResult result = Comparison.of(DATA)
                .source(SOURCE)
                .models(ModelSpec.parseList(
                        "bernoulli(negative_weight=20),top-logistic,mf-shrunk(loss=softmax),co-occurrence"))
                .settings(Map.of("dimension", "8", "learning_rate", "0.05"))
                .budget(Budget.epochs(6))
                .seeds(List.of(1L))
                .threads(2)
                .run();
        double popularity = result.floor().metrics().get("NDCG@20");
        assertThat(result.entries())
                .hasSize(4)
                .noneMatch(ComparisonResult.Entry::failed)
                .allSatisfy(entry -> assertThat(entry.metrics().get("NDCG@20"))
                        .as(entry.name())
                        .isGreaterThan(popularity));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bernoulli(negative_weight=20,epochs=2,dimension=8)", "top-logistic(top=7,epochs=2,dimension=8)"
            })
    void aSavedModelKnowsItsAddedLoss(String spec, @TempDir Path directory) {
        Model model = ModelSpec.parse(spec)
                .configured()
                .fit(DATA, FitContext.defaults())
                .model();
        model.save(directory.resolve("model"));
        Model loaded = Models.load(directory.resolve("model"));
        assertThat(TrainingInfo.objective(loaded.info()).loss())
                .isEqualTo(spec.startsWith("b") ? new Bernoulli(20) : new TopLogistic(7));
    }

    @Test
    void lossesOfOtherJarsComeAfterMinerals() {
        assertThat(Losses.names()).startsWith("bpr").endsWith("bernoulli", "top-logistic");
        assertThat(Losses.of("bernoulli")).isEqualTo(new Bernoulli(10));
    }
}
