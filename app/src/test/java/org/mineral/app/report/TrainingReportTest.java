package org.mineral.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.command.output.TrainReport;
import org.mineral.data.DataReport;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.recipe.TrainedModel;
import org.mineral.recipe.TrainingRecipe;
import org.mineral.tune.auto.SearchReport;

class TrainingReportTest {

    private static final String EVIL = "</script><script>alert('x')</script>&\"{{style}}";

    @TempDir
    private static Path directory;

    private static TrainedModel searched;
    private static String page;

    @BeforeAll
    static void train() throws IOException {
        Dataset tastes = Datasets.read("builtin:tastes:users=300,items=150");
        Dataset named = new Dataset(
                EVIL,
                tastes.users(),
                tastes.items(),
                tastes.train(),
                tastes.valid(),
                tastes.test(),
                null,
                DataReport.EMPTY);
        searched = new TrainingRecipe().dimension(8).threads(2).train(named);
        page = page(searched);
    }

    private static String page(TrainedModel trained) throws IOException {
        Path file = directory.resolve("page.html");
        Map<String, Object> document = TrainReport.document(trained, Path.of("model"), null, 2);
        TrainingReport.write(trained, document, 2, file);
        return Files.readString(file);
    }

    private static String visible(String page) {
        return page.replaceAll("(?s)<script.*?</script>", "").replaceAll("(?s)<style>.*?</style>", "");
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void everyPointStandsInItWithItsCurveAndTheVerdict() {
        SearchReport search = searched.search();
        String seen = visible(page);
        for (SearchReport.Trial trial : search.trials()) {
            if (trial.validation() != null) {
                assertThat(seen).contains(">" + Numbers.metric(trial.validation()) + "<");
            }
        }
        String tried = seen.substring(seen.indexOf("id=\"tried\""), seen.indexOf("id=\"training\""));
        assertThat(count(tried, "<tr")).isEqualTo(1 + search.trials().size());
        long curves = search.trials().stream().filter(t -> t.curve().size() > 1).count();
        String drawn = seen.substring(seen.indexOf("id=\"curves\""), seen.indexOf("id=\"tried\""));
        assertThat(count(drawn, "<polyline")).isEqualTo((int) curves);
        assertThat(seen)
                .contains(
                        "NDCG@20 ",
                        Numbers.metric(search.rule()),
                        Numbers.metric(search.chosen()),
                        "Loss after each epoch",
                        "The test part was not used");
        searched.settings()
                .forEach((name, value) ->
                        assertThat(seen).contains("<dt>" + name + "</dt><dd>" + Html.escape(value) + "</dd>"));
    }

    @Test
    void theVerdictAndTheTablesHaveOneGainForOneChange() {
        Map<String, String> narrower = Map.of("temperature", "0.1");
        // The means are 3.3 % apart, the same users 3.1 %.
        SearchReport search = new SearchReport(
                "mf",
                "valid",
                1,
                300,
                300,
                List.of(
                        new SearchReport.Trial("mf", Map.of(), 0.1, null, null, 3, List.of(0.1), false, 1, null),
                        new SearchReport.Trial(
                                "mf", narrower, 0.1033, 0.031, 0.009, 3, List.of(0.1033), false, 1, null)),
                List.of(new SearchReport.Change(narrower, 0.031, 0.009)),
                List.of(),
                narrower,
                0.1,
                0.1033,
                0.0009,
                2,
                1000,
                false);
        assertThat(SearchSections.verdict(search))
                .contains("<strong>+3.1 %</strong>", "standard error 0.9 %", "0.1033 against 0.1000");
        assertThat(count(SearchSections.all(search), "+3.1 %")).isEqualTo(2);
    }

    @Test
    void aTrainingWithoutASearchHasItsSettingsAndNoEmptySections() throws IOException {
        String plain =
                page(new TrainingRecipe().algorithm("popularity").threads(1).train(searched.data()));
        assertThat(visible(plain))
                .contains("none was searched for", "It has no epochs")
                .doesNotContain("id=\"tried\"", "<polyline");
    }

    @Test
    void namesFromOutsideCannotBecomeMarkupOrSlots() {
        assertThat(page).doesNotContain("<script>alert").contains("&lt;script&gt;alert(&#39;x&#39;)");
        assertThat(count(page, "</script>")).isEqualTo(1);
    }

    @Test
    void nothingIsLoadedAndNoSlotStaysOpen() {
        String markup = visible(page);
        assertThat(markup)
                .doesNotContainPattern("<(link|img|iframe|object|embed|base)\\b")
                .doesNotContain("://");
        assertThat(markup.replace("{{style}}", "")).doesNotContain("{{");
    }
}
