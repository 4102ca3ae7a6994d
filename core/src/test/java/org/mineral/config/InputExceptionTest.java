package org.mineral.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputExceptionTest {

    @Test
    void aMessageEndsWithItsHintsInTheWordsOfTheLibrary() {
        InputException sentence = new InputException(
                "too many candidates.",
                Hint.set("sample them", "candidates", "uniform:4096"),
                Hint.of("begin anew", Hint.Action.START_OVER));
        assertThat(sentence)
                .hasMessage(
                        "too many candidates. Sample them: set candidates=uniform:4096, or begin anew: delete the checkpoints.");
        InputException clause =
                new InputException("f.csv:1: found a; allowed: b;", Hint.columns("say which they are", "NAME", 2));
        assertThat(clause).hasMessage("f.csv:1: found a; allowed: b; say which they are: read with user=NAME, item=2");
    }

    @Test
    void anApplicationWordsTheHints() {
        InputException e = new InputException("no ratings.", Hint.read("add up equal rows", "duplicates", "sum"));
        assertThat(e.message(hint -> hint.sentence("--duplicates sum")))
                .isEqualTo("no ratings. Add up equal rows: --duplicates sum.");
        assertThat(new InputException("plain 5 %").message(hint -> "never")).isEqualTo("plain 5 %");
    }

    @Test
    void settingsAreNamedInTheWordsOfAnApplication() {
        InputException e = InputException.naming("%s: found '%s'.", new SettingName("time_format"), "50 %");
        assertThat(e).hasMessage("the setting time_format: found '50 %'.");
        assertThat(e.message(Hint::text)).isEqualTo(e.getMessage());
        assertThat(e.message(Hint::text, setting -> "--" + setting.name())).isEqualTo("--time_format: found '50 %'.");
    }

    @Test
    void withoutHintsTheProblemIsTheMessage() {
        assertThat(new InputException("found nothing.", new Hint[0])).hasMessage("found nothing.");
        assertThat(new InputException("found nothing.", new Hint[0]).message(hint -> "do this"))
                .isEqualTo("found nothing.");
    }
}
