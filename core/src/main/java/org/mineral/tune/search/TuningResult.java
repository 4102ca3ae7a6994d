package org.mineral.tune.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.model.provenance.Environment;
import org.mineral.tune.auto.SearchReport;
import org.mineral.tune.compare.ComparisonResult.DataFacts;
import org.mineral.tune.compare.ComparisonResult.Range;
import org.mineral.tune.compare.Trial;
import org.mineral.tune.preset.Preset;
import org.mineral.tune.preset.SavedPreset;

/**
 * The result of tuning; also its JSON output.
 *
 * @param metric that ranks trials, on validation data, or on test data if {@code optimistic}
 * @param selection how settings and epochs were chosen: {@code validation} or {@code paper}
 * @param optimistic whether the test part was used for selection
 * @param budget as text
 * @param rungs epochs of each rung of successive halving
 * @param settings shared by all trials
 * @param begun by model, what {@code train} would choose, with which it began; empty without a search
 * @param trials best first; failures last
 * @param chosen the first of the trials; null if every one failed
 * @param last the final training on train and validation data, with its evaluation on the test part; null if every trial failed
 * @param seconds wall-clock time, without trials from the file
 */
public record TuningResult(
        DataFacts data,
        List<String> protocol,
        String metric,
        String selection,
        boolean optimistic,
        String budget,
        List<Integer> rungs,
        Map<String, String> settings,
        Map<String, SearchReport> begun,
        long seed,
        int threads,
        Environment environment,
        List<Trial> trials,
        @Nullable Trial chosen,
        @Nullable Last last,
        double seconds) {

    /**
     * The resulting model.
     *
     * @param settings all effective settings
     * @param epochs number of trained epochs, of a schedule over {@code schedule}
     * @param metrics means over the test users
     * @param intervals 95 %, bootstrap over users
     */
    public record Last(
            String loss,
            Map<String, String> settings,
            int epochs,
            int schedule,
            double seconds,
            Map<String, Double> metrics,
            Map<String, Range> intervals) {}

    /**
     * The preset of a search: its best trial with the shared settings.
     *
     * @param hash of the data before the split
     * @param search see {@link Tuning#search}
     * @throws IllegalStateException if every trial failed
     */
    public SavedPreset preset(String name, String hash, SavedPreset.Search search) {
        Trial chosen = chosen();
        Double validation = chosen == null ? null : chosen.validation();
        if (chosen == null || validation == null || last == null) {
            throw new IllegalStateException("no trial succeeded");
        }
        String loss = Preset.key(ModelSpec.parse(chosen.model()));
        Map<String, String> settings = new LinkedHashMap<>();
        // All settings, so that later changes of defaults do not change the preset's
        // meaning.
        Map<String, String> defaults = ModelSpec.parse(loss).configured().describe();
        last.settings().forEach((key, value) -> {
            boolean own = !key.equals(ModelSpec.LOSS);
            if (own && (!value.equals(defaults.get(key)) || chosen.settings().containsKey(key))) {
                settings.put(key, value);
            }
        });
        settings.remove("seed");
        settings.remove("patience");
        if (last.schedule() > 0) {
            settings.put("epochs", String.valueOf(last.schedule()));
        }
        String about = String.format(
                Locale.ROOT,
                "%s: %,d users, %,d items, %,d training interactions",
                data.name(),
                data.users(),
                data.items(),
                data.train());
        SavedPreset.Found found = new SavedPreset.Found(
                loss, settings, chosen.bestEpoch(), metric, validation, search, environment.date());
        return new SavedPreset(name, about, hash, List.of(found));
    }
}
