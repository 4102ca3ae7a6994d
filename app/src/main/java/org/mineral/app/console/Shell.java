package org.mineral.app.console;

/** Commands as they are typed into a shell. */
public final class Shell {

    private Shell() {}

    /** One argument, in single quotes if a shell would read anything into it. */
    public static String quoted(Object argument) {
        String text = argument.toString();
        return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
