package org.hearthnet.node.p2p;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The way through the rooms of the network stack, as its package documentation draws it. */
class RoomsTest {
    private static final String P2P = "org.hearthnet.node.p2p";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(P2P);

    @Test
    void noCycles() {
        SlicesRuleDefinition.slices()
                .matching(P2P + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void theEncodingsKnowNobody() {
        noClasses()
                .that()
                .resideInAPackage(P2P + ".wire")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(P2P)
                .check(CLASSES);
    }

    @Test
    void theInterfaceKnowsOnlyTheEncodings() {
        noClasses()
                .that()
                .resideInAPackage(P2P)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        P2P + ".noise",
                        P2P + ".yamux",
                        P2P + ".select",
                        P2P + ".identify",
                        P2P + ".host",
                        P2P + ".gossipsub")
                .check(CLASSES);
    }

    @Test
    void gossipsubUsesAnyHost() {
        noClasses()
                .that()
                .resideInAPackage(P2P + ".gossipsub")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(P2P + ".noise", P2P + ".yamux", P2P + ".select", P2P + ".host")
                .check(CLASSES);
    }

    @Test
    void theRouterIsPure() {
        noClasses()
                .that()
                .haveNameMatching(".*\\.gossipsub\\.(Router|RouterState|Mesh|Gossip|Fanout|Neighbourhood|Outbox|Scores"
                        + "|PeerScore|Deliveries|MessageCache|Backoffs|Promises|Message|Rpc|RpcCodec)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(CLASSES);
    }
}
