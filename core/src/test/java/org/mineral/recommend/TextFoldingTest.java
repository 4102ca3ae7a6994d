package org.mineral.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.data.IdMap;
import org.mineral.data.items.ItemTable;

class TextFoldingTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "istanbul, İstanbul",
        "ISTANBUL, ıstanbul",
        "İSTANBUL, istanbul",
        "strasse, Straße",
        "STRAẞE, straße",
        "cafe, CAFÉ",
        "cafe, Cafe\u0301",
        "οδος, ΟΔΟΣ",
        "ΆΓΙΟΣ, αγιος",
        "ёлка, ЕЛКА",
        "Ǆ, ǆ",
        "ﬁn, FIN",
        "Ｔｏｋｙｏ, tokyo",
        "カタカナ, ｶﾀｶﾅ",
        "がぎ, か\u3099き\u3099",
        "한글, \u1112\u1161\u11AB\u1100\u1173\u11AF",
        "\u0645\u064F\u062D\u064E\u0645\u0651\u062F, \u0645\u062D\u0645\u062F",
        "\u0623\u062D\u0645\u062F, \u0627\u062D\u0645\u062F",
        "co\u00ADoperate, cooperate",
        "ⴀⴁ, ႠႡ",
        "ᏣᎳᎩ, ꮳꮃꭹ",
        "𐐀𐐁, 𐐨𐐩",
        "հայ, ՀԱՅ",
        "'a  b', 'A\u00A0b'"
    })
    void theseAreTheSame(String one, String other) {
        assertThat(TextFolding.fold(one)).isEqualTo(TextFolding.fold(other));
    }

    @ParameterizedTest
    @CsvSource({"が, か", "कि, क", "ทำ, ทา", "Ж, З", "日本, 日木", "a, b", "가, 각"})
    void theseAreNot(String one, String other) {
        assertThat(TextFolding.fold(one)).isNotEqualTo(TextFolding.fold(other));
    }

    @Test
    void foldingTwiceIsFoldingOnce() {
        assertThat(IntStream.range(1, 0x20000)
                        .filter(c -> Character.isDefined(c) && (c < 0xD800 || c > 0xDFFF))
                        .mapToObj(c -> TextFolding.fold("x" + Character.toString(c) + "y"))
                        .filter(once -> !TextFolding.fold(once).equals(once)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "tr", "lt", "el"})
    void theMachinesLanguageDoesNotMatter(String language) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            Path file = Files.writeString(
                    home.resolve("items.csv"),
                    "item,title\n1,İstanbul Hatırası\n2,A trip to ISTANBUL\n3,Ankara\nÉté-4,Straße\n");
            Catalogue catalogue = new Catalogue(IdMap.of(List.of("1", "2", "3", "Été-4")), ItemTable.read(file));
            int[] order = IntStream.range(0, 4).toArray();
            for (String text : List.of("istanbul", "İSTANBUL", "ıstanbul", "Istanbul ")) {
                assertThat(catalogue.search(text, order, 9)).as(text).containsExactly(0, 1);
            }
            assertThat(catalogue.search("hatirasi", order, 9)).containsExactly(0);
            assertThat(catalogue.search("STRASSE", order, 9)).containsExactly(3);
            assertThat(catalogue.search("ete-4", order, 9)).containsExactly(3);
        } finally {
            Locale.setDefault(before);
        }
    }
}
