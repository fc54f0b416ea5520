package org.aitia.api.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class FeaturesTest {
    private static final float[][] ROWS = {{0, 1, 0}, {0, 0, 0}, {2, 0, 3}};

    private static Features dense() {
        return DenseFeatures.of(ROWS);
    }

    private static SparseFeatures sparse() {
        return new SparseFeatures(3, new int[] {0, 1, 1, 3}, new int[] {1, 0, 2}, new float[] {1, 2, 3});
    }

    @Test
    void denseAndSparseAnswerTheSame() {
        for (Features features : new Features[] {dense(), sparse()}) {
            assertThat(features.rows()).isEqualTo(3);
            assertThat(features.columns()).isEqualTo(3);
            for (int row = 0; row < 3; row++) {
                float[] copied = {9, 9, 9, 9, 9};
                features.copyRow(row, copied, 1);
                assertThat(copied).containsExactly(9, ROWS[row][0], ROWS[row][1], ROWS[row][2], 9);
                for (int column = 0; column < 3; column++) {
                    assertThat(features.value(row, column)).isEqualTo(ROWS[row][column]);
                }
            }
        }
        assertThat(dense().storedValues()).isEqualTo(9);
        assertThat(sparse().storedValues()).isEqualTo(3);
    }

    @Test
    void aMatrixOfOneValueTakesTheMemoryOfOneRow() {
        DenseFeatures ones = DenseFeatures.constant(2_000_000_000, 2, 1);
        assertThat(ones.value(1_999_999_999, 1)).isEqualTo(1);
        assertThat(ones.storedValues()).isEqualTo(4_000_000_000L);
        assertThat(ones.select(new int[] {7, 1_000_000_000}).values())
                .isEqualTo(FloatBuffer.wrap(new float[] {1, 1, 1, 1}));
        assertThat(DenseFeatures.constant(2, 1, 3).values()).isEqualTo(FloatBuffer.wrap(new float[] {3, 3}));
    }

    @Test
    void someRowsCanBeReplacedByOneValue() {
        for (Features features : new Features[] {dense(), sparse()}) {
            DenseFeatures changed = DenseFeatures.constantIn(features, new int[] {2, 0}, 7);
            assertThat(changed.values()).isEqualTo(FloatBuffer.wrap(new float[] {7, 7, 7, 0, 0, 0, 7, 7, 7}));
            assertThat(changed.value(1, 1)).isZero();
            assertThat(changed.value(2, 1)).isEqualTo(7);
            assertThat(DenseFeatures.constantIn(features, new int[] {1}, 7)
                            .select(new int[] {2, 1})
                            .values())
                    .isEqualTo(FloatBuffer.wrap(new float[] {2, 0, 3, 7, 7, 7}));
        }
    }

    @Test
    void selectedRowsMayRepeatAndAreInTheOrderAskedFor() {
        for (Features features : new Features[] {dense(), sparse()}) {
            Features selected = features.select(new int[] {2, 0, 2});
            assertThat(selected).hasSameClassAs(features);
            assertThat(selected.rows()).isEqualTo(3);
            assertThat(selected.value(0, 2)).isEqualTo(3);
            assertThat(selected.value(1, 1)).isEqualTo(1);
            assertThat(selected.value(2, 0)).isEqualTo(2);
            assertThat(features.select(new int[0]).rows()).isZero();
        }
    }

    @Test
    void indicesOutOfRangeAreRefused() {
        // the buffer has room for a fourth row, which is none of the matrix
        Features roomy = new DenseFeatures(3, 3, FloatBuffer.allocate(12));
        for (Features features : new Features[] {dense(), sparse(), roomy}) {
            assertThatThrownBy(() -> features.value(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> features.value(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> features.value(3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> features.value(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> features.copyRow(3, new float[3], 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> features.select(new int[] {3})).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void denseMatrixReadsItsBufferFromTheStartWhateverItsPositionAndLimit() {
        FloatBuffer buffer = FloatBuffer.allocate(4);
        buffer.put(new float[] {1, 2, 3, 4}).position(1).limit(2);
        DenseFeatures features = new DenseFeatures(2, 2, buffer);
        assertThat(features.value(0, 0)).isEqualTo(1);
        assertThat(features.value(1, 1)).isEqualTo(4);
        assertThat(features.values()).isEqualTo(FloatBuffer.wrap(new float[] {1, 2, 3, 4}));
        assertThat(features.values().isReadOnly()).isTrue();
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void constantMatrixHasOneValue() {
        DenseFeatures features = DenseFeatures.constant(2, 3, 0.5f);
        assertThat(features.rows()).isEqualTo(2);
        assertThat(features.columns()).isEqualTo(3);
        assertThat(features.value(1, 2)).isEqualTo(0.5f);
    }

    @Test
    void sparseMatrixCopiesItsArrays() {
        int[] offsets = {0, 1};
        int[] indices = {1};
        float[] values = {5};
        SparseFeatures features = new SparseFeatures(2, offsets, indices, values);
        offsets[1] = 0;
        indices[0] = 0;
        values[0] = 0;
        assertThat(features.value(0, 1)).isEqualTo(5);
        assertThat(features.offsets().isReadOnly()).isTrue();
        assertThat(features.indices().isReadOnly()).isTrue();
        assertThat(features.values().isReadOnly()).isTrue();
    }

    @Test
    void arraysThatAreNoMatrixAreRefused() {
        float[] two = {1, 2};
        assertThatThrownBy(() -> new SparseFeatures(2, new int[] {0, 2}, new int[] {1, 0}, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 0 has column 0; columns must ascend within 0..1");
        assertThatThrownBy(() -> new SparseFeatures(2, new int[] {0, 2}, new int[] {1, 1}, two))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SparseFeatures(2, new int[] {0, 2}, new int[] {0, 2}, two))
                .hasMessage("row 0 has column 2; columns must ascend within 0..1");
        assertThatThrownBy(() -> new SparseFeatures(2, new int[] {0, 3, 2}, new int[] {0, 1}, two))
                .hasMessage("row offsets do not ascend at row 0");
        assertThatThrownBy(() -> new SparseFeatures(2, new int[] {0, 1}, new int[] {0, 1}, two))
                .hasMessage("row offsets, indices and values do not fit together");
        assertThatThrownBy(() -> new SparseFeatures(2, new int[0], new int[0], new float[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DenseFeatures(2, 2, FloatBuffer.allocate(3)))
                .hasMessage("features of 2 x 2 do not fit a buffer of 3");
        assertThatThrownBy(() -> DenseFeatures.of(new float[][] {{1}, {1, 2}})).hasMessage("rows of 1 and of 2 values");
    }
}
