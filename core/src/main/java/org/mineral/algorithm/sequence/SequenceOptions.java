package org.mineral.algorithm.sequence;

import org.mineral.config.Config;
import org.mineral.config.Setting;

/** What a row of a sequence consists of. */
public record SequenceOptions(
        @Setting(
                value = "20",
                min = 1,
                max = 4096,
                tune = "3:50:log:whole",
                doc = "L: how many of the last items a history's vector is made of")
        int positions,

        @Setting(
                value = "0.7",
                min = 0,
                max = 1,
                doc = "at the start, what an item counts in a history against the item after it")
        double positionDecay,

        @Setting(value = "1", min = 1, max = 1000, doc = "m: how many of the next items are positives of a place")
        int nextItems,

        @Setting(value = "0.5", min = 0, max = 1, doc = "what a positive counts against the one before it")
        double nextDecay,

        @Setting(
                value = "0",
                min = 0,
                max = 100000,
                doc = "places drawn of each user's sequence in an epoch; 0: every place, or where these are more"
                        + " than 250,000, as many of each user as fit in that number, and at least one")
        int cuts,

        @Setting(
                value = "0",
                min = 0,
                max = 0.99,
                doc = "share of a history's items that are left out at random in training")
        double contextDropout,

        @Setting(
                value = "1",
                min = 0,
                max = 1,
                doc = "c: an item in a history is c times its vector as what comes next, plus a vector of its own")
        double shared) {

    public SequenceOptions {
        Config.check(
                SequenceOptions.class, positions, positionDecay, nextItems, nextDecay, cuts, contextDropout, shared);
    }
}
