package org.mineral.tune.auto;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a search tried, what it chose and how sure it is. The metric is NDCG@20.
 *
 * @param heldOut what judged: {@code valid}, the data's own validation part, {@code time:0.1}, the latest tenth of the training interactions, or what was held out of them, as
 *     {@link org.mineral.data.HoldOut} is written
 * @param repeats how many times something was held out
 * @param users whose interactions were trained on
 * @param ofUsers of how many
 * @param trials in the order tried; the first is the rule's
 * @param changes that were taken, in this order
 * @param settings to train all of the data with: the rule's for them, the changes, and what was given
 * @param rule NDCG@20 of the rule's settings, mean over the repeats; null if nothing could be measured
 * @param chosen the same of the settings chosen
 * @param error standard error of {@code chosen - rule}, over users
 * @param gigaflops spent
 * @param limit the gigaflops that might be spent
 */
public record SearchReport(
        String heldOut,
        int repeats,
        int users,
        int ofUsers,
        List<Trial> trials,
        List<Change> changes,
        Map<String, String> settings,
        @Nullable Double rule,
        @Nullable Double chosen,
        @Nullable Double error,
        double gigaflops,
        double limit) {

    /**
     * Settings that were tried.
     *
     * @param settings in which they differ from the rule's
     * @param validation at the best epoch, mean over the repeats; null if the training failed or was ended early
     * @param bestEpoch the median over the repeats
     * @param curve after each epoch of the first repeat
     * @param ended whether the training was ended because it could not come up to the best one
     * @param failure why there is no result; null if there is one
     */
    public record Trial(
            Map<String, String> settings,
            @Nullable Double validation,
            int bestEpoch,
            List<Double> curve,
            boolean ended,
            double gigaflops,
            @Nullable String failure) {

        public Trial {
            settings = ordered(settings);
            curve = List.copyOf(curve);
        }
    }

    /**
     * A change that was taken.
     *
     * @param settings that it changed
     * @param gain relative
     * @param error standard error of the gain, relative
     */
    public record Change(Map<String, String> settings, double gain, double error) {

        public Change {
            settings = ordered(settings);
        }
    }

    public SearchReport {
        trials = List.copyOf(trials);
        changes = List.copyOf(changes);
        settings = ordered(settings);
    }

    private static Map<String, String> ordered(Map<String, String> settings) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** For a model's provenance: what judged, how many settings were tried, and what came of it. */
    public Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("held_out", heldOut);
        summary.put("repeats", repeats);
        summary.put("users", users);
        summary.put("tried", trials.size());
        if (rule != null && chosen != null) {
            summary.put("rule", rule);
            summary.put("chosen", chosen);
        }
        return summary;
    }

    /** What was tried, what was chosen, and how sure that is. */
    public List<String> lines() {
        if (rule == null || chosen == null) {
            return List.of(
                    "search: nothing could be measured, for too few interactions can be held out or the training of the"
                            + " rule's settings failed; they stay");
        }
        List<String> lines = new ArrayList<>();
        long ended = trials.stream().filter(Trial::ended).count();
        lines.add(String.format(
                Locale.ROOT,
                "search: %d settings tried%s, judged by %s%s",
                trials.size(),
                ended == 0 ? "" : " (" + ended + " ended early)",
                judgedBy(),
                users < ofUsers
                        ? String.format(Locale.ROOT, ", on %,d of %,d users and all items", users, ofUsers)
                        : ""));
        for (Change change : changes) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %s: NDCG@20 %+.1f %% (standard error %.1f)",
                    text(change.settings),
                    100 * change.gain,
                    100 * change.error));
        }
        lines.add(
                changes.isEmpty()
                        ? String.format(
                                Locale.ROOT,
                                "  nothing was clearly better than the rule's settings (NDCG@20 %.4f)",
                                rule)
                        : String.format(
                                Locale.ROOT, "  together: NDCG@20 %.4f, the rule's settings %.4f", chosen, rule));
        return lines;
    }

    /** What settings were judged by, in words: {@code the latest tenth of the interactions}. */
    public String judgedBy() {
        if (heldOut.equals(HeldOut.OWN)) {
            return "the validation part";
        }
        if (heldOut.equals(HeldOut.LATER)) {
            return "the latest tenth of the interactions";
        }
        String which = heldOut.startsWith("last")
                ? "the last tenth of each user's interactions"
                : "a tenth held out at random";
        return which + (repeats > 1 ? ", " + repeats + " times" : "");
    }

    private static String text(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(s -> s.getKey() + "=" + s.getValue())
                .collect(Collectors.joining(" "));
    }
}
