package org.mineral.app.command.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mineral.app.json.JsonText;
import org.mineral.config.Config;

/** The settings of an algorithm, with defaults and what is allowed. */
public final class SettingsTable {

    private SettingsTable() {}

    /** A line a setting: name, default, what is allowed, what it is. */
    public static List<String> lines(List<Config.Description> settings) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-20s %-12s %-24s %s", "setting", "default", "allowed", ""));
        for (Config.Description one : settings) {
            lines.add(String.format(
                    Locale.ROOT, "%-20s %-12s %-24s %s", one.name(), one.fallback(), allowed(one), one.doc()));
        }
        return lines;
    }

    /** The same as JSON. */
    public static List<Map<String, Object>> json(List<Config.Description> settings) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Config.Description one : settings) {
            all.add(JsonText.object(
                    "name", one.name(),
                    "default", one.fallback(),
                    "allowed", allowed(one),
                    "about", one.doc()));
        }
        return all;
    }

    private static String allowed(Config.Description setting) {
        if (!setting.choices().isEmpty()) {
            return setting.choices().size() > 6 ? "one of many" : String.join("|", setting.choices());
        }
        boolean bounded = Double.isFinite(setting.min()) && Double.isFinite(setting.max());
        return bounded ? number(setting.min()) + " to " + number(setting.max()) : "";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
