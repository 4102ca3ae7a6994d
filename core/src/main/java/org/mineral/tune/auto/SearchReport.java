package org.mineral.tune.auto;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Internal;
import org.mineral.model.provenance.SearchProvenance;

/**
 * What a search tried, what it chose and how sure it is. The metric is NDCG@20.
 *
 * @param algorithm that was chosen
 * @param heldOut what judged: {@code valid}, the data's own validation part, {@code time:0.1}, the latest tenth of the training interactions, or what was held out of them, as
 *     {@link org.mineral.data.HoldOut} is written
 * @param repeats how many times something was held out
 * @param users whose interactions were trained on
 * @param ofUsers of how many
 * @param trials in the order tried; the first is the rule's
 * @param changes that were taken, in this order
 * @param contenders the algorithms that were searched, best first; empty if there was one
 * @param settings to train all of the data with: the rule's for them, the changes, and what was given
 * @param rule NDCG@20 of the rule's settings, mean over the repeats; null if nothing could be measured
 * @param chosen the same of the settings chosen
 * @param error standard error of {@code chosen - rule}, over users
 * @param gigaflops spent, counted
 * @param limit the gigaflops that might be spent
 * @param cut whether a deadline left trials out
 */
public record SearchReport(
        String algorithm,
        String heldOut,
        int repeats,
        int users,
        int ofUsers,
        List<Trial> trials,
        List<Change> changes,
        List<Contender> contenders,
        Map<String, String> settings,
        @Nullable Double rule,
        @Nullable Double chosen,
        @Nullable Double error,
        double gigaflops,
        double limit,
        boolean cut) {

    /**
     * Settings that were tried.
     *
     * @param settings in which they differ from the first of this algorithm, which are the rule's
     * @param validation at the best epoch, mean over the repeats; null if the training failed or was ended early
     * @param gain relative to the first settings of this algorithm, on the same users; null for the first, and where there is no result
     * @param error standard error of the gain over users, relative too
     * @param bestEpoch the median over the repeats
     * @param curve after each epoch of the first repeat
     * @param ended whether the training was ended because it could not come up to the best one
     * @param failure why there is no result; null if there is one
     */
    public record Trial(
            String algorithm,
            Map<String, String> settings,
            @Nullable Double validation,
            @Nullable Double gain,
            @Nullable Double error,
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

    /**
     * What an algorithm reached.
     *
     * @param settings its best
     * @param validation NDCG@20 with them, mean over users; null if none could be measured
     * @param difference to the best algorithm, mean over users, at most 0
     * @param error standard error of the difference
     * @param tPValue of the paired t test against the best, corrected for the number of tests (Holm); 1 for the best itself
     * @param wilcoxonPValue the same of the signed-rank test
     * @param apart whether both tests tell it from the best at the 5 % level
     * @param servingCost of its model, {@link org.mineral.model.Model#servingCost}
     * @param trials number of settings tried
     * @param failure why there is no result; null if there is one
     */
    public record Contender(
            String algorithm,
            Map<String, String> settings,
            @Nullable Double validation,
            double difference,
            double error,
            double tPValue,
            double wilcoxonPValue,
            boolean apart,
            double servingCost,
            int trials,
            @Nullable String failure) {

        public Contender {
            settings = ordered(settings);
        }
    }

    public SearchReport {
        contenders = List.copyOf(contenders);
        trials = List.copyOf(trials);
        changes = List.copyOf(changes);
        settings = ordered(settings);
    }

    private static Map<String, String> ordered(Map<String, String> settings) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The trial of the chosen settings. */
    private Optional<Trial> chosenTrial() {
        return trials.stream()
                .filter(t -> chosen != null && chosen.equals(t.validation))
                .findFirst();
    }

    /**
     * What the chosen settings gain over the first of their algorithm: the mean over users of the paired differences, relative to the first
     * settings' NDCG@20. Null if they are the first, or nothing was measured.
     */
    public @Nullable Double gain() {
        return chosenTrial().map(Trial::gain).orElse(null);
    }

    /** The standard error of {@link #gain} over users, relative too. */
    public @Nullable Double gainError() {
        return chosenTrial().map(Trial::error).orElse(null);
    }

    /** NDCG@20 after each epoch of the chosen settings, on the first held-out part; empty if nothing was measured, or without epochs. */
    public List<Double> curve() {
        return chosenTrial().map(Trial::curve).orElse(List.of());
    }

    /** For a model's provenance: what judged, how many settings were tried, and what came of it. */
    public SearchProvenance provenance() {
        List<String> algorithms = contenders.stream().map(Contender::algorithm).toList();
        return new SearchProvenance(heldOut, repeats, users, trials.size(), rule, chosen, algorithms);
    }

    /** How many settings a search has tried, in words. */
    @Internal
    public static String tried(int settings) {
        return settings + (settings == 1 ? " setting" : " settings") + " tried";
    }

    /** What was tried, what was chosen, and how sure that is. */
    public List<String> lines() {
        return new SearchText(this).lines();
    }

    /** What settings were judged by, in words: {@code the latest tenth of the interactions}. */
    public String judgedBy() {
        return new SearchText(this).judgedBy();
    }
}
