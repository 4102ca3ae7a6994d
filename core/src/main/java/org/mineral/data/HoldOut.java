package org.mineral.data;

import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.text.DataErrors;

/**
 * How much of each user's training interactions is held out for validation when the data have no validation part.
 *
 * @param share in (0, 1)
 */
public record HoldOut(double share, Order order) {

    /** Which of a user's interactions. */
    public enum Order {
        /** Random ones: for a test part that was drawn at random. */
        RANDOM,

        /** The last ones, by time or in the order of the file: for a test part that is later in time. */
        LAST,

        /** Random ones, drawn so that items count alike: for a test part in which popular items are no more frequent than others. */
        POPULARITY;

        /** @throws InputException for another name */
        public static Order parse(String text) {
            return Names.constant(Order.class, "validation", text);
        }
    }

    public HoldOut {
        if (!(share > 0 && share < 1)) {
            throw new InputException(
                    "a share of " + share + " to hold out: allowed are numbers between 0 and 1; try 0.1");
        }
    }

    /** Parses {@code 0.1}, {@code random:0.1}, {@code last} (a tenth), {@code last:0.2}, {@code popularity} or {@code popularity:0.2}. */
    public static HoldOut parse(String text) {
        for (Order order : Order.values()) {
            String name = Names.kebab(order);
            if (text.equals(name)) {
                return new HoldOut(0.1, order);
            } else if (text.startsWith(name + ":")) {
                return new HoldOut(number(text.substring(name.length() + 1), text), order);
            }
        }
        return new HoldOut(number(text, text), Order.RANDOM);
    }

    private static double number(String share, String text) {
        try {
            return Double.parseDouble(share);
        } catch (NumberFormatException e) {
            throw new InputException(
                    "found the validation " + DataErrors.quote(text)
                            + "; allowed: a share, or random, last or popularity with a share; try 0.1 or last:0.1",
                    e);
        }
    }

    /** For JSON: the share alone as a number where the order is random, otherwise the text that {@link #parse} reads. */
    public Object plain() {
        return order == Order.RANDOM ? (Object) share : toString();
    }

    /** The split that moves this share from train to valid. */
    Split split(long seed) {
        return switch (order) {
            case RANDOM -> Split.random(1 - share, share, 0, seed);
            case LAST -> Split.tail(1 - share, share, 0, seed);
            case POPULARITY -> Split.popularity(1 - share, share, 0, seed);
        };
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return order == Order.RANDOM ? String.valueOf(share) : Names.kebab(order) + ":" + share;
    }
}
