package org.mineral.app.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.eval.information.Critic;
import org.mineral.eval.information.Information;
import org.mineral.eval.information.InformationBounds;
import org.mineral.model.provenance.Environment;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.ComparisonResult.Contrast;
import org.mineral.tune.compare.ComparisonResult.DataFacts;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.ComparisonResult.Kind;
import org.mineral.tune.compare.ComparisonResult.Pair;
import org.mineral.tune.compare.ComparisonResult.Point;
import org.mineral.tune.compare.ComparisonResult.Range;
import org.mineral.tune.compare.ComparisonResult.SeedResult;
import org.mineral.tune.compare.ComparisonResult.Stratum;

/** A comparison made by hand: every kind of entry that a report must show. */
final class Samples {

    private static final String[][] LOSSES = {
        {"mine+", "-s_i + lambda log mean_j e^{s_j}", "Li, Jin, Ren 2023, arXiv 2312.08520"},
        {"infonce+", "-s_i + lambda log( eps e^{s_i} + sum_j w_j e^{s_j} )", "Li, Jin, Ren 2023, arXiv 2312.08520"},
        {"softmax", "-s_i + log sum_{j in I} e^{s_j}", "extreme classification"},
        {"sampled-softmax", "-s_i + log( e^{s_i} + sum_j w_j e^{s_j} )", "Jean 2014; Covington 2016; Yi 2019"},
        {
            "debiased-infonce",
            "-s_i + log( e^{s_i} + M g ), g = max( [mean_{j in C} e^{s_j} - r mean_{k in P_u} e^{s_k}] / (1-r), e^{-1/t} )",
            "Chuang 2020, arXiv 2007.00224"
        },
        {"ccl", "max(0, 1-c_i) + (w/M) sum_j max(0, c_j - m)", "SimpleX, arXiv 2109.12613"},
        {"mse", "(1-y_i)^2 + (w/M) sum_j y_j^2", "pointwise"},
        {"bpr", "mean_j softplus(s_j - s_i)", "Rendle 2009, arXiv 1205.2618"},
    };

    private Samples() {}

    static ComparisonResult comparison(String dataName) {
        return comparison(dataName, Kind.LOSS);
    }

    /** @param last kind of the entry that failed */
    static ComparisonResult comparison(String dataName, Kind last) {
        List<Entry> entries = new ArrayList<>();
        for (int k = 0; k < LOSSES.length; k++) {
            entries.add(loss(k));
        }
        Map<String, String> settings = settings(0.15);
        entries.add(entry(
                "bce",
                last,
                "softplus(-s_i) + (w/M) sum_j softplus(s_j)",
                "pointwise",
                settings,
                "the loss was not finite in epoch 3; a smaller learning_rate may help",
                Double.NaN,
                List.of(),
                null));
        return new ComparisonResult(
                new DataFacts(dataName, "sha256:7f3a91c2", 31668, 38048, 1113533, 123726, 324147, 31668, 0.00103),
                List.of("One sentence on the split.", "Another one on the metrics."),
                "20 epochs",
                "NDCG@20",
                "validation",
                false,
                42,
                List.of(42L, 43L),
                2,
                new Environment("0.1.0", "25.0.3", "Linux amd64", 2, "SIMD, 16 floats", "2026-11-23"),
                entries,
                entry(
                        "popularity",
                        Kind.POPULARITY,
                        "",
                        "",
                        Map.of(),
                        null,
                        0.0101,
                        List.of(),
                        new Contrast(-0.047, 1e-30, 1e-40, true)),
                entry(
                        "planted truth",
                        Kind.PLANTED,
                        "",
                        "",
                        Map.of(),
                        null,
                        0.0712,
                        List.of(),
                        new Contrast(0.0134, 1e-30, 1e-40, true)),
                List.of(
                        new Pair("mine+", "infonce+", new Contrast(0.0003, 0.31, 0.02, false)),
                        new Pair("mine+", "popularity", new Contrast(0.0478, 1e-30, 1e-40, true))),
                List.of(List.of("mine+", "infonce+")),
                Map.of(),
                611.2);
    }

    private static Entry loss(int k) {
        double value = 0.0579 - 0.0003 * k * k;
        List<Point> curve = new ArrayList<>();
        for (int e = 1; e <= 20; e++) {
            double shape = 1 - Math.exp(-(e + 1.0) / (2 + k)) - 0.0004 * e * k;
            curve.add(new Point(e, 1.5 + (2.2 + 0.3 * k) * e, 5 - shape, 0.8 * value * shape));
        }
        return entry(
                LOSSES[k][0],
                Kind.LOSS,
                LOSSES[k][1],
                LOSSES[k][2],
                settings(0.1 + 0.01 * k),
                null,
                value,
                curve,
                k == 0 ? null : new Contrast(value - 0.0579, k < 2 ? 0.31 : 0.0001, k < 2 ? 0.02 : 0.0001, k >= 2));
    }

    private static Map<String, String> settings(double temperature) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("temperature", String.valueOf(Math.round(temperature * 100) / 100.0));
        settings.put("similarity", "cosine");
        settings.put("dimension", "64");
        settings.put("learning_rate", "0.05");
        settings.put("schedule", "linear");
        return settings;
    }

    private static Entry entry(
            String name,
            Kind kind,
            String formula,
            String source,
            Map<String, String> settings,
            @Nullable String failure,
            double value,
            List<Point> curve,
            @Nullable Contrast contrast) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        Map<String, Range> intervals = new LinkedHashMap<>();
        List<Stratum> strata = new ArrayList<>();
        if (failure == null) {
            for (int at : new int[] {10, 20, 50}) {
                metrics.put("Recall@" + at, 1.2 * value * at / 20);
                metrics.put("NDCG@" + at, value * (0.7 + 0.015 * at));
                metrics.put("Precision@" + at, 0.3 * value);
            }
            metrics.put("NDCG@20", value);
            intervals.put("NDCG@20", new Range(value - 0.0008, value + 0.0008));
            intervals.put("Recall@20", new Range(1.2 * value - 0.001, 1.2 * value + 0.001));
            strata.add(new Stratum("head", 381, 2.4 * value));
            strata.add(new Stratum("mid", 7229, 1.1 * value));
            strata.add(new Stratum("tail", 30438, 0.2 * value));
        }
        boolean trained = !curve.isEmpty();
        return new Entry(
                name,
                kind,
                formula,
                source,
                settings,
                kind == Kind.LOSS ? "exact: all 38,048 items" : "",
                failure,
                metrics,
                intervals,
                strata,
                curve,
                trained ? 18 : 0,
                trained ? 46.1 : 0,
                trained ? 2.31 : 0,
                trained ? 482051 : 0,
                contrast,
                kind == Kind.LOSS
                        ? List.of(
                                "./mineral train data -o m-" + name + " --loss " + name
                                        + " --set epochs=20 --set temperature=0.15 --seed 42",
                                "./mineral evaluate m-" + name + " data")
                        : List.of(),
                trained ? List.of(seed(42, value + 0.0002), seed(43, value - 0.0002)) : List.of(),
                trained ? information(value) : null,
                null);
    }

    private static SeedResult seed(long seed, double value) {
        return new SeedResult(seed, 18, 0.8 * value, 46, Map.of("NDCG@20", value));
    }

    private static Information.Result information(double value) {
        InformationBounds bounds =
                new InformationBounds(Critic.CORRECTED, 9, 10 * value, 20 * value, 21 * value, 25 * value);
        return new Information.Result(324147, 0, 0, 31668, 38048, 7.3, List.of(bounds), List.of(bounds));
    }
}
