package org.aitia.models.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.aitia.api.Seeds;
import org.aitia.api.engine.TensorScope;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays that are written piece by piece are the same as those that are written at once. */
class HostValuesTest {
    private static final int WIDTH = 3;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 349_525, 349_526, 1_000_001}) // around and beyond one piece of 2^20 values
    void everyValueArrivesAtItsPlace(int rows) {
        List<Integer> counts = new ArrayList<>();
        try (Workbench bench = Workbench.open();
                TensorScope scope = bench.lease().engine().openScope()) {
            NDArray array =
                    HostValues.fill(bench.lease().manager(), new Shape(rows, WIDTH), WIDTH, (from, target, count) -> {
                        assertThat(from % WIDTH).isZero();
                        assertThat(count % WIDTH).isZero();
                        counts.add(count);
                        for (int i = 0; i < count; i++) {
                            target[i] = (from + i) % 1_000_003;
                        }
                    });
            assertThat(array.getShape()).isEqualTo(new Shape(rows, WIDTH));
            assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(rows * WIDTH);
            float[] values = array.toFloatArray();
            int wrong = 0;
            for (int i = 0; i < values.length; i++) {
                wrong += values[i] == i % 1_000_003 ? 0 : 1;
            }
            assertThat(values).hasSize(rows * WIDTH);
            assertThat(wrong).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 3_000_001})
    void dropoutOfAnArrayIsThatOfItsValues(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = i % 7 + 1;
        }
        try (Workbench bench = Workbench.open();
                TensorScope scope = bench.lease().engine().openScope()) {
            NDArray x = HostValues.copy(bench.lease().manager(), values, new Shape(size));
            float[] dropped = Dropout.apply(x, 0.3, Seeds.generator(5)).toFloatArray();
            assertThat(dropped).isEqualTo(Dropout.apply(values, 0.3, Seeds.generator(5)));
        }
    }
}
