package org.hearthnet.ledger.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.ledger.CommitteeNetwork;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.journal.MemoryDisk;
import org.hearthnet.ledger.seat.SeatWork;
import org.hearthnet.ledger.seat.VoteKeys;
import org.hearthnet.ledger.store.StoreException;
import org.junit.jupiter.api.Test;

/** Vote keys: on the disk before they are used, gone from it afterwards. */
class VoteKeysTest {
    private static final KeyPair ACCOUNT = TestNetwork.key("proposer");

    private int made;

    private byte[] seed() {
        return Hashing.in("vote-keys-test").add(made++).finish().toArray();
    }

    private static MemoryDisk copy(MemoryDisk disk) {
        MemoryDisk out = new MemoryDisk();
        disk.read("keys").ifPresent(bytes -> out.append("keys", bytes));
        return out;
    }

    private static String hex(MemoryDisk disk) {
        return HexFormat.of().formatHex(disk.read("keys").orElseThrow());
    }

    @Test
    void keysOutliveTheProcessAndForgottenOnesAreNotOnTheDisk() {
        MemoryDisk disk = new MemoryDisk();
        VoteKeys keys = VoteKeys.open(disk, ACCOUNT, this::seed);
        KeyPair one = keys.fresh();
        KeyPair two = keys.fresh();
        KeyPair three = keys.fresh();
        keys.retain(Set.of(one.id()));
        VoteKeys again = VoteKeys.open(disk, ACCOUNT, this::seed);
        assertEquals(Optional.of(one), again.find(one.id()));
        assertEquals(Optional.empty(), again.find(two.id()));
        assertEquals(Optional.of(three), again.find(three.id()), "the last one may be on its way");
        assertEquals(Optional.of(ACCOUNT), again.find(ACCOUNT.id()));
        assertFalse(hex(disk).contains(HexFormat.of().formatHex(two.seed())));
    }

    @Test
    void thereAreNeverMoreThanTheLimit() {
        MemoryDisk disk = new MemoryDisk();
        VoteKeys keys = VoteKeys.open(disk, ACCOUNT, this::seed);
        KeyPair first = keys.fresh();
        for (int i = 0; i < VoteKeys.MOST; i++) {
            keys.fresh();
        }
        assertEquals(VoteKeys.MOST, keys.size());
        assertEquals(Optional.empty(), keys.find(first.id()));
        assertEquals(VoteKeys.MOST, VoteKeys.open(disk, ACCOUNT, this::seed).size());
    }

    @Test
    void aDamagedFileIsRefusedWithAWayOut() {
        MemoryDisk disk = new MemoryDisk();
        VoteKeys.open(disk, ACCOUNT, this::seed).fresh();
        byte[] bytes = disk.read("keys").orElseThrow();
        for (int at : new int[] {0, 40, bytes.length - 1}) {
            byte[] bad = bytes.clone();
            bad[at] ^= 1;
            MemoryDisk damaged = new MemoryDisk();
            damaged.append("keys", bad);
            var refusal = assertThrows(StoreException.class, () -> VoteKeys.open(damaged, ACCOUNT, this::seed));
            assertTrue(String.valueOf(refusal.getMessage()).contains("three epochs later"));
        }
    }

    @Test
    void noLossOfPowerCostsAKeyThatWasHandedOut() {
        long seed = Long.getLong("hearth.seed", System.nanoTime());
        System.out.println("VoteKeysTest seed " + seed);
        Dice dice = new Dice(seed);
        Supplier<byte[]> seeds = () -> ByteBuffer.allocate(32)
                .putLong(dice.bits())
                .putLong(dice.bits())
                .putLong(dice.bits())
                .putLong(dice.bits())
                .array();
        int crashes = 0;
        for (int run = 0; run < 300; run++) {
            SimDisk disk = new SimDisk(dice.split());
            List<KeyPair> handedOut = new ArrayList<>();
            disk.setLossRate(0.05);
            for (int i = 0; i < 10; i++) {
                try {
                    VoteKeys keys = VoteKeys.open(disk, ACCOUNT, seeds);
                    for (KeyPair key : handedOut) {
                        assertEquals(Optional.of(key), keys.find(key.id()), "seed " + seed + ", run " + run);
                    }
                    handedOut.add(keys.fresh());
                } catch (PowerLoss e) {
                    disk.crash();
                    crashes++;
                }
            }
        }
        assertTrue(crashes > 100, "only " + crashes + " losses of power");
    }

    /** What a copy of the directory can do, years or a few epochs later. */
    @Test
    void anOldCopyCannotVoteAndTheNodeKeepsFewKeys() {
        CommitteeNetwork net = new CommitteeNetwork(CommitteeNetwork.spec(1_000_000, 1000));
        MemoryDisk disk = new MemoryDisk();
        VoteKeys keys = VoteKeys.open(disk, ACCOUNT, this::seed);
        SeatWork work = new SeatWork(ACCOUNT, net.chain().rules(), keys, false);
        MemoryDisk backup = disk;
        for (int block = 0; block < 110; block++) {
            net.chain().read(v -> work.after(v.state(), net.chain().height())).ifPresent(body -> {
                net.know(keys.find(body.keys().vote()).orElseThrow());
                net.submit(ACCOUNT, body);
            });
            net.accepted();
            var committee = net.committee(net.chain().height() + 1);
            assertTrue(SeatWork.key(keys, committee, ACCOUNT.id()).isPresent(), "block " + block);
            assertTrue(keys.size() <= 5, keys.size() + " keys");
            if (block == 49) {
                backup = copy(disk);
            }
        }
        VoteKeys restored = VoteKeys.open(backup, ACCOUNT, this::seed);
        assertTrue(restored.size() > 0);
        var now = net.committee(net.chain().height() + 1);
        assertEquals(Optional.empty(), SeatWork.key(restored, now, ACCOUNT.id()));
    }

    @Test
    void aNodeWithoutASeatAppliesOnlyWhenItWantsOne() {
        CommitteeNetwork net = new CommitteeNetwork(
                CommitteeNetwork.spec(1_000_000, 1000, TestNetwork.allocation("v0", 100, 1000, 20)));
        KeyPair veteran = TestNetwork.key("v0");
        VoteKeys keys = VoteKeys.open(new MemoryDisk(), veteran, this::seed);
        SeatWork content = new SeatWork(veteran, net.chain().rules(), keys, false);
        assertTrue(net.chain().read(v -> content.after(v.state(), 0)).isEmpty());
        SeatWork keen = new SeatWork(veteran, net.chain().rules(), keys, true);
        assertTrue(net.chain().read(v -> keen.after(v.state(), 0)).isPresent());
        assertTrue(net.chain().read(v -> keen.after(v.state(), 0)).isEmpty(), "once an epoch");
        KeyPair client = TestNetwork.key("client");
        SeatWork poor = new SeatWork(client, net.chain().rules(), keys, true);
        assertTrue(net.chain().read(v -> poor.after(v.state(), 0)).isEmpty(), "no veteran");
    }
}
