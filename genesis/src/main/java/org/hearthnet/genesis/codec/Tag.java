package org.hearthnet.genesis.codec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The number, 0 to 255, that names one record among the permitted subtypes of a sealed interface. Never reused. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Tag {
    /** The first byte of the encoding. */
    int value();
}
