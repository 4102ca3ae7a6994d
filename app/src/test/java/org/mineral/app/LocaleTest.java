package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.CommandLineTest.Run;
import org.mineral.app.serve.Server;

/**
 * Every verb says the same on every machine. German separates decimals by a comma, Turkish has another i, Arabic and Persian
 * have digits of their own.
 */
@Tag("slow")
class LocaleTest {

    private static final String TASTES = "builtin:tastes:users=1200,items=120";
    private static final String FEW = "builtin:tastes:users=80,items=50,activity=10";

    /** In order: later ones read what earlier ones wrote. HOME stands for a directory. */
    private static final List<String> COMMANDS = List.of(
            "trian",
            "train /nowhere -o HOME/never",
            "train FEW -o HOME/never --set temperature=0,1",
            "train FEW -o HOME/never --set block_size=99999999",
            "data generate -o HOME/made --users 1200 --items 90 --interactions 20000",
            "data describe TASTES",
            "data describe TASTES --json",
            "data describe HOME/rated.csv",
            "data split HOME/made -o HOME/split --ratios 0.7,0.1,0.2",
            "data convert HOME/split -o HOME/inter --format inter",
            "data import HOME/rated.csv -o HOME/imported --min-user 1",
            "train TASTES -o HOME/model --set epochs=2 --set dimension=8 --information",
            "train TASTES -o HOME/second --effort quick --set epochs=2 --set dimension=8 --seed 7 --json",
            "train TASTES -o HOME/popular --model popularity",
            "ensemble HOME/model HOME/second -o HOME/both",
            "config HOME/model",
            "evaluate HOME/model TASTES --against HOME/popular",
            "evaluate HOME/model TASTES --users 300 --json",
            "information HOME/model TASTES --candidates 50",
            "recommend HOME/model --user user-1 -n 3",
            "recommend HOME/model --user nobody -n 3",
            "recommend HOME/model --all -n 2 -o HOME/lists.tsv",
            "similar HOME/model --item item-1 -n 3 --json",
            "update HOME/model TASTES -o HOME/updated",
            "export HOME/model -o HOME/exported --format csv",
            "import HOME/exported -o HOME/back",
            "loss mine+ --positives 0.9,0.2 --candidates 0.5,-0.3",
            "loss INFONCE",
            "presets",
            "presets amazon-electronics-small",
            "compare FEW --effort quick --losses mine+,softmax --budget 2 --seeds 2 --information --report HOME/compare.html",
            "demo --losses mse --budget 1 --set dimension=8 --report HOME/demo.html",
            "tune FEW --trials 2 --epochs 2 --log HOME/t.jsonl --report HOME/tune.html",
            "ablate FEW --effort quick --x temperature=0.1:0.2:2 --budget 1 --log HOME/a.jsonl --report HOME/ablate.html",
            "doctor",
            "bench FEW --quick --dimension 8 --only evaluation");

    private static final Locale BEFORE = Locale.getDefault();

    @TempDir
    static Path directory;

    private static List<String> expected;

    @BeforeAll
    static void withTheRootLocale() throws Exception {
        expected = everything("root", Locale.ROOT);
    }

    @AfterAll
    static void reset() {
        Locale.setDefault(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "tr-TR", "ar-EG", "fa-IR"})
    void everyVerbSaysTheSame(String locale) throws Exception {
        assertThat(String.format(
                        Locale.forLanguageTag(locale), "%.1f%s", 1.5, "i".toUpperCase(Locale.forLanguageTag(locale))))
                .as("the locale is known here")
                .isNotEqualTo("1.5I");
        List<String> found = everything(locale, Locale.forLanguageTag(locale));
        for (int k = 0; k < expected.size(); k++) {
            assertThat(found.get(k)).isEqualTo(expected.get(k));
        }
    }

    /** picocli knows no locale but the process's. */
    @Test
    void helpIsTheSameInAProcessOfAnotherLocale() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.mineral.app.Main",
                        "train",
                        "--help")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Locale.setDefault(Locale.ROOT);
        assertThat(help).isEqualTo(CommandLineTest.run("train", "--help").out());
    }

    private static List<String> everything(String name, Locale locale) throws Exception {
        Locale.setDefault(locale);
        Path home = Files.createDirectory(directory.resolve(name));
        Files.writeString(
                home.resolve("rated.csv"),
                "user,item,rating,timestamp\na,x,4.5,1600000000\na,y,3,1600000100\nb,x,1,1700000000\nb,I,2.5,1700000001\n");
        List<String> said = new ArrayList<>();
        for (String command : COMMANDS) {
            String[] words = command.replace("HOME", home.toString())
                    .replace("TASTES", TASTES)
                    .replace("FEW", FEW)
                    .split(" ");
            Run run = CommandLineTest.run((Object[]) words);
            boolean measures = command.startsWith("bench") || command.startsWith("doctor");
            String text = run.code() + "\n" + run.out() + "\n" + withoutProgress(run.err());
            said.add(command + "\n" + masked(text.replace(home.toString(), "HOME"), measures));
        }
        for (String file : List.of("compare.html", "demo.html", "tune.html", "ablate.html", "lists.tsv")) {
            String text = Files.readString(home.resolve(file)).replace(home.toString(), "HOME");
            // The axis of times has other labels in each run.
            text = text.replaceAll("(?s)<div class=\"curves\" data-axis=\"seconds\">.*?</div>", "");
            said.add(file + "\n" + masked(text, file.endsWith(".html")));
        }
        said.addAll(served(home));
        return said;
    }

    private static List<String> served(Path home) throws IOException, InterruptedException {
        List<String> said = new ArrayList<>();
        HttpClient client = HttpClient.newHttpClient();
        try (Server server = Server.of(home.resolve("model")).start()) {
            for (String path : List.of(
                    "/v1/recommend/user-1?n=3",
                    "/v1/similar/item-1?n=3",
                    "/v1/items?q=ITEM-1",
                    "/v1/recommend/nobody",
                    "/v1/model",
                    "/metrics")) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create(server.url()).resolve(path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                String text =
                        answer.statusCode() + "\n" + withoutJava(answer.body().replace(home.toString(), "HOME"));
                said.add(path + "\n" + masked(text, path.equals("/metrics") || path.equals("/v1/model")));
            }
        }
        return said;
    }

    /** Which figures of the JVM there are depends on what it has collected so far. */
    private static String withoutJava(String metrics) {
        return String.join(
                "\n",
                metrics.lines()
                        .filter(line -> !line.matches("(# \\w+ )?jvm_.*"))
                        .toList());
    }

    /** How many lines of progress there are depends on the time. */
    private static String withoutProgress(String err) {
        return String.join(
                "\n",
                err.lines()
                        .filter(line -> !line.matches("epoch .*|\\d+ %  about .*"))
                        .toList());
    }

    /** Without times, which differ from run to run; without any numbers where all are measured. */
    private static String masked(String text, boolean all) {
        String masked = text.replaceAll("\"(\\w*[sS]econds?|date|took\\w*)\" ?: ?[-+0-9.Ee]+", "\"$1\":#")
                .replaceAll(" *[0-9][0-9,]*(\\.[0-9]+)? ?(ns|us|ms|s|min|h|GB)\\b", "#");
        return all
                ? masked.replaceAll("[0-9]{1,3}(,[0-9]{3})*(\\.[0-9]+)?([eE]-?[0-9]+)?|[0-9]+(\\.[0-9]+)?", "#")
                        .replaceAll("#+", "#")
                        .replaceAll(" +", " ")
                : masked;
    }
}
