package org.mineral.app.report;

import static org.mineral.app.report.Html.escape;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.data.Dataset;
import org.mineral.model.provenance.Environment;
import org.mineral.recipe.TrainedModel;
import org.mineral.tune.auto.SearchReport;

/** Writes a training as one HTML file without scripts: verdict, settings that were tried, learning curves, settings of the model. */
public final class TrainingReport {

    private final TrainedModel trained;
    private final Map<String, Object> document;
    private final int threads;

    private TrainingReport(TrainedModel trained, Map<String, Object> document, int threads) {
        this.trained = trained;
        this.document = document;
        this.threads = threads;
    }

    /**
     * @param document the same facts for programs, which the page carries
     * @throws RuntimeException of {@link org.mineral.files.WriteErrors} if it cannot be written
     */
    public static void write(TrainedModel trained, Map<String, Object> document, int threads, Path file) {
        HtmlReport.write(new TrainingReport(trained, document, threads).page(), file);
    }

    private String page() {
        SearchReport search = trained.search();
        return Html.fill(
                Html.resource("training.html"),
                Map.ofEntries(
                        Map.entry("model", escape(trained.name())),
                        Map.entry("name", escape(trained.data().name())),
                        Map.entry("summary", summary()),
                        Map.entry(
                                "optimistic",
                                OptimisticWarning.banner(trained.protocol().optimistic())),
                        Map.entry("facts", facts()),
                        Map.entry("search", search == null ? "" : SearchSections.all(search)),
                        Map.entry("training", training()),
                        Map.entry("settings", Sections.settings(trained.settings())),
                        Map.entry(
                                "closing",
                                Sections.closing(
                                        protocol(),
                                        data(trained.data()),
                                        Sections.provenance(
                                                Environment.here(), threads, List.of(trained.seed()), budget(search)),
                                        document)),
                        Map.entry("style", Html.resource("page.css") + Html.resource("charts.css"))));
    }

    private String summary() {
        SearchReport search = trained.search();
        if (search != null) {
            return SearchSections.verdict(search);
        }
        return trained.protocol().preset() == null
                ? "Trained with the settings below; none was searched for."
                : "Trained with the settings that the preset <strong>"
                        + escape(trained.protocol().preset().name()) + "</strong> gives; none was searched for.";
    }

    private String facts() {
        Dataset data = trained.data();
        Fit<?> fit = trained.fit();
        SearchReport search = trained.search();
        return Sections.fact("Users", Numbers.count(data.users().size()))
                + Sections.fact("Items", Numbers.count(data.items().size()))
                + Sections.fact(
                        "Training interactions", Numbers.count(data.train().size()))
                + (search == null
                        ? ""
                        : Sections.fact(
                                "Settings tried", String.valueOf(search.trials().size())))
                + (trained.iterative()
                        ? Sections.fact(
                                "Epoch",
                                Numbers.epoch(fit.bestEpoch(), fit.curve().size()))
                        : "")
                + Sections.fact("Training", Numbers.seconds(fit.seconds()));
    }

    private String training() {
        List<Epoch> curve = trained.fit().curve();
        if (curve.isEmpty()) {
            return "<p>It has no epochs: the model is computed at once.</p>";
        }
        String loss = figure("Loss after each epoch", curve, Epoch::loss);
        boolean judged = curve.stream().anyMatch(e -> !Double.isNaN(e.validation()));
        String part = trained.protocol().optimistic() ? "test" : "validation";
        return "<div class=\"plots\">" + loss
                + (judged ? figure("NDCG@20 on " + part + " data after each epoch", curve, Epoch::validation) : "")
                + "</div>";
    }

    private static String figure(String caption, List<Epoch> curve, ToDoubleFunction<Epoch> of) {
        List<Plot.Point> points = curve.stream()
                .map(e -> new Plot.Point(e.number(), of.applyAsDouble(e), caption))
                .toList();
        return Sections.figure(
                caption, Plot.svg(caption, "epoch", false, List.of(new Plot.Series(points, true, "main", null))));
    }

    private List<String> protocol() {
        List<String> sentences = new ArrayList<>();
        SearchReport search = trained.search();
        if (search != null) {
            sentences.addAll(SearchSections.protocol(search));
        }
        sentences.add(
                trained.data().valid().size() > 0
                        ? "Trained on the training part; the epoch is the best one on the validation part."
                        : "Trained on all training interactions.");
        if (trained.model() != trained.fit().model()) {
            sentences.add("Then trained again on the training and the validation part, for as many epochs.");
        }
        sentences.add(
                trained.protocol().optimistic()
                        ? "The epoch was chosen on the test part, so figures on it are optimistic."
                        : "The test part was not used.");
        return sentences;
    }

    private static String data(Dataset data) {
        return Sections.pair("Data", data.name())
                + Sections.pair("Users", Numbers.count(data.users().size()))
                + Sections.pair("Items", Numbers.count(data.items().size()))
                + Sections.pair(
                        "Interactions in train", Numbers.count(data.train().size()))
                + Sections.pair(
                        "Interactions in validation", Numbers.count(data.valid().size()))
                + Sections.pair(
                        "Interactions in test", Numbers.count(data.test().size()))
                + Sections.pair("Hash of the interactions", data.hash());
    }

    private static String budget(@Nullable SearchReport search) {
        return search == null
                ? "no search"
                : "search: " + Numbers.count(Math.round(search.gigaflops())) + " of "
                        + Numbers.count(Math.round(search.limit())) + " Gflop";
    }
}
