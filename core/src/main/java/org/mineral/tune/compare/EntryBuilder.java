package org.mineral.tune.compare;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.eval.Evaluation;
import org.mineral.eval.information.Information;
import org.mineral.tune.auto.SearchReport;
import org.mineral.tune.compare.ComparisonResult.Contrast;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.ComparisonResult.Kind;
import org.mineral.tune.compare.ComparisonResult.Point;
import org.mineral.tune.compare.ComparisonResult.Range;
import org.mineral.tune.compare.ComparisonResult.SeedResult;
import org.mineral.tune.compare.ComparisonResult.Stratum;

/** Builds an {@link Entry}. What is not given is empty, 0 or null. */
final class EntryBuilder {

    private final String name;
    private final Kind kind;
    private String formula = "";
    private String source = "";
    private Map<String, String> settings = Map.of();
    private String engine = "";
    private @Nullable String failure;
    private Map<String, Double> metrics = Map.of();
    private Map<String, Range> intervals = Map.of();
    private List<Stratum> strata = List.of();
    private List<Point> curve = List.of();
    private int bestEpoch;
    private double seconds;
    private double epochSeconds;
    private double interactionsPerSecond;
    private @Nullable Contrast againstBest;
    private List<String> commands = List.of();
    private List<SeedResult> seeds = List.of();
    private Information.@Nullable Result information;
    private @Nullable SearchReport search;

    private EntryBuilder(String name, Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    static EntryBuilder of(String name, Kind kind) {
        return new EntryBuilder(name, kind);
    }

    /** With the model's formula, source and settings. */
    static EntryBuilder of(ComparedModel model) {
        Kind kind = model.algorithm().has(ModelSpec.LOSS) ? Kind.LOSS : Kind.MODEL;
        EntryBuilder builder =
                new EntryBuilder(model.name(), kind).source(model.algorithm().source());
        builder.formula = model.algorithm().formula();
        builder.settings = model.settings();
        return builder;
    }

    /** With everything of another entry. */
    static EntryBuilder of(Entry entry) {
        EntryBuilder builder = new EntryBuilder(entry.name(), entry.kind())
                .source(entry.source())
                .engine(entry.engine())
                .failure(entry.failure())
                .metrics(entry.metrics(), entry.intervals(), entry.strata())
                .curve(entry.curve(), entry.bestEpoch())
                .seconds(entry.seconds(), entry.epochSeconds(), entry.interactionsPerSecond())
                .againstBest(entry.againstBest())
                .commands(entry.commands())
                .seeds(entry.seeds())
                .information(entry.information())
                .search(entry.search());
        builder.formula = entry.formula();
        builder.settings = entry.settings();
        return builder;
    }

    EntryBuilder source(String source) {
        this.source = source;
        return this;
    }

    EntryBuilder engine(String engine) {
        this.engine = engine;
        return this;
    }

    EntryBuilder failure(@Nullable String reason) {
        this.failure = reason;
        return this;
    }

    EntryBuilder metrics(Evaluation evaluation, TestEvaluator evaluator) {
        return metrics(
                evaluation.metrics(),
                evaluator.intervals(TestEvaluator.values(evaluation)),
                TestEvaluator.strata(evaluation));
    }

    EntryBuilder metrics(Map<String, Double> metrics, Map<String, Range> intervals, List<Stratum> strata) {
        this.metrics = metrics;
        this.intervals = intervals;
        this.strata = strata;
        return this;
    }

    EntryBuilder curve(List<Point> curve, int bestEpoch) {
        this.curve = List.copyOf(curve);
        this.bestEpoch = bestEpoch;
        return this;
    }

    EntryBuilder seconds(double training, double epoch, double interactionsPerSecond) {
        this.seconds = training;
        this.epochSeconds = epoch;
        this.interactionsPerSecond = interactionsPerSecond;
        return this;
    }

    EntryBuilder againstBest(@Nullable Contrast contrast) {
        this.againstBest = contrast;
        return this;
    }

    EntryBuilder commands(List<String> commands) {
        this.commands = commands;
        return this;
    }

    EntryBuilder seeds(List<SeedResult> seeds) {
        this.seeds = seeds;
        return this;
    }

    EntryBuilder information(Information.@Nullable Result information) {
        this.information = information;
        return this;
    }

    EntryBuilder search(@Nullable SearchReport search) {
        this.search = search;
        return this;
    }

    Entry build() {
        return new Entry(
                name,
                kind,
                formula,
                source,
                settings,
                engine,
                failure,
                metrics,
                intervals,
                strata,
                curve,
                bestEpoch,
                seconds,
                epochSeconds,
                interactionsPerSecond,
                againstBest,
                commands,
                seeds,
                information,
                search);
    }
}
