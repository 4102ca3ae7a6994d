package org.mineral.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.ComparisonResult.Contrast;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.ComparisonResult.Pair;
import org.mineral.tune.compare.ComparisonResult.Range;

/** The findings of a comparison in sentences. */
public final class Summary {

    private Summary() {}

    /** The winner with its significance, losses with equal models, references, failures. */
    public static List<String> of(ComparisonResult result) {
        List<String> sentences = new ArrayList<>();
        Entry best = result.best();
        if (best == null) {
            sentences.add("None of the " + Noun.of(result).many + " could be trained; the table says why.");
            return sentences;
        }
        List<Entry> others =
                result.entries().stream().filter(e -> !e.failed() && e != best).toList();
        sentences.add(winner(result, best, others));
        if (!others.isEmpty()) {
            sentences.add(rivals(Noun.of(result), others));
        }
        sentences.addAll(same(result));
        result.withoutAttributes().forEach((without, with) -> sentences.addAll(attributes(result, with, without)));
        sentences.add(floor(result, best));
        Entry ceiling = result.ceiling();
        if (ceiling != null) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "The planted truth, a ceiling that only generated data have, reaches %s: %s gets %.0f %% of it.",
                    Numbers.metric(ceiling.metric(result.metric())),
                    best.name(),
                    100 * best.metric(result.metric()) / ceiling.metric(result.metric())));
        }
        List<String> failed =
                result.entries().stream().filter(Entry::failed).map(Entry::name).toList();
        if (!failed.isEmpty()) {
            sentences.add(list(failed) + (failed.size() == 1 ? " has" : " have") + " no result; the table says why.");
        }
        return sentences;
    }

    private static String winner(ComparisonResult result, Entry best, List<Entry> others) {
        String sentence =
                best.name() + " came first: " + result.metric() + " " + Numbers.metric(best.metric(result.metric()));
        Range range = best.intervals().get(result.metric());
        if (range != null) {
            sentence += " (95 % interval " + Numbers.metric(range.low()) + " to " + Numbers.metric(range.high()) + ")";
        }
        if (result.seeds().size() > 1) {
            sentence += String.format(
                    Locale.ROOT,
                    ", mean of %d seeds that deviate by %.4f",
                    result.seeds().size(),
                    best.spread(result.metric()));
        }
        if (!others.isEmpty()) {
            Entry second = others.get(0);
            double lead = best.metric(result.metric()) / second.metric(result.metric()) - 1;
            sentence += Double.isFinite(lead)
                    ? String.format(Locale.ROOT, ", %.1f %% above %s", 100 * lead, second.name())
                    : ", above " + second.name();
        }
        return sentence + ".";
    }

    private static String rivals(Noun noun, List<Entry> others) {
        List<String> near =
                others.stream().filter(e -> !real(e)).map(Entry::name).toList();
        int clear = others.size() - near.size();
        if (near.isEmpty()) {
            return others.size() == 1
                    ? "The difference is significant at the 5 % level."
                    : "Its lead over every other " + noun.one + " is significant at the 5 % level.";
        }
        String sentence = "The tests cannot tell " + list(near) + " from it";
        return clear == 0
                ? sentence + "; no " + noun.one + " is shown to be worse."
                : sentence + "; its lead over the other " + (clear == 1 ? "one" : clear)
                        + " is significant at the 5 % level.";
    }

    /** Whether attributes help; nothing if either model has no result. */
    private static List<String> attributes(ComparisonResult result, String with, String without) {
        return result.pairs().stream()
                .filter(pair -> Set.of(pair.first(), pair.second()).equals(Set.of(with, without)))
                .map(pair -> attributes(result, with, without, pair))
                .toList();
    }

    private static String attributes(ComparisonResult result, String with, String without, Pair pair) {
        boolean better = pair.first().equals(with);
        return String.format(
                Locale.ROOT,
                "%s %s: %s %s with attributes, %s without; %s.",
                !pair.contrast().real()
                        ? "Whether attributes help cannot be told for"
                        : better ? "Attributes help" : "Attributes do harm to",
                with,
                result.metric(),
                Numbers.metric(metric(result, with)),
                Numbers.metric(metric(result, without)),
                (pair.contrast().real() ? "the difference is" : "no difference is") + " significant at the 5 % level");
    }

    private static double metric(ComparisonResult result, String name) {
        return result.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .mapToDouble(entry -> entry.metric(result.metric()))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String floor(ComparisonResult result, Entry best) {
        double floor = result.floor().metric(result.metric());
        double times = best.metric(result.metric()) / floor;
        String sentence = "Recommending by popularity alone gives " + Numbers.metric(floor);
        List<String> below = result.entries().stream()
                .filter(e -> !e.failed() && e.metric(result.metric()) <= floor)
                .map(Entry::name)
                .toList();
        if (below.size() > 1 && result.entries().stream().allMatch(e -> e.failed() || below.contains(e.name()))) {
            return sentence + ", which none of the " + Noun.of(result).many
                    + " beats: they need a larger budget, or other settings.";
        }
        if (!below.isEmpty()) {
            return sentence + ", which " + list(below) + (below.size() == 1 ? " does" : " do") + " not beat.";
        }
        return Double.isFinite(times) ? sentence + "; " + best.name() + " is " + better(times) + "." : sentence + ".";
    }

    /** {@code 2.4 times as good}, {@code 30 % better}, {@code 0.4 % better}. */
    static String better(double times) {
        double percent = 100 * (times - 1);
        if (times >= 1.995) {
            return String.format(Locale.ROOT, "%.1f times as good", times);
        }
        return percent < 0.05
                ? "better by less than 0.1 %"
                : String.format(Locale.ROOT, percent < 9.95 ? "%.1f %% better" : "%.0f %% better", percent);
    }

    private static List<String> same(ComparisonResult result) {
        return result.sameModels().stream()
                .map(names -> list(names) + " gave the same model here: all of their figures agree to the last digit.")
                .toList();
    }

    private static boolean real(Entry entry) {
        Contrast contrast = entry.againstBest();
        return contrast != null && contrast.real();
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String list(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
