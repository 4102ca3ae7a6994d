package org.mineral.data.text;

/** Parses numbers in files: digits, a decimal point or comma, an exponent. {@code 5d}, {@code 0x1p3} and {@code NaN} are not numbers. */
public final class Decimals {

    private Decimals() {}

    /** The value of a text without the spaces around it; NaN if it is not a finite number. */
    public static double parse(String given) {
        String text = given.strip();
        int comma = text.indexOf(',');
        if (!isDecimal(text)) {
            return Double.NaN;
        }
        double value =
                Double.parseDouble(comma < 0 ? text : text.substring(0, comma) + "." + text.substring(comma + 1));
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /** {@code [+-] digits [. or , digits] [e [+-] digits]}, with a digit before or behind the point. */
    private static boolean isDecimal(String text) {
        int at = sign(text, 0);
        int whole = digits(text, at);
        int digits = whole - at;
        at = whole;
        if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',' && digits > 0)) {
            int fraction = digits(text, at + 1);
            digits += fraction - at - 1;
            at = fraction;
        }
        if (digits > 0 && at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int begin = sign(text, at + 1);
            at = digits(text, begin);
            digits = at - begin;
        }
        return digits > 0 && at == text.length();
    }

    private static int sign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static int digits(String text, int from) {
        int to = from;
        while (to < text.length() && text.charAt(to) >= '0' && text.charAt(to) <= '9') {
            to++;
        }
        return to;
    }
}
