package org.mineral.app.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Arguments before they are parsed. */
public final class Arguments {

    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*|-[a-z]");
    private static final Pattern NEGATIVE = Pattern.compile("-\\.?[0-9].*");

    private Arguments() {}

    /** {@code --positives -0.3,0.2} becomes {@code --positives=-0.3,0.2}, which no parser takes for an option. */
    public static String[] normalise(String[] args) {
        List<String> normal = new ArrayList<>();
        for (String arg : args) {
            int last = normal.size() - 1;
            if (last >= 0
                    && NEGATIVE.matcher(arg).matches()
                    && OPTION.matcher(normal.get(last)).matches()) {
                normal.set(last, normal.get(last) + "=" + arg);
            } else {
                normal.add(arg);
            }
        }
        return normal.toArray(new String[0]);
    }

    /** The arguments that may be options: those before {@code --}. */
    static List<String> beforeDashes(String[] args) {
        List<String> all = Arrays.asList(args);
        int end = all.indexOf("--");
        return end < 0 ? all : all.subList(0, end);
    }

    /** Whether an option is among the arguments, alone or with a value behind {@code =}. */
    static boolean has(String[] args, String option) {
        return beforeDashes(args).stream().anyMatch(arg -> arg.equals(option) || arg.startsWith(option + "="));
    }

    /** Whether a switch is among the arguments, and not as {@code =false}. */
    public static boolean isOn(String[] args, String option) {
        return beforeDashes(args).stream().anyMatch(arg -> arg.equals(option) || arg.equals(option + "=true"));
    }
}
