package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every link from one page of the documentation to another, and to a heading, leads somewhere; those in {@code docs} lead into {@code docs}, which is all
 * that an archive and the site have of the sources.
 */
class DocsLinksTest {

    private static final Path ROOT = Path.of("..");
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*?) *$");

    private final Map<Path, Set<String>> headings = new HashMap<>();

    @Test
    void noLinkIsDead() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
            while (link.find()) {
                if (!link.group(1).contains(":")) {
                    links++;
                    if (!leadsSomewhere(page, link.group(1), link.group(2))) {
                        dead.add(ROOT.relativize(page) + ": " + link.group());
                    }
                }
            }
        }
        assertThat(links).isGreaterThan(200);
        assertThat(dead).isEmpty();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(docs, top)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private boolean leadsSomewhere(Path page, String file, String heading) throws IOException {
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        boolean inside = target.startsWith(DOCS) || !page.startsWith(DOCS);
        return inside
                && Files.exists(target)
                && (heading == null || headings(target).contains(heading));
    }

    /** The names that a heading's link has: lower case, without punctuation, a hyphen for each space. */
    private Set<String> headings(Path page) throws IOException {
        if (!headings.containsKey(page)) {
            String text = Files.readString(page).replaceAll("(?ms)^```.*?^```$", "");
            headings.put(
                    page,
                    HEADING.matcher(text)
                            .results()
                            .map(match -> match.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1"))
                            .map(title -> title.toLowerCase(Locale.ROOT)
                                    .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                                    .replace(' ', '-'))
                            .collect(Collectors.toSet()));
        }
        return headings.get(page);
    }
}
