package org.mineral.app.command.output;

import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts the lists that are shorter than requested, and explains the first one. */
public final class ShortLists {

    private final int wanted;
    private int lists;
    private int tooShort;
    private String first = "";

    public ShortLists(int wanted) {
        this.wanted = wanted;
    }

    /**
     * @param of whose list it is
     * @param why null if it is as long as wanted
     */
    public void add(String of, int length, @Nullable String why) {
        lists++;
        if (why != null) {
            if (tooShort == 0) {
                first = String.format(Locale.ROOT, "the list of %s has %,d: %s", of, length, why);
            }
            tooShort++;
        }
    }

    public void note(Consumer<String> notes) {
        if (tooShort > 0) {
            notes.accept(String.format(
                    Locale.ROOT, "%,d of %,d lists have fewer than %,d entries; %s", tooShort, lists, wanted, first));
        }
    }
}
