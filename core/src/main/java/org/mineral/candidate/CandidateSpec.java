package org.mineral.candidate;

import java.util.List;
import java.util.Locale;
import org.mineral.config.InputException;
import org.mineral.config.Names;

/**
 * The setting {@code candidates}, parsed: {@code all}, {@code uniform:M}, {@code popularity:M:alpha}, {@code in-batch} or
 * {@code mixed:M}.
 *
 * @param kind how candidates are chosen
 * @param draws M, the number of items drawn a block; 0 for kinds that take none
 * @param alpha exponent of an item's popularity; 1 unless given
 */
public record CandidateSpec(Kind kind, int draws, double alpha) {

    private static final int MOST_DRAWS = 10_000_000;
    private static final double MOST_ALPHA = 10;
    private static final String FORMS = "all, uniform:M, popularity:M:alpha, in-batch, mixed:M";

    public enum Kind {
        /** All items, nothing is drawn. */
        ALL(1, 1),
        /** M items, each with probability 1/#I. */
        UNIFORM(2, 2),
        /** M items, each with probability proportional to its popularity^alpha. */
        POPULARITY(2, 3),
        /** One positive of each user of the block. */
        IN_BATCH(1, 1),
        /** The in-batch items and M uniform draws (Yang et al. 2020). */
        MIXED(2, 2);

        final int fewestParts;
        final int mostParts;

        Kind(int fewestParts, int mostParts) {
            this.fewestParts = fewestParts;
            this.mostParts = mostParts;
        }
    }

    /**
     * Parses the setting.
     *
     * @throws InputException for a misspelt kind, a missing or superfluous number, or one out of range
     */
    public static CandidateSpec parse(String text) {
        String[] parts = text.strip().split(":", -1);
        Kind kind = kind(text, parts[0]);
        if (parts.length < kind.fewestParts) {
            throw wrong(
                    text,
                    String.format(Locale.ROOT, "the number of draws is missing; write '%s:2048'", Names.kebab(kind)));
        }
        if (parts.length > kind.mostParts) {
            throw wrong(
                    text, String.format(Locale.ROOT, "'%s' takes %d number(s)", Names.kebab(kind), kind.mostParts - 1));
        }
        int draws = parts.length > 1 ? (int) number(text, "M", parts[1], 1, MOST_DRAWS, true) : 0;
        double alpha = parts.length > 2 ? number(text, "alpha", parts[2], 0, MOST_ALPHA, false) : 1;
        return new CandidateSpec(kind, draws, alpha);
    }

    /** As a user would write it. */
    @Override
    public String toString() {
        return Names.kebab(kind)
                + (kind.fewestParts > 1 ? ":" + draws : "")
                + (kind == Kind.POPULARITY ? ":" + alpha : "");
    }

    private static Kind kind(String text, String name) {
        for (Kind kind : Kind.values()) {
            if (Names.kebab(kind).equals(name)) {
                return kind;
            }
        }
        List<String> names = List.of(Kind.values()).stream().map(Names::kebab).toList();
        String nearest = Names.nearest(name, names)
                .map(found -> "; did you mean '" + found + "'?")
                .orElse("");
        throw wrong(text, "unknown kind '" + name + "'" + nearest);
    }

    private static double number(String text, String what, String part, double min, double max, boolean whole) {
        double value;
        try {
            value = whole ? Integer.parseInt(part) : Double.parseDouble(part);
        } catch (NumberFormatException e) {
            throw wrong(
                    text,
                    String.format(
                            Locale.ROOT, "%s = '%s' is not a %s number", what, part, whole ? "whole" : "decimal"));
        }
        if (!(value >= min && value <= max)) {
            throw wrong(
                    text,
                    String.format(
                            Locale.ROOT, "%s = %s is out of range, allowed are %.0f to %.0f", what, part, min, max));
        }
        return value;
    }

    private static InputException wrong(String text, String why) {
        return new InputException("candidates = '" + text + "': " + why + ". Allowed: " + FORMS + ".");
    }
}
