package org.mineral.data.attributes;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.config.Setting;

/** How a side file becomes attributes. */
public record AttributeOptions(
        @Setting(
                value = "auto",
                doc = "roles of columns that are not guessed, such as year=number,title=none: category, list, number,"
                        + " scaled, bag, text, vector, none")
        String columns,

        @Setting(
                value = "2",
                min = 1,
                max = 1e6,
                doc = "values of fewer rows are pooled into one of their column; words are left out")
        int minRows,

        @Setting(value = "8", min = 2, max = 256, doc = "bins of a column of numbers")
        int bins) {

    /** Roles guessed, the defaults. */
    public static final AttributeOptions DEFAULTS = Config.defaults(AttributeOptions.class);

    public AttributeOptions {
        Config.check(AttributeOptions.class, columns, minRows, bins);
        roles(columns);
    }

    /** A copy with one setting changed. */
    public AttributeOptions with(String name, Object value) {
        return Config.with(this, name, value);
    }

    /** Roles by column, as given. */
    Map<String, AttributeRole> roles() {
        return roles(columns);
    }

    private static Map<String, AttributeRole> roles(String columns) {
        Map<String, AttributeRole> roles = new LinkedHashMap<>();
        for (String part : columns.equals("auto") ? new String[0] : columns.split(",")) {
            int at = part.lastIndexOf('=');
            if (at < 1) {
                throw new InputException("columns: found '" + part
                        + "'; allowed: NAME=ROLE, such as year=number,title=none; correct it");
            }
            roles.put(part.substring(0, at).strip(), AttributeRole.parse(part.substring(at + 1)));
        }
        return roles;
    }
}
