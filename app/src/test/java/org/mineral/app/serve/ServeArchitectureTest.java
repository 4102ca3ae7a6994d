package org.mineral.app.serve;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of the server, arrows downwards; HTTP is known at the top only. */
@AnalyzeClasses(packages = "org.mineral.app", importOptions = ImportOption.DoNotIncludeTests.class)
class ServeArchitectureTest {

    @ArchTest
    static final ArchRule ROOMS_KNOW_ONLY_WHAT_IS_BELOW_THEM = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("command")
            .definedBy("org.mineral.app.command..")
            .layer("server")
            .definedBy("org.mineral.app.serve")
            .layer("http")
            .definedBy("org.mineral.app.serve.http..")
            .layer("service")
            .definedBy("org.mineral.app.serve.service..")
            .layer("feedback")
            .definedBy("org.mineral.app.serve.feedback..")
            .layer("retrieval")
            .definedBy("org.mineral.app.serve.retrieval..")
            .whereLayer("server")
            .mayOnlyAccessLayers("http", "service", "feedback")
            .whereLayer("http")
            .mayOnlyAccessLayers("service", "feedback")
            .whereLayer("service")
            .mayOnlyAccessLayers("feedback", "retrieval")
            .whereLayer("feedback")
            .mayNotAccessAnyLayer()
            .whereLayer("retrieval")
            .mayNotAccessAnyLayer();

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
}
