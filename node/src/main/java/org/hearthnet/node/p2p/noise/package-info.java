/**
 * The Noise security protocol of libp2p: {@code /noise}, that is Noise_XX_25519_ChaChaPoly_SHA256 with a payload that
 * ties the handshake to the peer's identity key (<a
 * href="https://github.com/libp2p/specs/blob/master/noise/README.md">libp2p noise</a>, <a
 * href="https://noiseprotocol.org/noise.html">Noise revision 34</a>). ChaCha20-Poly1305 and HMAC-SHA256 are
 * the JDK's (vectorised); X25519 is Bouncy Castle's, which takes raw keys.
 *
 * <p>May depend on {@code p2p} and {@code p2p.wire}.
 */
@NullMarked
package org.hearthnet.node.p2p.noise;

import org.jspecify.annotations.NullMarked;
