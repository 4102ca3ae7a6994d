import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints how many tests the last `mvn verify` skipped, and why.
 *
 * <p>Usage: {@code java .ci/SkippedTests.java ROOT [LIST]}. LIST names a test class a line; the program ends with 1 if one of them was not run, or a test of
 * it was skipped.
 */
public final class SkippedTests {

    private record Test(String type, String method, String reason) {}

    private int run;
    private final TreeSet<String> types = new TreeSet<>();
    private final List<Test> skipped = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        SkippedTests all = new SkippedTests();
        for (String module : List.of("core", "app", "spark", "distribution", "bench")) {
            all.read(Path.of(args[0], module, "target"));
        }
        all.print();
        if (args.length > 1) {
            System.exit(all.missing(Path.of(args[1])) ? 1 : 0);
        }
    }

    private void read(Path target) throws Exception {
        Path reports = target.resolve("surefire-reports");
        if (!Files.isDirectory(reports)) {
            return;
        }
        try (Stream<Path> files = Files.walk(reports)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml")).sorted().toList()) {
                NodeList cases = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(file.toFile())
                        .getElementsByTagName("testcase");
                for (int k = 0; k < cases.getLength(); k++) {
                    add((Element) cases.item(k), suite(file), target);
                }
            }
        }
    }

    private static String suite(Path report) {
        return report.getFileName().toString().replaceAll("^TEST-|\\.xml$", "");
    }

    private void add(Element test, String suite, Path target) {
        String type = test.getAttribute("classname");
        if (suite.endsWith("." + type)) {
            type = suite; // Rules of ArchUnit are reported without their package.
        }
        if (!Files.exists(target.resolve("test-classes").resolve(type.replace('.', '/') + ".class"))) {
            return; // The report of a class that has been renamed since.
        }
        String name = type.substring(type.lastIndexOf('.') + 1);
        NodeList marks = test.getElementsByTagName("skipped");
        if (marks.getLength() == 0) {
            run++;
            types.add(name);
        } else {
            Element mark = (Element) marks.item(0);
            String message = mark.getAttribute("message") + mark.getTextContent();
            String reason = message.strip().lines().findFirst().orElse("");
            skipped.add(new Test(name, test.getAttribute("name"), reason.replaceFirst("^.*?(Assumption failed|not met due to): ", "").replaceAll("^\\[|]$", "")));
        }
    }

    private void print() {
        System.out.println(run + " tests run, " + skipped.size() + " skipped" + (skipped.isEmpty() ? "." : ":"));
        Map<String, List<Test>> byReason = new TreeMap<>();
        skipped.forEach(test -> byReason.computeIfAbsent(test.reason, r -> new ArrayList<>()).add(test));
        byReason.forEach((reason, tests) -> {
            TreeSet<String> names = new TreeSet<>();
            tests.forEach(test -> names.add(test.type));
            System.out.println("  " + tests.size() + " of " + String.join(", ", names) + ": " + (reason.isEmpty() ? "no reason given" : reason));
        });
    }

    private boolean missing(Path list) throws IOException {
        boolean missing = false;
        for (String line : Files.readAllLines(list)) {
            String name = line.replaceFirst("#.*", "").strip();
            if (name.isEmpty()) {
                continue;
            }
            if (!types.contains(name)) {
                System.out.println(name + " was not run, although " + list + " lists it.");
                missing = true;
            }
            for (Test test : skipped) {
                if (test.type.equals(name)) {
                    System.out.println(name + "." + test.method + " was skipped, although " + list + " lists it: " + test.reason);
                    missing = true;
                }
            }
        }
        return missing;
    }
}
