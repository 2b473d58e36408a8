package org.hearthnet.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.node.app.NetworkPreset;
import org.hearthnet.node.pipeline.TestKeys;
import org.hearthnet.node.pipeline.TestModel;
import org.hearthnet.node.service.fault.Fault;
import org.junit.jupiter.api.Test;

class MiningChecksTest {
    private static ChainSpec spec(boolean demo, ModelManifest... models) {
        return new ChainSpec(
                "checks", demo, 1, Committee.single(TestKeys.key(1)), NetworkPreset.demo(), List.of(), List.of(models));
    }

    @Test
    void kernelsOfThisMachineGiveTheNetworksBits() throws Exception {
        assertTrue(MiningChecks.kernel("vector", 2).startsWith("vector"));
        assertThrows(MiningException.class, () -> MiningChecks.kernel("abacus", 1));
    }

    @Test
    void theApprovedModelIsFoundWhateverItsFileIsCalled() throws Exception {
        assertEquals(TestModel.MANIFEST, MiningChecks.model(spec(true, TestModel.MANIFEST), TestModel.FILE, "renamed"));
    }

    @Test
    void anotherModelIsRefused() {
        ModelManifest m = TestModel.MANIFEST;
        var other = new ModelManifest(
                m.name(), m.architecture(), m.arithmeticVersion(), m.shape(), Hash32.ZERO, m.tensors());
        var refused = assertThrows(
                MiningException.class, () -> MiningChecks.model(spec(true, other), TestModel.FILE, m.name()));
        assertEquals(MiningException.Kind.CHECK, refused.kind());
        assertThrows(MiningException.class, () -> MiningChecks.model(spec(true), TestModel.FILE, m.name()));
    }

    @Test
    void faultsAreForDemoNetworksOnly() throws Exception {
        var fault = Optional.of(Fault.parse("skip-layer:0.1"));
        MiningChecks.options(spec(true), TestModel.MANIFEST, MiningNetwork.ALL, fault);
        MiningChecks.options(spec(false), TestModel.MANIFEST, MiningNetwork.ALL, Optional.empty());
        var refused = assertThrows(
                MiningException.class,
                () -> MiningChecks.options(spec(false), TestModel.MANIFEST, MiningNetwork.ALL, fault));
        assertEquals(MiningException.Kind.USAGE, refused.kind());
        assertThrows(
                MiningException.class,
                () -> MiningChecks.options(spec(true), TestModel.MANIFEST, new LayerSpan(0, 99), Optional.empty()));
    }
}
