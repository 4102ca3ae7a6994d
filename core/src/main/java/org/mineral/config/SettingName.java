package org.mineral.config;

/**
 * The name of a setting within the message of an {@link InputException}. In the words of this library it reads {@code the setting
 * name}; an application that has other words for its settings, such as options of a command line, replaces it by {@link
 * InputException#message(java.util.function.Function, java.util.function.Function)}.
 */
public record SettingName(String name) {

    @Override
    public String toString() {
        return "the setting " + name;
    }
}
