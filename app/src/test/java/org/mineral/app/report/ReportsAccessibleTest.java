package org.mineral.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.Browser;
import org.mineral.app.Main;

/** Every report in a real browser, by the rules of axe-core: on a desktop, on a phone, light and dark, by keyboard. */
@Tag("slow")
class ReportsAccessibleTest {

    private static final String TASTES = "builtin:tastes:users=60,items=40";

    /** Pictures go there, to be looked at. */
    private static final String PICTURES = System.getProperty("mineral.pictures", "");

    @TempDir
    static Path home;

    private static Browser browser;
    private static final Map<String, Path> REPORTS = new LinkedHashMap<>();

    @BeforeAll
    static void make() throws Exception {
        browser = Browser.start(home.resolve("profile"));
        REPORTS.put(
                "compare",
                Files.writeString(home.resolve("compare.html"), HtmlReport.page(Samples.comparison("yelp2018"))));
        report("tune", "tune", TASTES, "--trials", "4", "--epochs", "4", "--set", "dimension=4");
        report(
                "ablate",
                "ablate",
                TASTES,
                "--budget",
                "1",
                "--set",
                "dimension=4",
                "--x",
                "lambda=1:1.2:3",
                "--y",
                "temperature=0.1,0.2");
        report(
                "train",
                "train",
                TASTES,
                "--set",
                "dimension=4",
                "-o",
                home.resolve("model").toString());
    }

    private static void report(String name, String... command) {
        Path file = home.resolve(name + ".html");
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of("--report", file.toString()));
        if (!name.equals("train")) {
            words.addAll(List.of("--log", home.resolve(name + ".jsonl").toString()));
        }
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        assertThat(Main.run(words.toArray(String[]::new), nowhere, nowhere))
                .as(name)
                .isZero();
        REPORTS.put(name, file);
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void noRuleIsBroken() throws Exception {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, Path> report : REPORTS.entrySet()) {
            for (boolean dark : List.of(false, true)) {
                int width = dark ? 390 : 1280;
                browser.look(width, 900, dark);
                browser.open(report.getValue().toUri().toString(), "document.querySelector('h1')");
                // What is folded up is read by those who open it.
                browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
                String where = report.getKey() + ", " + width + (dark ? ", dark: " : ", light: ");
                browser.violations().forEach(violation -> found.add(where + violation));
                if (browser.overflows()) {
                    found.add(where + "has to be scrolled sideways");
                }
                if (!PICTURES.isEmpty()) {
                    browser.picture(Path.of(PICTURES, report.getKey() + "-" + width + ".png"));
                }
            }
            assertThat(browser.passes()).as("rules that were looked at").isGreaterThan(15);
        }
        assertThat(found).isEmpty();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void everyControlIsReachedByTheKeyboard() throws Exception {
        browser.look(1280, 900, false);
        browser.open(REPORTS.get("compare").toUri().toString(), "document.querySelector('.results th button')");
        browser.evaluate(
                "window.reached = new Set(); document.addEventListener('focusin', e => reached.add(e.target))");
        int controls = browser.evaluate(
                        "document.querySelectorAll('a[href], button, summary, [tabindex=\"0\"]').length")
                .asInt();
        for (int k = 0; k < controls + 5; k++) {
            browser.press("Tab");
        }
        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('a[href], button, summary')].filter("
                                        + "e => e.offsetParent !== null && !reached.has(e)).map(e => e.outerHTML.slice(0, 100))")
                        .toString())
                .isEqualTo("[]");
        browser.evaluate("document.querySelectorAll('.results th button')[3].focus()");
        browser.press("Enter");
        browser.until("document.querySelector('.results th:nth-child(4)').hasAttribute('aria-sort')");
    }

    @Test
    void theRulesFindWhatBreaksThem() throws Exception {
        Path page = Files.writeString(
                home.resolve("bad.html"),
                "<!doctype html><html><head><title>x</title></head><body><h1>x</h1><img src='data:,'>"
                        + "<p style='color:#aaa;background:#fff'>faint</p></body></html>");
        browser.open(page.toUri().toString(), "document.querySelector('h1')");
        assertThat(browser.violations())
                .anyMatch(violation -> violation.startsWith("image-alt"))
                .anyMatch(violation -> violation.startsWith("color-contrast"))
                .anyMatch(violation -> violation.startsWith("html-has-lang"));
    }
}
