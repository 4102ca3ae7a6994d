package org.mineral.app.command.option;

import org.mineral.config.InputException;

/** Checks the numbers that options give. */
public final class Ranges {

    private Ranges() {}

    /** @throws InputException if the value is below */
    public static void check(String option, long value, long least) {
        if (value < least) {
            throw outside(option, value, least + " or more");
        }
    }

    /** @throws InputException if the value is outside */
    public static void check(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw outside(option, value, least + " to " + most);
        }
    }

    /** @throws InputException if the value is outside, or not a number */
    public static void checkShare(String option, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw outside(option, value, "0 to 1");
        }
    }

    private static InputException outside(String option, Object value, String allowed) {
        return new InputException(option + " " + value + " is out of range; allowed: " + allowed + ".");
    }
}
