package org.mineral.app.cli;

import java.util.ArrayList;
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
}
