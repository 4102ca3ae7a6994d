package org.mineral;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.mineral.random.Random64;

/** The arrows of docs/explanation/architecture.md. */
@AnalyzeClasses(packages = "org.mineral", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Each package of core under those that use it, with all that it may use itself. */
    private static final String PACKAGES = """
            .                 -> recipe recommend algorithm.embedding.update algorithm model data linalg config
            recipe            -> tune.auto tune.compare tune.preset algorithm loss model model.provenance data data.read data.rows config
            tune.search       -> tune.auto tune.compare tune.log tune.preset algorithm eval model model.provenance data random config
            tune.compare      -> tune.auto tune.log tune.preset algorithm eval eval.information loss model model.provenance data data.rows files json linalg config
            tune.auto         -> tune.log tune.preset algorithm eval model model.provenance candidate data random files linalg config
            tune.log          -> files json config
            tune.preset       -> algorithm.embedding.init algorithm loss loss.row data data.text files json config
            algorithm.sequence           -> algorithm.embedding algorithm.embedding.training algorithm.embedding.shard algorithm.embedding.plan algorithm.embedding.foldin \
                algorithm.embedding.engine algorithm.embedding.init algorithm.embedding.encoder algorithm.embedding.target algorithm.embedding.options \
                algorithm candidate loss loss.row model model.attributes model.provenance model.io model.rank data random linalg config
            algorithm.ials       -> algorithm.embedding.init algorithm.embedding.options algorithm model data linalg config
            algorithm.embedding          -> algorithm.embedding.update algorithm.embedding.training algorithm.embedding.plan \
                algorithm.embedding.foldin algorithm.embedding.init algorithm.embedding.encoder algorithm.embedding.options \
                algorithm loss loss.row model model.attributes model.provenance data linalg config
            algorithm.embedding.update   -> algorithm.embedding.training algorithm.embedding.foldin algorithm.embedding.init \
                algorithm.embedding.encoder algorithm.embedding.options algorithm loss model model.attributes model.provenance data linalg config
            algorithm.embedding.shard    -> algorithm.embedding.plan algorithm.embedding.foldin algorithm.embedding.engine \
                algorithm.embedding.init algorithm.embedding.encoder algorithm.embedding.target algorithm.embedding.options \
                algorithm candidate optim model.attributes data random linalg config
            algorithm.embedding.training -> algorithm.embedding.plan algorithm.embedding.foldin algorithm.embedding.engine \
                algorithm.embedding.init algorithm.embedding.encoder algorithm.embedding.target algorithm.embedding.options \
                algorithm eval candidate optim loss loss.row model model.attributes model.provenance data random linalg config
            algorithm.embedding.plan     -> algorithm.embedding.engine algorithm.embedding.init algorithm.embedding.encoder \
                algorithm.embedding.target algorithm.embedding.options algorithm loss loss.row model data linalg config
            algorithm.embedding.foldin   -> algorithm.embedding.engine algorithm.embedding.encoder algorithm.embedding.target \
                algorithm.embedding.options candidate loss loss.row model model.attributes model.rank data random linalg
            algorithm.embedding.engine   -> algorithm.embedding.encoder algorithm.embedding.target algorithm.embedding.options \
                candidate loss loss.row data random linalg
            algorithm.embedding.init     -> algorithm.embedding.encoder algorithm.embedding.options model data random linalg
            algorithm.embedding.encoder  -> algorithm.embedding.target algorithm.embedding.options optim model.attributes data random linalg config
            algorithm.embedding.target   -> algorithm.embedding.options model model.provenance model.rank data linalg config
            algorithm.embedding.options  -> algorithm optim loss loss.row model model.provenance data linalg config
            algorithm.ease       -> algorithm model model.similarity data linalg config
            algorithm.knn        -> algorithm model model.attributes model.rank model.similarity data linalg config
            algorithm.slim       -> algorithm model model.similarity data linalg config
            algorithm.rp3beta    -> algorithm model model.similarity data linalg config
            algorithm.popularity -> algorithm model data
            algorithm.planted    -> algorithm data.synthetic model model.provenance data linalg config
            algorithm         -> model model.attributes model.provenance model.io model.similarity model.rank data files json linalg config
            recommend         -> data.attributes data.items model model.attributes model.rank data linalg config
            eval.information  -> model data linalg config
            eval              -> model model.rank data data.rows random files linalg config
            candidate         -> data random config
            optim             -> linalg config
            loss              -> loss.listwise loss.pointwise loss.pairwise loss.row config
            loss.listwise     -> loss.row config
            loss.pointwise    -> loss.row config
            loss.pairwise     -> loss.row config
            loss.row          -> config
            model.export      -> model.similarity model.io model model.provenance data data.rows data.text files json linalg config
            model.io          -> model model.attributes model.provenance model.similarity data data.attributes data.rows data.text files json linalg config
            model             -> model.attributes model.similarity model.rank model.provenance data linalg config
            model.attributes  -> data linalg config
            model.similarity  -> data config
            model.rank        -> data linalg config
            model.provenance  -> data linalg config
            data.attributes   -> data.items data.rows data data.text files config
            data.items        -> data.read data.rows data data.text config
            data.read         -> data.synthetic data.rows data data.text json config
            data.synthetic    -> data.write data.rows data random files config
            data.write        -> data data.text files config
            data.rows         -> data data.text config
            data              -> data.text random config
            data.text         -> json random config
            random            -> linalg
            linalg.simd       -> linalg
            linalg            -> config
            files             -> config
            json              -> config
            config            ->
            """;

    /** In that table, the package that all others are below. */
    private static final String ROOT = ".";

    /** A package with more files than this is a hall, not a room. */
    private static final int MOST_FILES = 22;

    @ArchTest
    static final ArchRule PACKAGES_USE_ONLY_WHAT_IS_BELOW_THEM = arrows();

    private static LayeredArchitecture arrows() {
        LayeredArchitecture layers = Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : packages().keySet()) {
            layers = layers.layer(name).definedBy(name.equals(ROOT) ? "org.mineral" : "org.mineral." + name);
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
            packages.put(sides[0].strip(), below.isEmpty() ? Set.of() : new TreeSet<>(Set.of(below.split("\\s+"))));
        });
        return packages;
    }

    @ArchTest
    static void everyPackageStandsAboveAllThatItUses(JavaClasses classes) {
        Set<String> above = new TreeSet<>();
        packages().forEach((name, below) -> {
            above.add(name);
            assertThat(below).as("below %s", name).doesNotContainAnyElementsOf(above);
        });
        assertThat(above)
                .isEqualTo(classes.stream()
                        .map(JavaClass::getPackageName)
                        .map(name -> name.equals("org.mineral") ? ROOT : name.substring("org.mineral.".length()))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ArchTest
    static void noPackageIsAHall(JavaClasses classes) {
        for (JavaPackage room : classes.getPackage("org.mineral").getSubpackagesInTree()) {
            assertThat(room.getClasses().stream()
                            .filter(type -> type.isTopLevelClass()
                                    && !type.isArray()
                                    && !type.getName().matches(".*(\\$|package-info).*"))
                            .count())
                    .as("files in %s", room.getName())
                    .isLessThanOrEqualTo(MOST_FILES);
        }
    }

    @ArchTest
    static final ArchRule ONLY_LINALG_TOUCHES_THE_VECTOR_MODULE = noClasses()
            .that()
            .resideOutsideOfPackage("org.mineral.linalg.simd")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..");

    @ArchTest
    static final ArchRule ONLY_THE_SIMD_CLASS_IS_LINKED_TO_IT = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Vector")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..");

    /** Every random number comes from a named stream, so that nobody draws another's by accident. */
    @ArchTest
    static final ArchRule ONLY_RANDOM_MAKES_GENERATORS = noClasses()
            .that()
            .resideOutsideOfPackage("org.mineral.random")
            .should()
            .callConstructorWhere(
                    target(owner(assignableTo(RandomGenerator.class))).or(target(owner(type(Random64.class)))))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class)
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule CORE_USES_FEW_LIBRARIES = noClasses()
            .that()
            .resideInAPackage("org.mineral..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "org.mineral..",
                    "java..",
                    "jdk.incubator.vector..",
                    "com.google.gson.stream..",
                    "de.siegmar.fastcsv..",
                    "org.apache.commons.statistics..",
                    "org.ejml..",
                    "org.jspecify..");
}
