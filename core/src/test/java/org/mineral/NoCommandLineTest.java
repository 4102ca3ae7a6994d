package org.mineral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;

/** The library speaks of settings and arguments; options and verbs are the command line's words. */
class NoCommandLineTest {

    /** An option, or a call of a verb. Options of Java itself and of tools that are no part of this project may be named. */
    private static final Pattern COMMAND_LINE = Pattern.compile(
            "(?<![\\w-])--(?!add-modules\\b)[a-z]|\\bmineral [a-z]|\\bdata (import|convert|describe|generate)\\b"
                    + "|(?<= )-[on]\\b");

    @Test
    void noTextOfTheLibraryNamesAnOptionOrAVerb() throws Exception {
        Path classes = Path.of(InputException.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Map<String, List<String>> found = new TreeMap<>();
        int texts = 0;
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                for (String text : texts(file)) {
                    texts++;
                    if (COMMAND_LINE.matcher(text).find()) {
                        found.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>())
                                .add(text);
                    }
                }
            }
        }
        assertThat(texts).isGreaterThan(10_000);
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave --rating out", "`mineral data split`", "data import it", "choose another -o."})
    void thePatternFindsFlagsAndVerbs(String text) {
        assertThat(text).containsPattern(COMMAND_LINE);
    }

    /** Every text in a class file's table of constants: literals, pieces of put together strings, values of annotations. */
    private static List<String> texts(Path file) throws IOException {
        List<String> texts = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                DataInputStream data = new DataInputStream(in)) {
            data.readInt();
            data.readInt();
            int constants = data.readUnsignedShort();
            for (int k = 1; k < constants; k++) {
                int tag = data.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.add(data.readUTF());
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> data.readInt();
                    case 5, 6 -> {
                        data.readLong();
                        k++;
                    }
                    case 7, 8, 16, 19, 20 -> data.readUnsignedShort();
                    case 15 -> {
                        data.readByte();
                        data.readUnsignedShort();
                    }
                    default -> throw new IOException(file + ": constant of unknown kind " + tag);
                }
            }
        }
        return texts;
    }
}
