package org.mineral.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The dependencies of docs/explanation/architecture.md, between the packages of the application. */
@AnalyzeClasses(packages = "org.mineral.app", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Each package under those that use it, with all that it may use itself. */
    private static final String PACKAGES = """
            .                   -> command.data command cli console
            command.data        -> command command.output command.option.data json
            command             -> command.output command.option.serve command.option.ranking command.option.data command.option cli bench report \
                serve serve.service table console json
            command.output      -> command.option.ranking command.option report table console json
            command.option.serve -> command.option serve serve.http.api console
            command.option.ranking -> command.option console
            command.option.data -> cli table
            command.option      -> report
            cli                 -> console
            bench               -> table json
            report              ->
            serve               -> serve.http serve.http.api serve.service serve.feedback
            serve.http          -> serve.http.endpoint serve.http.api serve.service serve.feedback json
            serve.http.endpoint -> serve.http.api serve.service serve.feedback json
            serve.http.api      -> serve.service serve.feedback json
            serve.service       -> serve.feedback serve.retrieval json
            serve.feedback      -> json
            serve.retrieval     ->
            table               -> console
            console             -> json
            json                ->
            """;

    /** In that table, the package that all others are below. */
    private static final String ROOT = ".";

    /** The largest number of files in a package. */
    private static final int MOST_FILES = 28;

    @ArchTest
    static final ArchRule PACKAGES_USE_ONLY_WHAT_IS_BELOW_THEM = dependencies();

    private static LayeredArchitecture dependencies() {
        LayeredArchitecture layers = Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : packages().keySet()) {
            layers = layers.layer(name).definedBy(name.equals(ROOT) ? "org.mineral.app" : "org.mineral.app." + name);
        }
        for (Map.Entry<String, Set<String>> each : packages().entrySet()) {
            layers = each.getValue().isEmpty()
                    ? layers.whereLayer(each.getKey()).mayNotAccessAnyLayer()
                    : layers.whereLayer(each.getKey())
                            .mayOnlyAccessLayers(each.getValue().toArray(new String[0]));
        }
        return layers;
    }

    private static Map<String, Set<String>> packages() {
        Map<String, Set<String>> packages = new LinkedHashMap<>();
        PACKAGES.lines().forEach(line -> {
            String[] sides = line.split("->");
            String below = sides.length < 2 ? "" : sides[1].strip();
            packages.put(sides[0].strip(), below.isEmpty() ? Set.of() : Set.of(below.split("\\s+")));
        });
        return packages;
    }

    @ArchTest
    static void everyPackageIsListedAboveAllThatItUses(JavaClasses classes) {
        Set<String> above = new TreeSet<>();
        packages().forEach((name, below) -> {
            above.add(name);
            assertThat(below).as("below %s", name).doesNotContainAnyElementsOf(above);
        });
        assertThat(above).isEqualTo(filesOfPackages(classes).keySet());
    }

    @ArchTest
    static void noPackageHasTooManyFiles(JavaClasses classes) {
        filesOfPackages(classes)
                .forEach((name, files) ->
                        assertThat(files).as("files in %s", name).isLessThanOrEqualTo(MOST_FILES));
    }

    private static Map<String, Long> filesOfPackages(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName)
                .map(name -> name.equals("org.mineral.app") ? ROOT : name.substring("org.mineral.app.".length()))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    @ArchTest
    static final ArchRule ONLY_HTTP_KNOWS_THE_SERVERS_LIBRARIES = noClasses()
            .that()
            .resideOutsideOfPackage("org.mineral.app.serve.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..", "io.prometheus..");

    @ArchTest
    static final ArchRule ONLY_RETRIEVAL_KNOWS_THE_GRAPH = noClasses()
            .that()
            .resideOutsideOfPackage("org.mineral.app.serve.retrieval..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.github.jbellis..");

    @ArchTest
    static final ArchRule ONLY_TABLE_KNOWS_DUCKDB = noClasses()
            .that()
            .resideOutsideOfPackage("org.mineral.app.table")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.duckdb..");
}
