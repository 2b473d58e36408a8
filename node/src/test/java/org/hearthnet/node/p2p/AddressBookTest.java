package org.hearthnet.node.p2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AddressBookTest {
    private final AddressBook book = new AddressBook(3, 2);

    private static PeerId peer(int n) {
        return TestHosts.identity(n).peerId();
    }

    private static Multiaddr address(int port) {
        return TestHosts.parse("/ip4/192.0.2.1/tcp/" + port);
    }

    @Test
    void newestFirstAndOldestForgotten() {
        book.add(peer(1), List.of(address(1), address(2)));
        assertEquals(List.of(address(2), address(1)), book.addresses(peer(1)));
        book.add(peer(1), List.of(address(1), address(3)));
        assertEquals(List.of(address(3), address(1)), book.addresses(peer(1)));
    }

    @Test
    void peersNotTouchedForLongestMakeRoomButPermanentOnesStay() {
        book.addPermanent(address(9).withPeer(peer(9)));
        for (int i = 1; i <= 10; i++) {
            book.add(peer(i == 9 ? 19 : i), List.of(address(i)));
        }
        assertEquals(3, book.peers().size());
        assertEquals(List.of(address(9)), book.addresses(peer(9)));
        assertFalse(book.addresses(peer(10)).isEmpty());
        assertTrue(book.addresses(peer(1)).isEmpty());
        book.remove(peer(9));
        assertTrue(book.addresses(peer(9)).isEmpty());
    }

    @Test
    void fullOfPermanentPeersTakesNobodyElse() {
        for (int i = 1; i <= 3; i++) {
            book.addPermanent(address(i).withPeer(peer(i)));
        }
        book.add(peer(4), List.of(address(4)));
        assertEquals(3, book.peers().size());
        assertTrue(book.addresses(peer(4)).isEmpty());
        Multiaddr fifth = address(5).withPeer(peer(5));
        assertThrows(IllegalArgumentException.class, () -> book.addPermanent(fifth));
        assertThrows(IllegalArgumentException.class, () -> book.addPermanent(address(5)));
    }

    @Test
    void addressesOfOthersOrThatCannotBeDialledAreLeftOut() {
        book.add(peer(1), List.of(address(1).withPeer(peer(2)), TestHosts.parse("/p2p/" + peer(1))));
        assertTrue(book.addresses(peer(1)).isEmpty());
        book.add(peer(1), List.of(address(1).withPeer(peer(1))));
        assertEquals(List.of(address(1)), book.addresses(peer(1)));
    }
}
