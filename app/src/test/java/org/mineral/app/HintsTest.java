package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mineral.app.cli.Hints;
import org.mineral.app.console.Console;
import org.mineral.config.Hint;
import picocli.CommandLine;

class HintsTest {

    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-z][a-z-]*");

    private final CommandLine mineral =
            Main.commandLine(new Console(System.out, new PrintStream(OutputStream.nullOutputStream()), false));

    @ParameterizedTest
    @EnumSource(Hint.Action.class)
    void everyHintHasWordsOfTheCommandLine(Hint.Action action) {
        Map<String, String> values = Map.of("rating", "none");
        String words = Hints.words(new Hint("do it", action, values), verb("train"));
        assertThat(words).startsWith("do it: ").containsPattern("--[a-z]|-o|mineral [a-z]");
        Set<String> known = new HashSet<>();
        collect(mineral, known);
        assertThat(OPTION.matcher(words).results().map(match -> match.group())).allMatch(known::contains);
    }

    @Test
    void aVerbsOwnOptionsAreNamedAlone() {
        Hint columns = Hint.columns("say which", "NAME", "NAME");
        assertThat(Hints.words(columns, verb("train"))).isEqualTo("say which: data import --user NAME --item NAME");
        assertThat(Hints.words(
                        columns,
                        mineral.getSubcommands()
                                .get("data")
                                .getSubcommands()
                                .get("import")
                                .getCommandSpec()))
                .isEqualTo("say which: --user NAME --item NAME");
        assertThat(Hints.words(Hint.read("", "time_format", "day-first"), verb("train")))
                .isEqualTo("--time-format day-first");
    }

    private CommandLine.Model.CommandSpec verb(String name) {
        return mineral.getSubcommands().get(name).getCommandSpec();
    }

    private static void collect(CommandLine command, Set<String> options) {
        command.getCommandSpec().options().forEach(option -> options.addAll(Set.of(option.names())));
        command.getSubcommands().values().forEach(verb -> collect(verb, options));
    }
}
