package org.mineral.config;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.Predicate;

/**
 * The range of a setting that is tuned, as {@link Setting#tune} declares it.
 *
 * @param name the setting's public name
 * @param log whether the scale is logarithmic
 * @param whole whether values are whole numbers
 */
@Internal
public record TuneRange(String name, double low, double high, boolean log, boolean whole) {

    /** Of a setting that is tuned. */
    public static TuneRange of(Config.Description setting) {
        return parse(setting.name(), setting.tune());
    }

    /**
     * Of all settings that are tuned and may be changed.
     *
     * @param open whether a setting may be changed, by name
     */
    public static List<TuneRange> of(List<Config.Description> settings, Predicate<String> open) {
        return settings.stream()
                .filter(setting -> !setting.tune().isEmpty() && open.test(setting.name()))
                .map(TuneRange::of)
                .toList();
    }

    /** Reads {@code low:high}, with {@code :log} and {@code :whole}. */
    static TuneRange parse(String name, String text) {
        List<String> fields = List.of(text.split(":"));
        return new TuneRange(
                name,
                Double.parseDouble(fields.get(0)),
                Double.parseDouble(fields.get(1)),
                fields.contains("log"),
                fields.contains("whole"));
    }

    /** The value at a share of the range, 0 the low end and 1 the high end, to three significant digits. */
    public String at(double share) {
        double value = log ? low * Math.pow(high / low, share) : low + share * (high - low);
        return text(BigDecimal.valueOf(whole ? Math.rint(value) : value).round(new MathContext(3)));
    }

    /** Whether a value has a place on the scale, within the range or beyond it: a number, above 0 if the scale is logarithmic. */
    public boolean places(double value) {
        return !Double.isNaN(value) && (!log || value > 0);
    }

    /** The value so many ranges above another, below for a negative step, within the range; to two significant digits. */
    public String move(double value, double step) {
        double from = log ? Math.log(value) : value;
        double least = log ? Math.log(low) : low;
        double most = log ? Math.log(high) : high;
        double place = Math.max(least, Math.min(most, from + step * (most - least)));
        BigDecimal moved = BigDecimal.valueOf(log ? Math.exp(place) : place).round(new MathContext(2));
        return text(whole ? BigDecimal.valueOf(Math.round(moved.doubleValue())) : moved);
    }

    private static String text(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
