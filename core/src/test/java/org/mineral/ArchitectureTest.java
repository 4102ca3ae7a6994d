package org.mineral;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of docs/architecture.md. */
@AnalyzeClasses(packages = "org.mineral", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ROOMS_KNOW_ONLY_WHAT_IS_BELOW_THEM = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("tune")
            .definedBy("org.mineral.tune..")
            .layer("algorithm")
            .definedBy("org.mineral.algorithm..")
            .layer("train")
            .definedBy("org.mineral.train..")
            .layer("eval")
            .definedBy("org.mineral.eval..")
            .layer("loss")
            .definedBy("org.mineral.loss..")
            .layer("candidate")
            .definedBy("org.mineral.candidate..")
            .layer("model")
            .definedBy("org.mineral.model..")
            .layer("optim")
            .definedBy("org.mineral.optim..")
            .layer("data")
            .definedBy("org.mineral.data..")
            .layer("linalg")
            .definedBy("org.mineral.linalg..")
            .layer("files")
            .definedBy("org.mineral.files..")
            .layer("json")
            .definedBy("org.mineral.json..")
            .layer("config")
            .definedBy("org.mineral.config..")
            .whereLayer("tune")
            .mayOnlyAccessLayers(
                    "algorithm",
                    "train",
                    "eval",
                    "loss",
                    "candidate",
                    "model",
                    "optim",
                    "data",
                    "files",
                    "json",
                    "linalg",
                    "config")
            .whereLayer("algorithm")
            .mayOnlyAccessLayers("model", "data", "files", "json", "linalg", "config")
            .whereLayer("train")
            .mayOnlyAccessLayers(
                    "algorithm", "eval", "loss", "candidate", "model", "optim", "data", "files", "linalg", "config")
            .whereLayer("eval")
            .mayOnlyAccessLayers("model", "data", "files", "linalg", "config")
            .whereLayer("loss")
            .mayOnlyAccessLayers("config")
            .whereLayer("candidate")
            .mayOnlyAccessLayers("data", "linalg", "config")
            .whereLayer("model")
            .mayOnlyAccessLayers("data", "files", "json", "linalg", "config")
            .whereLayer("optim")
            .mayOnlyAccessLayers("linalg", "config")
            .whereLayer("data")
            .mayOnlyAccessLayers("files", "json", "config")
            .whereLayer("files")
            .mayOnlyAccessLayers("config")
            .whereLayer("json")
            .mayNotAccessAnyLayer()
            .whereLayer("linalg")
            .mayOnlyAccessLayers("config")
            .whereLayer("config")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule ONLY_LINALG_TOUCHES_THE_VECTOR_MODULE = noClasses()
            .that()
            .resideOutsideOfPackage("org.mineral.linalg..")
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
