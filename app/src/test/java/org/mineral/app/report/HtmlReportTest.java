package org.mineral.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.ComparisonResult.Entry;

class HtmlReportTest {

    private static final String EVIL = "</script><script>alert('x')</script>&\"{{style}}";

    private final ComparisonResult result = Samples.comparison("yelp2018");
    private final String page = HtmlReport.page(result);

    @Test
    void papersOfArXivAreLinkedAndNothingElse() {
        assertThat(Sections.cite("Li et al. 2023, arXiv 2312.08520"))
                .endsWith("<a href=\"https://arxiv.org/abs/2312.08520\" rel=\"noreferrer\">arXiv 2312.08520</a>");
        assertThat(Sections.cite("doi 10.1145/371920.372071")).isEqualTo("doi 10.1145/371920.372071");
        assertThat(Sections.cite("doi 10.1145/3459637.3482264")).doesNotContain("<a");
    }

    @Test
    void every_loss_stands_in_it_with_formula_source_and_command() {
        for (Entry entry : result.entries()) {
            assertThat(page).contains(">" + entry.name() + "<");
            assertThat(page)
                    .contains(Formula.definitions(entry.formula()).stream()
                            .map(Formula::mathml)
                            .toList());
            for (String command : entry.commands()) {
                assertThat(page).contains(Html.escape(command));
            }
        }
        assertThat(page).contains("Rendle 2009, <a href=\"https://arxiv.org/abs/1205.2618\"");
    }

    @Test
    void a_page_speaks_of_losses_or_of_models() {
        assertThat(page)
                .contains(
                        "Which loss serves", "<th scope=\"col\" data-sort=\"up\">Loss</th>", "a loss is called worse");
        String models = HtmlReport.page(Samples.comparison("yelp2018", ComparisonResult.Kind.MODEL));
        assertThat(models.replaceAll("(?s)<script.*?</script>", ""))
                .contains(
                        "Which model serves",
                        "<th scope=\"col\" data-sort=\"up\">Model</th>",
                        "a model is called worse")
                .doesNotContain(" losses", "Losses");
    }

    @Test
    void the_table_and_the_summary_are_there_without_scripts() {
        String visible = page.replaceAll("(?s)<script.*?</script>", "");
        assertThat(visible)
                .contains("0.0579")
                .contains("0.0571–0.0587")
                .contains("cannot be told apart")
                .contains("mine+ came first: NDCG@20 0.0579")
                .contains("not finite in epoch 3")
                .contains("floor</span>")
                .contains("ceiling</span>");
    }

    @Test
    void the_charts_are_there_without_scripts() {
        String visible = page.replaceAll("(?s)<script.*?</script>", "");
        assertThat(visible)
                .contains("mine+: 0.0579 (0.0571 to 0.0587)")
                .contains("mine+, epoch ")
                .contains("popularity, ")
                .contains("data-axis=\"epoch\" hidden");
        int lines = count(visible.substring(visible.indexOf("<div class=\"curves\"")), "<polyline points");
        int trained = (int) result.entries().stream().filter(e -> !e.failed()).count();
        assertThat(lines).as("by time, by epoch, in the legend").isEqualTo(3 * trained);
    }

    @Test
    void nothing_is_loaded_from_elsewhere() {
        String markup = page.replaceAll("(?s)<script.*?</script>", "<script>");
        assertThat(markup).doesNotContainPattern(Pattern.compile("<(link|img|iframe|object|embed|base)\\b"));
        assertThat(markup).doesNotContainPattern("\\bsrc=|@import|url\\(");
        assertThat(markup.replaceAll("<a href=\"https://arxiv.org/abs/[0-9.]+\"", ""))
                .doesNotContain("://");
        assertThat(page).doesNotContain("sourceMappingURL").doesNotContainPattern("<script[^>]*src");
    }

    @Test
    void names_from_outside_cannot_become_markup_or_slots() {
        String hostile = HtmlReport.page(Samples.comparison(EVIL));
        assertThat(hostile).doesNotContain("<script>alert").contains("&lt;script&gt;alert(&#39;x&#39;)");
        assertThat(count(hostile, "</script>")).isEqualTo(count(page, "</script>"));
        assertThat(hostile).contains("{{style}}");
    }

    @Test
    void no_slot_stays_open() {
        assertThat(page.replaceAll("(?s)<script.*?</script>", "")).doesNotContain("{{");
    }

    @Test
    void is_written_whole_over_an_older_one_and_leaves_nothing_beside_it(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("report.html"), "old");
        HtmlReport.write(result, file);
        assertThat(file).hasContent(page);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
