package org.hearthnet.genesis.protocol;

import java.util.List;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * An executor's answer to a {@link JobRequest}.
 *
 * @param request hash of the request
 * @param executor who offers
 * @param layers the layers it holds
 * @param price sparks for one layer of one token
 * @param layerTokensPerSecond measured speed at batch 1
 * @param addresses multiaddrs at which it can be reached
 */
public record Offer(
        Hash32 request,
        NodeId executor,
        LayerSpan layers,
        long price,
        int layerTokensPerSecond,
        @Limit(Offer.MAX_ADDRESSES) List<@Limit(Offer.MAX_ADDRESS_BYTES) String> addresses) {
    /** Most addresses of one node. */
    public static final int MAX_ADDRESSES = 8;

    /** Longest multiaddr in text form. */
    public static final int MAX_ADDRESS_BYTES = 256;

    /** Domain and encoding. */
    public static final Kind<Offer> KIND = Kind.of("hearth/offer/1", Offer.class);

    /** Checks the ranges. */
    public Offer {
        if (price < 0 || layerTokensPerSecond < 0) {
            throw new IllegalArgumentException("negative price or speed");
        }
    }
}
