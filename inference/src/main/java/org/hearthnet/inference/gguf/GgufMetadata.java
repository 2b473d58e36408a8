package org.hearthnet.inference.gguf;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The key-value part of a GGUF file, with typed access; a value of another type than asked for is an error. */
public final class GgufMetadata {
    private final String file;
    private final Map<String, GgufValue> values;

    GgufMetadata(String file, Map<String, GgufValue> values) {
        this.file = file;
        this.values = Collections.unmodifiableMap(values);
    }

    /** All keys in file order. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** The value of {@code key}, if present. */
    public Optional<GgufValue> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A string. */
    public Optional<String> text(String key) throws GgufException {
        return as(key, GgufValue.Text.class, "a string").map(GgufValue.Text::value);
    }

    /** A list of strings. */
    public Optional<List<String>> texts(String key) throws GgufException {
        return as(key, GgufValue.Texts.class, "an array of strings").map(GgufValue.Texts::values);
    }

    /** A boolean. */
    public Optional<Boolean> bool(String key) throws GgufException {
        return as(key, GgufValue.Bool.class, "a boolean").map(GgufValue.Bool::value);
    }

    /** A real number. */
    public Optional<Double> real(String key) throws GgufException {
        return as(key, GgufValue.Real.class, "a real number").map(GgufValue.Real::value);
    }

    /** A list of real numbers. */
    public Optional<double[]> reals(String key) throws GgufException {
        return as(key, GgufValue.Reals.class, "an array of real numbers")
                .map(v -> v.values().clone());
    }

    /** A list of integers. */
    public Optional<long[]> integrals(String key) throws GgufException {
        return as(key, GgufValue.Integrals.class, "an array of integers")
                .map(v -> v.values().clone());
    }

    /** An integer between {@code least} and {@code most}. */
    public Optional<Integer> integer(String key, int least, int most) throws GgufException {
        Optional<Long> value = as(key, GgufValue.Integral.class, "an integer").map(GgufValue.Integral::value);
        if (value.isPresent() && (value.get() < least || value.get() > most)) {
            throw error(key, "must lie in " + least + ".." + most + ", is " + value.get());
        }
        return value.map(Long::intValue);
    }

    /** An error about a key of this file. */
    public GgufException error(String key, String problem) {
        return new GgufException(file, key, -1, problem);
    }

    private <T extends GgufValue> Optional<T> as(String key, Class<T> type, String name) throws GgufException {
        GgufValue value = values.get(key);
        if (value != null && !type.isInstance(value)) {
            throw error(key, "is not " + name);
        }
        return Optional.ofNullable(value).map(type::cast);
    }
}
