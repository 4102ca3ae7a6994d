package org.mineral.app.cli;

import java.util.Map;
import java.util.stream.Collectors;
import org.mineral.config.Hint;
import org.mineral.config.SettingName;
import picocli.CommandLine;

/** The library's hints and settings in the words of the command line: options and verbs. */
public final class Hints {

    private Hints() {}

    /**
     * A hint as advice.
     *
     * @param verb what was called, whose own options are named alone
     */
    public static String words(Hint hint, CommandLine.Model.CommandSpec verb) {
        return hint.sentence(
                switch (hint.action()) {
                    case SET -> settings(hint.values());
                    case READ -> reading(hint.values(), verb);
                    case QUERY ->
                        "data import --sql \"" + String.join("", hint.values().values()) + "\"";
                    case HISTORY -> "--history ITEM,ITEM";
                    case ITEM_TABLE -> "--items FILE";
                    case ITEM_ATTRIBUTES -> "--item-features FILE";
                    case TEACHER -> "--teacher MODEL";
                    case SAME_DATA -> "the same DATA, --seed, --validation and --with-valid";
                    case START_OVER -> "--fresh";
                    case OTHER_DIRECTORY -> "another -o";
                    case BUDGET -> verb.findOption("--budget") == null ? "--epochs" : "--budget";
                    case SEED -> "--seed";
                    case NO_VALIDATION -> "leave --validation out";
                    case VALIDATION -> "mineral train --validation 0.1";
                    case BLEND -> "--blend";
                    case BLEND_WEIGHTS -> "--weights W,W";
                    case NO_RETRAIN -> "leave --retrain out";
                    case SPLIT -> "mineral data split";
                    case IMPORT_DATA -> "mineral data import";
                    case EXPORT_MODEL -> "mineral export";
                    case LIST_PRESETS -> "mineral presets";
                });
    }

    /** A setting as the verb's option for it, or else as a setting. */
    static String words(SettingName setting, CommandLine.Model.CommandSpec verb) {
        String option = option(setting.name());
        return verb.findOption(option) == null ? setting.toString() : option;
    }

    private static String option(String setting) {
        return "--" + setting.replace('_', '-');
    }

    private static String settings(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> "--set " + value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String reading(Map<String, String> values, CommandLine.Model.CommandSpec verb) {
        boolean known = true;
        StringBuilder options = new StringBuilder();
        for (Map.Entry<String, String> value : values.entrySet()) {
            String option = option(value.getKey());
            known &= verb.findOption(option) != null;
            options.append(' ').append(option).append(' ').append(value.getValue());
        }
        return known ? options.substring(1) : "data import" + options;
    }
}
