package org.hearthnet.inference.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerPoolTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void everyIndexRunsOnceInEveryLoop(int threads) {
        try (var pool = new WorkerPool(threads)) {
            for (int round = 0; round < 500; round++) {
                var seen = new AtomicIntegerArray(1 + round % 37);
                pool.run(seen.length(), seen::incrementAndGet);
                for (int i = 0; i < seen.length(); i++) {
                    assertEquals(1, seen.get(i));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theFirstExceptionIsThrownAgainAndThePoolGoesOn(int threads) {
        try (var pool = new WorkerPool(threads)) {
            for (int round = 0; round < 20; round++) {
                assertThrows(
                        IllegalStateException.class,
                        () -> pool.run(10, i -> {
                            if (i == 4) {
                                throw new IllegalStateException("four");
                            }
                        }));
            }
            var seen = new AtomicIntegerArray(10);
            pool.run(10, seen::incrementAndGet);
            assertEquals(1, seen.get(9));
        }
    }
}
