package org.mineral.app.report;

import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.ComparisonResult.Kind;

/** What a comparison compares, in words. */
enum Noun {
    LOSS("loss", "losses"),
    MODEL("model", "models");

    final String one;
    final String many;

    Noun(String one, String many) {
        this.one = one;
        this.many = many;
    }

    /** Losses, or models if one of them has none. */
    static Noun of(ComparisonResult result) {
        return result.entries().stream().allMatch(entry -> entry.kind() == Kind.LOSS) ? LOSS : MODEL;
    }

    /** With a capital letter. */
    static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
