package org.mineral.app.cli;

import java.util.Locale;
import picocli.CommandLine.Model.ArgSpec;

/** Checks a value against the type of its option, before the parser, which would not know where the value comes from. */
final class OptionTypes {

    private OptionTypes() {}

    /** What was found and what is allowed; empty if the value is right. */
    static String wrong(ArgSpec arg, String text) {
        String type = arg.typeInfo().getClassSimpleName().toLowerCase(Locale.ROOT);
        String expected = switch (type) {
            case "boolean" -> text.matches("true|false") ? "" : "true or false";
            case "integer", "int", "long" -> text.matches("[+-]?\\d{1,18}") ? "" : "a whole number";
            case "double" -> isNumber(text) ? "" : "a number";
            default -> "";
        };
        return expected.isEmpty() ? "" : "found '" + text + "'; allowed: " + expected + ".";
    }

    private static boolean isNumber(String text) {
        try {
            return !Double.isNaN(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
