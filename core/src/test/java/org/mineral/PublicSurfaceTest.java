package org.mineral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mineral.config.Experimental;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.config.Stable;

/**
 * Every public type and member of the exported packages that is not marked {@link Internal}, as the files in {@code src/test/resources/org/mineral/surface} list them,
 * one a package. A change that is meant is written there by
 *
 * <pre>mvn -pl core test -Dtest=PublicSurfaceTest -Dmineral.surface=write</pre>
 *
 * and shows in the review.
 */
class PublicSurfaceTest {

    private static final Path SURFACE = Path.of("src/test/resources/org/mineral/surface");
    private static final Path MODULE = Path.of("src/main/java/module-info.java");
    private static final boolean WRITE = "write".equals(System.getProperty("mineral.surface"));

    @TestFactory
    Stream<DynamicTest> thePublicSurfaceIsTheOneThatIsListed() throws IOException {
        return exported().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    String surface = surface(name);
                    Path file = SURFACE.resolve(name + ".txt");
                    if (WRITE) {
                        Files.createDirectories(SURFACE);
                        Files.writeString(file, surface);
                    }
                    assertThat(surface)
                            .as(
                                    "public surface of %s; if the change is meant, run this test with -Dmineral.surface=write and commit %s",
                                    name, file)
                            .isEqualTo(Files.exists(file) ? Files.readString(file) : "");
                }));
    }

    /** Who calls the public surface needs nothing that may go without notice. */
    @Test
    void noPublicSignatureMentionsAnInternalType() throws Exception {
        Set<String> exported = exported();
        List<String> mentions = new ArrayList<>();
        for (String name : exported) {
            for (String line : surface(name).split("\n")) {
                Matcher types = Pattern.compile("org\\.mineral\\.[\\w.$]*").matcher(line);
                while (types.find()) {
                    Class<?> type = Class.forName(types.group(), false, PublicSurfaceTest.class.getClassLoader());
                    if (!exported.contains(type.getPackageName()) || !isPublic(type)) {
                        mentions.add(type.getName() + " in " + name + ": " + line.strip());
                    }
                }
            }
        }
        assertThat(mentions).isEmpty();
    }

    @Test
    void theComparisonWithTheLastReleaseLeavesOutWhatIsNotStable() throws Exception {
        Set<String> others = new TreeSet<>();
        for (String name : packages()) {
            if (!Class.forName(name + ".package-info").isAnnotationPresent(Stable.class)) {
                others.add(name);
            }
        }
        assertThat(Pattern.compile("<exclude>(org[\\w.]+)</exclude>")
                        .matcher(Files.readString(Path.of("pom.xml")))
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(others);
    }

    @Test
    void theListOfTheJavadocIsOfExportedPackages() throws IOException {
        Matcher list = Pattern.compile("<packages>(.*?)</packages>", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(list.find()).isTrue();
        assertThat(list.group(1).replaceAll("\\s", "").split(":")).containsExactlyInAnyOrderElementsOf(exported());
    }

    @Test
    void everyListIsOfAnExportedPackage() throws IOException {
        try (Stream<Path> files = Files.list(SURFACE)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(file -> file.endsWith(".txt"))
                    .map(file -> file.substring(0, file.length() - 4))
                    .isSubsetOf(exported());
        }
    }

    @Test
    void exportedPackagesAndNoOthersSayHowStableTheyAre() throws Exception {
        Set<String> marked = new TreeSet<>();
        for (String name : packages()) {
            Class<?> info = Class.forName(name + ".package-info");
            boolean stable = info.isAnnotationPresent(Stable.class);
            boolean experimental = info.isAnnotationPresent(Experimental.class);
            assertThat(stable && experimental).as(name).isFalse();
            if (stable || experimental) {
                marked.add(name);
            }
        }
        assertThat(marked).isEqualTo(exported());
    }

    /** On the module path services are found by the module's declarations, on the class path by files. */
    @Test
    void theServicesOfTheModuleAreThoseOfTheClassPath() throws Exception {
        Set<String> declared = new TreeSet<>();
        Matcher provides = Pattern.compile("provides ([\\w.]+) with([^;]+);").matcher(Files.readString(MODULE));
        while (provides.find()) {
            for (String implementation : provides.group(2).strip().split("\\s*,\\s*")) {
                declared.add(provides.group(1) + " " + implementation);
            }
        }
        Set<String> listed = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/META-INF/services"))) {
            for (Path file : files.toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .forEach(line -> listed.add(file.getFileName() + " " + line.strip()));
            }
        }
        assertThat(declared).isEqualTo(listed);
    }

    private static Set<String> exported() throws IOException {
        return Pattern.compile("exports ([\\w.]+);")
                .matcher(Files.readString(MODULE))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Path classes() throws URISyntaxException {
        return Path.of(InputException.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static Set<String> packages() throws Exception {
        Path root = classes();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.endsWith("package-info.class"))
                    .map(file -> root.relativize(file.getParent()).toString().replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String surface(String name) throws Exception {
        Class<?> info = Class.forName(name + ".package-info");
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(classes().resolve(name.replace('.', '/')))) {
            for (String type : files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("-info"))
                    .map(file -> name + "." + file.substring(0, file.length() - 6))
                    .sorted()
                    .toList()) {
                Class<?> found = Class.forName(type, false, PublicSurfaceTest.class.getClassLoader());
                if (isPublic(found)) {
                    text.append(describe(found, stability(found, info)));
                }
            }
        }
        return text.toString();
    }

    /** Public, and so is every type around it, and none is marked as internal. */
    private static boolean isPublic(Class<?> type) {
        return !type.isSynthetic()
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && visible(type.getModifiers())
                && !type.isAnnotationPresent(Internal.class)
                && (type.getDeclaringClass() == null || isPublic(type.getDeclaringClass()));
    }

    private static boolean visible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String stability(AnnotatedElement type, AnnotatedElement info) {
        for (AnnotatedElement element : List.of(type, info)) {
            if (element.isAnnotationPresent(Stable.class)) {
                return "stable";
            } else if (element.isAnnotationPresent(Experimental.class)) {
                return "experimental";
            }
        }
        return "unmarked";
    }

    private static String describe(Class<?> type, String stability) {
        Set<String> members = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if (visible(field.getModifiers()) && !field.isSynthetic()) {
                members.add(
                        modifiers(field.getModifiers()) + field.getGenericType().getTypeName() + " " + field.getName());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (visible(constructor.getModifiers())
                    && !constructor.isSynthetic()
                    && !constructor.isAnnotationPresent(Internal.class)
                    && !type.isEnum()) {
                members.add("new" + parameters(constructor));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (visible(method.getModifiers())
                    && !method.isSynthetic()
                    && !method.isAnnotationPresent(Internal.class)) {
                members.add(modifiers(method.getModifiers()) + variables(method)
                        + method.getGenericReturnType().getTypeName() + " " + method.getName() + parameters(method));
            }
        }
        List<String> above = new ArrayList<>();
        if (type.getGenericSuperclass() != null
                && type.getSuperclass() != Object.class
                && !type.isRecord()
                && !type.isEnum()) {
            above.add(type.getGenericSuperclass().getTypeName());
        }
        if (!type.isAnnotation()) {
            Arrays.stream(type.getGenericInterfaces())
                    .map(Type::getTypeName)
                    .sorted()
                    .forEach(above::add);
        }
        String kind = type.isAnnotation()
                ? "annotation"
                : type.isInterface() ? "interface" : type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
        String head = stability + " " + modifiers(type.isInterface() ? 0 : type.getModifiers()) + kind + " "
                + type.getName() + (above.isEmpty() ? "" : " : " + String.join(", ", above));
        return head + "\n"
                + members.stream().map(member -> "    " + member + "\n").collect(Collectors.joining());
    }

    private static String modifiers(int modifiers) {
        return (Modifier.isProtected(modifiers) ? "protected " : "")
                + (Modifier.isStatic(modifiers) ? "static " : "")
                + (Modifier.isAbstract(modifiers) ? "abstract " : "")
                + (Modifier.isFinal(modifiers) ? "final " : "");
    }

    private static String variables(Method method) {
        TypeVariable<Method>[] variables = method.getTypeParameters();
        return variables.length == 0
                ? ""
                : Arrays.stream(variables).map(TypeVariable::getName).collect(Collectors.joining(", ", "<", "> "));
    }

    private static String parameters(Executable method) {
        return Arrays.stream(method.getGenericParameterTypes())
                .map(Type::getTypeName)
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
