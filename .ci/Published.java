import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Checks a directory that {@code mvn -Prelease deploy} has written as a repository: it has all that a repository wants of each published module, and nothing
 * else. Usage: {@code java .ci/Published.java DIRECTORY}, in the root of the sources.
 */
class Published {

    private static final String GROUP = "org/mineral";

    /** The modules with a jar, and a class and a page of Javadoc that each begins with. */
    private static final Map<String, String> JARS = new TreeMap<>(Map.of(
            "mineral-core", "org/mineral/Recommender",
            "mineral-app", "org/mineral/app/Main",
            "mineral-spark_2.13", "org/mineral/spark/MineralRecommender"));

    private static final String BOM = "mineral-bom";
    private static final Set<String> CHECKSUMS = Set.of("md5", "sha1");

    private final Path group;
    private final String version;
    private final List<String> wrong = new ArrayList<>();

    private Published(Path directory, String version) {
        this.group = directory.resolve(GROUP);
        this.version = version;
    }

    public static void main(String[] words) throws Exception {
        String version = Files.readString(Path.of(".mvn", "maven.config")).strip().replace("-Drevision=", "");
        Published published = new Published(Path.of(words[0]), version);
        published.check();
        published.wrong.forEach(System.err::println);
        if (!published.wrong.isEmpty()) {
            System.exit(1);
        }
        System.out.println("published: " + String.join(", ", JARS.keySet()) + ", " + BOM + " " + version);
    }

    private void check() throws Exception {
        Set<String> modules = new TreeSet<>(JARS.keySet());
        modules.add(BOM);
        same("modules", names(group), modules);
        modules.retainAll(names(group));
        for (String module : modules) {
            Set<String> files = new TreeSet<>();
            if (module.equals(BOM)) {
                files.add(".pom");
            } else {
                files.addAll(List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json"));
            }
            same(
                    "files of " + module,
                    names(group.resolve(module).resolve(version)).stream()
                            .filter(name -> !CHECKSUMS.contains(name.substring(name.lastIndexOf('.') + 1)))
                            .collect(Collectors.toCollection(TreeSet::new)),
                    files.stream().map(end -> module + "-" + version + end).collect(Collectors.toCollection(TreeSet::new)));
            if (wrong.stream().anyMatch(line -> line.startsWith("files of " + module + ":"))) {
                continue;
            }
            for (String end : files) {
                checksums(file(module, end));
            }
            pom(module);
            if (!module.equals(BOM)) {
                jars(module, JARS.get(module));
            }
        }
    }

    private void jars(String name, String begin) throws Exception {
        contains(file(name, ".jar"), begin + ".class", "META-INF/MANIFEST.MF", "META-INF/LICENSE");
        contains(file(name, "-sources.jar"), begin + ".java");
        contains(file(name, "-javadoc.jar"), "index.html", begin + ".html");
        if (!text(file(name, "-javadoc.jar"), startPage(name)).contains("Start here")) {
            wrong.add(name + ": the first page of its Javadoc does not say where to start");
        }
        parts(name);
    }

    /** Of a module with one package, its page is the first. */
    private static String startPage(String module) {
        return module.startsWith("mineral-spark") ? "org/mineral/spark/package-summary.html" : "index.html";
    }

    private Path file(String module, String end) {
        return group.resolve(module).resolve(version).resolve(module + "-" + version + end);
    }

    private void same(String what, Set<String> found, Set<String> wanted) {
        if (!found.equals(wanted)) {
            wrong.add(what + ": there are " + found + ", wanted " + wanted);
        }
    }

    private static Set<String> names(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private void checksums(Path file) throws Exception {
        for (Map.Entry<String, String> kind : Map.of("md5", "MD5", "sha1", "SHA-1").entrySet()) {
            byte[] digest = MessageDigest.getInstance(kind.getValue()).digest(Files.readAllBytes(file));
            Path sum = Path.of(file + "." + kind.getKey());
            if (!Files.exists(sum) || !Files.readString(sum).strip().equals(HexFormat.of().formatHex(digest))) {
                wrong.add(sum + ": missing or wrong");
            }
        }
    }

    /** A pom stands alone: its version is a number, and it has no parent, no way to build and no repository. */
    private void pom(String module) throws Exception {
        Path file = file(module, ".pom");
        Element pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
        Map<String, String> top = new TreeMap<>();
        NodeList children = pom.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            top.put(children.item(i).getNodeName(), children.item(i).getTextContent().strip());
        }
        for (String name : List.of("name", "description", "licenses")) {
            if (top.getOrDefault(name, "").isEmpty()) {
                wrong.add(file + ": no " + name);
            }
        }
        for (String name : List.of("parent", "build", "profiles", "repositories", "properties", "modules")) {
            if (top.containsKey(name)) {
                wrong.add(file + ": has " + name);
            }
        }
        if (!version.equals(top.get("version")) || Files.readString(file).contains("${")) {
            wrong.add(file + ": has variables");
        }
        Set<String> named = new TreeSet<>();
        NodeList dependencies = pom.getElementsByTagName("dependency");
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            String scope = child(dependency, "scope");
            if (scope.equals("test") || child(dependency, "version").isEmpty()) {
                wrong.add(file + ": " + child(dependency, "artifactId") + " is of tests or has no version");
            }
            if (child(dependency, "groupId").equals("org.mineral")) {
                named.add(child(dependency, "artifactId"));
            }
        }
        if (module.equals(BOM)) {
            same(file + " manages", named, JARS.keySet());
        } else {
            same(file + " needs of ours", named, module.equals("mineral-core") ? Set.of() : Set.of("mineral-core"));
        }
    }

    private static String child(Element element, String name) {
        NodeList children = element.getElementsByTagName(name);
        return children.getLength() == 0 ? "" : children.item(0).getTextContent().strip();
    }

    private void contains(Path jar, String... entries) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (String entry : entries) {
                if (zip.getEntry(entry) == null) {
                    wrong.add(jar + ": no " + entry);
                }
            }
        }
    }

    private static String text(Path jar, String entry) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The list of parts names every direct dependency of the pom that a user gets, with a licence for each part. */
    private void parts(String module) throws Exception {
        String parts = Files.readString(file(module, "-cyclonedx.json"));
        NodeList dependencies = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file(module, ".pom").toFile())
                .getElementsByTagName("dependency");
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            String scope = child(dependency, "scope");
            String name = "pkg:maven/" + child(dependency, "groupId") + "/" + child(dependency, "artifactId") + "@"
                    + child(dependency, "version");
            if (!scope.equals("provided") && !parts.contains(name)) {
                wrong.add(module + ": " + name + " is not in its list of parts");
            }
        }
        String libraries = parts.substring(parts.indexOf("\n  \"components\""), parts.indexOf("\n  \"dependencies\""));
        long count = Pattern.compile("\n    \\{").matcher(libraries).results().count();
        long licences = Pattern.compile("\"licenses\" : \\[").matcher(libraries).results().count();
        if (count == 0 || licences < count) {
            wrong.add(module + ": " + count + " parts have " + licences + " licences");
        }
    }
}
