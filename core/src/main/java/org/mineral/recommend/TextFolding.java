package org.mineral.recommend;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Normalises texts for search: ignores case, accents, width, ligatures, invisible characters and runs of spaces, in any script.
 * {@code İstanbul}, {@code ıstanbul} and {@code ISTANBUL} are the same, and so are {@code Straße} and
 * {@code STRASSE}, {@code Café} and {@code cafe}, {@code ΟΔΟΣ} and {@code οδος}.
 *
 * <ol>
 *   <li>NFKD decomposes characters: full width, ligatures and accents (Unicode Standard Annex 15).
 *   <li>Marks without a script, accents and Arabic vowel signs, are dropped, and so are invisible format characters. Marks that are letters,
 *       as in Devanagari or Thai, stay, and so do those of Japanese voiced sounds.
 *   <li>Everything becomes lower case letter by letter, which makes a capital ẞ a small one, then upper case, which spells ß out,
 *       then lower case letter by letter again, which makes both forms of sigma one.
 *   <li>NFC composes the rest.
 * </ol>
 */
public final class TextFolding {

    private static final int VOICED_SOUND = 0x3099;
    private static final int SEMI_VOICED_SOUND = 0x309A;
    private static final int TATWEEL = 0x640;

    private TextFolding() {}

    public static String fold(String text) {
        return isAscii(text) ? spaced(text.toLowerCase(Locale.ROOT)) : spaced(folded(text));
    }

    private static String folded(String text) {
        StringBuilder bare = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKD)
                .codePoints()
                .filter(TextFolding::counts)
                .map(Character::toLowerCase)
                .forEach(bare::appendCodePoint);
        StringBuilder lower = new StringBuilder(bare.length());
        bare.toString()
                .toUpperCase(Locale.ROOT)
                .codePoints()
                .map(Character::toLowerCase)
                .forEach(lower::appendCodePoint);
        return Normalizer.normalize(lower, Normalizer.Form.NFC);
    }

    private static boolean counts(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT -> false;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK ->
                Character.UnicodeScript.of(c) != Character.UnicodeScript.INHERITED
                        || c == VOICED_SOUND
                        || c == SEMI_VOICED_SOUND;
            default -> c != TATWEEL;
        };
    }

    private static boolean isAscii(String text) {
        for (int k = 0; k < text.length(); k++) {
            if (text.charAt(k) > 127) {
                return false;
            }
        }
        return true;
    }

    /** Trims spaces and collapses runs of them. */
    private static String spaced(String text) {
        StringBuilder spaced = new StringBuilder(text.length());
        boolean gap = false;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (Character.isWhitespace(c)) {
                gap = true;
                continue;
            }
            if (gap && !spaced.isEmpty()) {
                spaced.append(' ');
            }
            gap = false;
            spaced.append(c);
        }
        return spaced.toString();
    }
}
