package org.mineral.data.read;

import java.util.BitSet;
import org.mineral.data.PairList;
import org.mineral.data.rows.DatasetBuilder;

/** Turns the numbers of LightGCN text into pairs and notes. */
final class LightGcnLines {

    private final String part;
    private final DatasetBuilder builder;
    private final PairList pairs = new PairList(false, false);
    private final BitSet usersSeen = new BitSet();

    private int user = -1;
    private long items;
    private long linesOfKnownUsers;
    private long linesWithoutItems;
    private long linesWithItems;
    private long fewestItems = Long.MAX_VALUE;
    private long mostItems;

    LightGcnLines(String part, DatasetBuilder builder) {
        this.part = part;
        this.builder = builder;
    }

    /** The next number of the line: its user, then items. */
    void number(int value) {
        if (user < 0) {
            user = builder.users.of(value);
            if (usersSeen.get(user)) {
                linesOfKnownUsers++;
            }
            usersSeen.set(user);
        } else {
            pairs.add(user, builder.items.of(value));
            items++;
        }
    }

    void endLine() {
        if (user >= 0 && items == 0) {
            linesWithoutItems++;
        } else if (user >= 0) {
            linesWithItems++;
            fewestItems = Math.min(fewestItems, items);
            mostItems = Math.max(mostItems, items);
        }
        user = -1;
        items = 0;
    }

    /** All pairs, at the end of the file. */
    PairList end() {
        endLine();
        builder.note("lines in " + part + " of a user already met, merged", linesOfKnownUsers);
        builder.note("lines in " + part + " with a user and no items", linesWithoutItems);
        noteLikelyRatings();
        return pairs;
    }

    /** Users with several lines of 3 or 4 numbers each, which are probably not lists of items. */
    private void noteLikelyRatings() {
        if (linesOfKnownUsers > 0 && fewestItems == mostItems && (mostItems == 2 || mostItems == 3)) {
            builder.note(
                    "lines in " + part
                            + " read as 'user item item ...'; if they are 'user item rating ...', separate them"
                            + " by commas",
                    linesWithItems);
        }
    }
}
