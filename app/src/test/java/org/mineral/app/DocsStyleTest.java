package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation has short lines and short sentences, and dates are in its laboratory. Code, tables and headings are left alone. */
class DocsStyleTest {

    private static final Path ROOT = Path.of("..");
    private static final int LINE = 160;
    private static final int WORDS = 40;
    private static final String MONTHS =
            "January|February|March|April|May|June|July|August|September|October|November|December";
    private static final Pattern DATE = Pattern.compile("\\b(" + MONTHS + ") 20\\d\\d");
    private static final Pattern ITEM = Pattern.compile("\\s*([-*]|\\d+\\.) .*");
    private static final Pattern NO_PROSE = Pattern.compile("\\s*\\||#+ |>|!\\[|<");

    private final List<String> wrong = new ArrayList<>();

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(docs, Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")))
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void linesAreShort() throws IOException {
        everyPage((page, prose) -> prose.lines.stream()
                .filter(line -> line.length() > LINE)
                .forEach(line -> wrong.add(page + ": " + line)));
    }

    @Test
    void sentencesAreShort() throws IOException {
        everyPage((page, prose) -> prose.paragraphs.stream()
                .flatMap(paragraph -> Stream.of(paragraph.split("(?<=[.!?:;])[*)\"]*\\s+")))
                .filter(sentence -> sentence.split("\\s+").length > WORDS)
                .forEach(sentence -> wrong.add(page + ": " + sentence)));
    }

    @Test
    void datesAreInTheLaboratory() throws IOException {
        everyPage((page, prose) -> {
            if (!page.startsWith("docs/lab")) {
                prose.lines.stream()
                        .filter(line -> DATE.matcher(line).find())
                        .forEach(line -> wrong.add(page + ": " + line));
            }
        });
    }

    @Test
    void everyPageHasOneTitle() throws IOException {
        everyPage((page, prose) -> {
            if (prose.titles != 1) {
                wrong.add(page + ": " + prose.titles + " titles");
            }
        });
    }

    private interface Check {
        void of(Path page, Prose prose);
    }

    private void everyPage(Check check) throws IOException {
        List<Path> pages = pages();
        assertThat(pages).hasSizeGreaterThan(30);
        for (Path page : pages) {
            check.of(ROOT.relativize(page), new Prose(Files.readAllLines(page)));
        }
        assertThat(wrong).isEmpty();
    }

    /** A page's lines of prose, and its paragraphs and items of lists in one line each. */
    private static final class Prose {

        final List<String> lines = new ArrayList<>();
        final List<String> paragraphs = new ArrayList<>();
        int titles;
        private final StringBuilder paragraph = new StringBuilder();

        Prose(List<String> page) {
            boolean code = false;
            for (String line : page) {
                boolean fence = line.stripLeading().startsWith("```");
                boolean indented = paragraph.isEmpty() && line.startsWith("    ");
                code ^= fence;
                titles += !code && line.startsWith("# ") ? 1 : 0;
                if (fence
                        || code
                        || indented
                        || line.isBlank()
                        || NO_PROSE.matcher(line).lookingAt()) {
                    end();
                } else {
                    take(line);
                }
            }
            end();
        }

        private void take(String line) {
            lines.add(line);
            if (ITEM.matcher(line).matches()) {
                end();
            }
            paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
        }

        private void end() {
            if (!paragraph.isEmpty()) {
                paragraphs.add(paragraph.toString());
                paragraph.setLength(0);
            }
        }
    }
}
