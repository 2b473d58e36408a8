package org.hearthnet.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

/** The directions between modules and rooms. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.hearthnet");

    private static final ArchRule MODULES = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
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

    private static final ArchRule ONLY_ONE_ROOM_KNOWS_ROCKSDB = noClasses()
            .that()
            .resideOutsideOfPackage("org.hearthnet.ledger.rocksdb..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.rocksdb..");

    private static final ArchRule THE_NETWORK_STACK_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("org.hearthnet.node.p2p..")
            .should()
            .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "belong to Hearth outside p2p",
                    c -> c.getPackageName().startsWith("org.hearthnet")
                            && !c.getPackageName().startsWith("org.hearthnet.node.p2p")));

    private static final ArchRule PURE_ROOMS_TOUCH_NO_CLOCK_THREAD_OR_FILE = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.hearthnet.genesis.rules..",
                    "org.hearthnet.genesis.proof..",
                    "org.hearthnet.genesis.arithmetic..",
                    "org.hearthnet.genesis.protocol..",
                    "org.hearthnet.ledger.state..",
                    "org.hearthnet.node.plan",
                    "org.hearthnet.node.plan.search",
                    "org.hearthnet.node.plan.earn",
                    "org.hearthnet.node.plan.plot")
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
            .callMethod(System.class, "nanoTime");

    private static final ArchRule THE_COST_MODEL_KNOWS_NOTHING_ELSE = noClasses()
            .that()
            .resideInAPackage("org.hearthnet.node.plan")
            .should()
            .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "belong to Hearth outside the cost model",
                    c -> c.getPackageName().startsWith("org.hearthnet")
                            && !c.getPackageName().equals("org.hearthnet.node.plan")));

    @Test
    void theCostModelKnowsNothingElse() {
        THE_COST_MODEL_KNOWS_NOTHING_ELSE.check(CLASSES);
    }

    @Test
    void modulesDependInOneDirection() {
        MODULES.check(CLASSES);
    }

    @Test
    void onlyOneRoomKnowsRocksdb() {
        ONLY_ONE_ROOM_KNOWS_ROCKSDB.check(CLASSES);
    }

    @Test
    void theNetworkStackStandsAlone() {
        THE_NETWORK_STACK_STANDS_ALONE.check(CLASSES);
    }

    @Test
    void pureRoomsTouchNoClockThreadOrFile() {
        PURE_ROOMS_TOUCH_NO_CLOCK_THREAD_OR_FILE.check(CLASSES);
    }
}
