package org.hearthnet.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The directions between modules and rooms. */
@AnalyzeClasses(packages = "org.hearthnet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule MODULES = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("genesis")
            .definedBy("org.hearthnet.genesis..")
            .layer("ledger")
            .definedBy("org.hearthnet.ledger..")
            .layer("inference")
            .definedBy("org.hearthnet.inference..")
            .layer("verifier")
            .definedBy("org.hearthnet.verifier..")
            .layer("node")
            .definedBy("org.hearthnet.node..")
            .whereLayer("node")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("verifier")
            .mayOnlyBeAccessedByLayers("node")
            .whereLayer("ledger")
            .mayOnlyBeAccessedByLayers("node")
            .whereLayer("inference")
            .mayOnlyBeAccessedByLayers("verifier", "node");

    @ArchTest
    static final ArchRule ONLY_ONE_ROOM_KNOWS_ROCKSDB = noClasses()
            .that()
            .resideOutsideOfPackage("org.hearthnet.ledger.rocksdb..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.rocksdb..");

    @ArchTest
    static final ArchRule THE_NETWORK_STACK_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("org.hearthnet.node.p2p..")
            .should()
            .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "belong to Hearth outside p2p",
                    c -> c.getPackageName().startsWith("org.hearthnet")
                            && !c.getPackageName().startsWith("org.hearthnet.node.p2p")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule PURE_ROOMS_TOUCH_NO_CLOCK_THREAD_OR_FILE = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.hearthnet.genesis.rules..",
                    "org.hearthnet.genesis.proof..",
                    "org.hearthnet.genesis.arithmetic..",
                    "org.hearthnet.genesis.protocol..",
                    "org.hearthnet.ledger.state..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Thread")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .allowEmptyShould(true);
}
