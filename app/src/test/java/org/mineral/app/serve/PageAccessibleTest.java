package org.mineral.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.Browser;

/** The served page by the rules of axe-core: on a desktop, on a phone, light and dark; by keyboard alone; with a read key. */
@Tag("slow")
class PageAccessibleTest {

    private static final String LISTED =
            "document.querySelectorAll('#list li').length === 12 && document.querySelector('#why table')";
    private static final String READ = "the-key-of-reading";

    /** Pictures go there, to be looked at. */
    private static final String PICTURES = System.getProperty("mineral.pictures", "");

    @TempDir
    static Path home;

    private static Server server;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(home.resolve("profile"));
        ServeFixture.make(home);
        server = Server.of(home.resolve("model"))
                .items(home.resolve("items.csv"))
                .readKey(READ)
                .start();
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /** With the key as a browser has it once it was typed in. */
    private static String address(String rest) {
        return server.url().replace("http://", "http://any:" + READ + "@") + "/" + rest;
    }

    @Test
    void noRuleIsBroken() throws Exception {
        List<String> found = new ArrayList<>();
        for (String whom : List.of("", "#user=user-3", "#item=item-4&item=item-9")) {
            for (boolean dark : List.of(false, true)) {
                for (int width : List.of(1280, 390)) {
                    browser.look(width, 900, dark);
                    browser.open(address(whom), LISTED);
                    browser.evaluate("document.querySelector('button[aria-label^=\"Similar\"]').click()");
                    browser.until("document.querySelector('#near table')");
                    String where = whom + ", " + width + (dark ? ", dark: " : ", light: ");
                    browser.violations().forEach(violation -> found.add(where + violation));
                    if (browser.overflows()) {
                        found.add(where + "has to be scrolled sideways");
                    }
                    if (!PICTURES.isEmpty()) {
                        String name = whom.isEmpty() ? "popular" : whom.contains("user") ? "user" : "items";
                        browser.picture(
                                Path.of(PICTURES, "page-" + name + "-" + width + (dark ? "-dark" : "") + ".png"));
                    }
                }
            }
        }
        assertThat(browser.passes()).as("rules that were looked at").isGreaterThan(20);
        assertThat(found).isEmpty();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void everythingCanBeDoneByKeyboardAlone() throws Exception {
        browser.look(1280, 900, false);
        browser.open(address(""), LISTED);
        focus("user");
        browser.type("user-7");
        browser.press("Enter");
        browser.until("document.getElementById('rec-title').textContent === 'Recommended to user-7'");
        focus("item");
        browser.type("no. 11");
        browser.until("document.querySelector('#found button')");
        browser.press("Tab");
        assertThat(browser.evaluate("document.activeElement.textContent").asString())
                .startsWith("Thing no. 11");
        browser.press("Enter");
        browser.until(
                "document.querySelector('#history button') && document.getElementById('rec-title').textContent.includes('this item')");
        browser.evaluate("document.querySelector('#list button').focus()");
        browser.press("Enter");
        browser.until("document.getElementById('panel-status').textContent.startsWith('Why')");
        // Whoever takes an item out stays near it.
        browser.evaluate("document.querySelector('#history button').focus()");
        browser.press("Enter");
        browser.until("document.activeElement.id === 'item'");
    }

    /** By Tab, as often as it takes. */
    private static void focus(String id) throws Exception {
        browser.evaluate("document.activeElement.blur()");
        for (int k = 0; k < 60; k++) {
            if (browser.evaluate("document.activeElement.id").asString("").equals(id)) {
                return;
            }
            browser.press("Tab");
        }
        throw new AssertionError(id + " is not reached by Tab");
    }
}
