package org.mineral.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.Browser;

/** The page in a real browser, if one is installed. */
@Tag("slow")
class ServePageTest {

    @TempDir
    static Path home;

    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        ServeFixture.make(home);
        server = Server.of(home.resolve("model"))
                .items(home.resolve("items.csv"))
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    /** The document as it stands once its script has done its work. */
    private static String document(String address) throws Exception {
        Path out = home.resolve("page.html");
        Process process = new ProcessBuilder(Browser.command(
                        home.resolve("profile"),
                        "--virtual-time-budget=20000",
                        "--enable-logging=stderr",
                        "--dump-dom",
                        server.url() + "/" + address))
                .redirectOutput(out.toFile())
                .redirectError(home.resolve("browser.log").toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(home.resolve("browser.log"))).doesNotContain("CONSOLE");
        return Files.readString(out);
    }

    private static long count(String document, String pattern) {
        return Pattern.compile(pattern).matcher(document).results().count();
    }

    @Test
    void aUsersListIsShownWithTheReasonOfItsFirstItem() throws Exception {
        String document = document("#user=user-3");
        assertThat(count(document, "class=\"rank\"")).isEqualTo(12);
        assertThat(document)
                .contains(
                        "200 users with 120 items",
                        "Recommended to user-3",
                        "The parts add up to the score.",
                        "<option value=\"colour:red\">")
                .doesNotContain("role=\"alert\">T");
        // What they took is shown too, as far as there is room.
        assertThat(count(document, "<li class=\"chip\">Thing no. ")).isEqualTo(12);
    }

    @Test
    void withoutAUserThePageShowsPopularItemsAndSuggestsUsers() throws Exception {
        String document = document("");
        assertThat(document).contains("Most popular", "choose somebody to see their own list", "Such as ");
        assertThat(count(document, "class=\"score\">[0-9]+ users<")).isEqualTo(12);
        assertThat(count(document, "class=\"link\">user-")).isEqualTo(4);
    }

    @Test
    void aHistoryIsShownAndEveryControlHasAName() throws Exception {
        String document = document("#item=item-4&item=item-9");
        assertThat(document)
                .contains("Thing no. 4 ×", "Thing no. 9 ×", "somebody who took these 2 items", "Computed just now");
        assertThat(count(document, "<button[^>]*></button>")).isZero();
        for (String id : List.of("user", "item")) {
            assertThat(document).contains("<label for=\"" + id + "\">");
        }
    }

    @Test
    void nothingComesFromAnotherHost() throws IOException {
        for (String file : List.of("page.html", "page.css", "page.js", "map.js")) {
            String text = new String(
                    Server.class.getResourceAsStream(file).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(text).as(file).doesNotContain("http://", "https://", "innerHTML");
        }
    }
}
