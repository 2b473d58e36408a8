package org.hearthnet.genesis.codec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The largest number of elements of a list, or of bytes of a {@code String} (in UTF-8) or {@code Bytes}. Every type of
 * variable length in an encoded record must carry one; a longer value is neither encoded nor decoded.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Limit {
    /** The limit, inclusive. */
    int value();
}
