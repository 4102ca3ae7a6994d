package org.mineral.tune.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * An axis of an ablation: a setting and its values.
 *
 * @param name the setting's public name
 * @param values as text, in order, distinct
 */
public record Axis(String name, List<String> values) {

    public static final int DEFAULT_STEPS = 6;
    private static final int MOST = 100;

    private static final Pattern RANGE = Pattern.compile("([^:,]+):([^:,]+)(?::(\\d{1,4}))?");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+(e-?[0-9]+)?");

    public Axis {
        values = values.stream().distinct().toList();
        if (values.isEmpty() || values.size() > MOST) {
            throw new InputException(name + " takes " + values.size() + " values; allowed: 1 to " + MOST + ".");
        }
    }

    /**
     * Reads {@code lambda=1:1.5} (6 values, evenly spaced, both ends among them), {@code lambda=1:1.5:11} (11 values) or
     * {@code candidates=uniform:256,all} (these values).
     *
     * @throws InputException for other texts
     */
    public static Axis parse(String text) {
        int equals = text.indexOf('=');
        String name = text.substring(0, Math.max(0, equals)).strip();
        String range = text.substring(equals + 1).strip();
        if (name.isEmpty() || range.isEmpty()) {
            throw refusal(text);
        }
        if (range.contains(",")) {
            return new Axis(
                    name, Arrays.stream(range.split(",")).map(String::strip).toList());
        }
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
            throw refusal(text);
        }
        String steps = matcher.group(3);
        try {
            return between(
                    name,
                    number(matcher.group(1)),
                    number(matcher.group(2)),
                    steps == null ? DEFAULT_STEPS : Integer.parseInt(steps));
        } catch (NumberFormatException e) {
            throw refusal(text);
        }
    }

    /** With the exponent range of doubles, so that no difference has a billion digits. */
    private static BigDecimal number(String text) {
        BigDecimal number = new BigDecimal(text.strip());
        if (Math.abs((long) number.scale()) > 400) {
            throw new NumberFormatException(text);
        }
        return number;
    }

    /** In decimal arithmetic, so that 0.1 is exact. */
    private static Axis between(String name, BigDecimal low, BigDecimal high, int steps) {
        if (low.compareTo(high) >= 0 || steps < 2 || steps > MOST) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s from %s to %s in %d steps: allowed are a lower and a higher value, 2 to %d steps.",
                    name,
                    low,
                    high,
                    steps,
                    MOST));
        }
        BigDecimal width = high.subtract(low);
        List<String> values = new ArrayList<>();
        for (int k = 0; k < steps; k++) {
            BigDecimal value = low.add(width.multiply(BigDecimal.valueOf(k))
                    .divide(BigDecimal.valueOf(steps - 1L), MathContext.DECIMAL64));
            BigDecimal short4 = value.round(new MathContext(4)).stripTrailingZeros();
            values.add(short4.toPlainString());
        }
        return new Axis(name, values);
    }

    /** Whether this is the first or the last of numeric values. */
    boolean atEnd(@Nullable String value) {
        boolean ends =
                values.get(0).equals(value) || values.get(values.size() - 1).equals(value);
        return ends
                && values.size() > 1
                && values.stream().allMatch(v -> NUMBER.matcher(v).matches());
    }

    private static InputException refusal(String text) {
        return new InputException(
                "'" + text + "' is no range of a setting. Allowed: lambda=1:1.5, lambda=1:1.5:11 (11 steps)"
                        + " or candidates=uniform:256,all (a list).");
    }
}
