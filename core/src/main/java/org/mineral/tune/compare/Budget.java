package org.mineral.tune.compare;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mineral.config.InputException;

/**
 * The budget of each model of a comparison: a number of epochs, or seconds of training.
 *
 * <p>Only a budget in epochs makes a comparison reproducible bit for bit: the number of epochs in a second depends on the machine and its load.
 */
public record Budget(Unit unit, int amount) {

    public enum Unit {
        EPOCHS,
        SECONDS
    }

    private static final Pattern WRITTEN =
            Pattern.compile("(\\d{1,9})\\s*(|e|epochs?|s|sec|seconds?|m|min|minutes?|h|hours?)");

    public Budget {
        if (amount < 1 || amount > 1_000_000) {
            throw new InputException("a budget of " + amount + " " + unit.name().toLowerCase(Locale.ROOT)
                    + " is out of range; allowed: 1 to 1000000.");
        }
    }

    public static Budget epochs(int epochs) {
        return new Budget(Unit.EPOCHS, epochs);
    }

    public static Budget seconds(int seconds) {
        return new Budget(Unit.SECONDS, seconds);
    }

    /**
     * Reads {@code 20}, {@code 20 epochs}, {@code 60s}, {@code 2m}, {@code 1h}.
     *
     * @throws InputException for other texts
     */
    public static Budget parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new InputException("the budget '" + text + "' is neither a number of epochs nor a time. Allowed: "
                    + "20 or '20 epochs' (epochs for each loss), 60s or 2m (training time of each loss).");
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        if (unit.isEmpty() || unit.startsWith("e")) {
            return epochs(clamp(amount));
        }
        long factor = unit.startsWith("s") ? 1 : unit.startsWith("m") ? 60 : 3600;
        return seconds(clamp(amount * factor));
    }

    private static int clamp(long amount) {
        return (int) Math.min(amount, Integer.MAX_VALUE);
    }

    @Override
    public String toString() {
        String noun = unit.name().toLowerCase(Locale.ROOT);
        return amount + " " + (amount == 1 ? noun.substring(0, noun.length() - 1) : noun);
    }
}
