package org.aitia.engine.pytorch.internal;

import static org.aitia.engine.pytorch.internal.Engines.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorScopeTest {
    private NDManager manager;
    private NDManager other;
    private long before;

    @BeforeEach
    void open() {
        manager = Engines.manager();
        other = Engines.manager();
        before = ENGINE.liveArrays();
    }

    @AfterEach
    void close() {
        manager.close();
        other.close();
    }

    private static boolean alive(NDArray array) {
        return !((PtNDArray) array).isReleased();
    }

    @Test
    void freesWhatWasCreatedWhicheverManagerOwnsIt() {
        NDArray a = manager.ones(new Shape(3));
        try (TensorScope scope = ENGINE.openScope()) {
            NDArray b = a.add(1);
            NDArray c = other.ones(new Shape(3)).mul(b);
            NDManager sub = other.newSubManager();
            NDArray d = sub.arange(5);
            NDArray e = ENGINE.kernels().gather(c, other.create(new long[] {0, 2}));
            assertThat(List.of(b, c, d, e)).allMatch(TensorScopeTest::alive);
            scope.close();
            assertThat(List.of(b, c, d, e)).noneMatch(TensorScopeTest::alive);
        }
        assertThat(alive(a)).isTrue();
        assertThat(ENGINE.liveArrays()).isEqualTo(before + 1);
    }

    @Test
    void freesAfterAnException() {
        assertThatThrownBy(() -> {
                    try (TensorScope scope = ENGINE.openScope()) {
                        NDArray a = manager.ones(new Shape(3));
                        a.matMul(manager.ones(new Shape(4)));
                    }
                })
                .isInstanceOf(RuntimeException.class);
        assertThat(ENGINE.liveArrays()).isEqualTo(before);
    }

    @Test
    void arraysClosedBeforeTheScopeDoNoHarm() {
        NDManager sub = manager.newSubManager();
        try (TensorScope scope = ENGINE.openScope()) {
            NDArray a = sub.ones(new Shape(3));
            a.add(1).close();
            sub.close();
            assertThat(alive(a)).isFalse();
        }
        assertThat(ENGINE.liveArrays()).isEqualTo(before);
    }

    @Test
    void keptArraysBelongToTheEnclosingScope() {
        NDArray kept;
        try (TensorScope outer = ENGINE.openScope()) {
            try (TensorScope inner = ENGINE.openScope()) {
                kept = inner.keep(manager.ones(new Shape(3)).add(1));
            }
            assertThat(alive(kept)).isTrue();
            assertThat(ENGINE.liveArrays()).isEqualTo(before + 1);
        }
        assertThat(alive(kept)).isFalse();
    }

    @Test
    void keepInTheOutermostScopeLeavesTheArrayToItsManager() {
        NDArray kept;
        try (TensorScope scope = ENGINE.openScope()) {
            kept = scope.keep(manager.ones(new Shape(3)));
        }
        assertThat(alive(kept)).isTrue();
        manager.close();
        assertThat(alive(kept)).isFalse();
    }

    @Test
    void anOuterScopeKeepsAnArrayOfAnInnerOne() {
        NDArray kept;
        NDArray passed;
        try (TensorScope first = ENGINE.openScope()) {
            try (TensorScope second = ENGINE.openScope()) {
                try (TensorScope third = ENGINE.openScope()) {
                    kept = second.keep(manager.ones(new Shape(3)));
                    passed = third.keep(manager.ones(new Shape(3)));
                }
                assertThat(alive(kept)).isTrue();
                assertThat(alive(passed)).isTrue();
            }
            assertThat(alive(kept)).isTrue();
            assertThat(alive(passed)).isFalse();
        }
        assertThat(alive(kept)).isFalse();
    }

    @Test
    void keepWithAnOwnerOutlivesAllScopes() {
        NDArray kept;
        try (TensorScope outer = ENGINE.openScope()) {
            NDArray early = manager.ones(new Shape(3));
            try (TensorScope inner = ENGINE.openScope()) {
                kept = inner.keep(early.add(1), other);
                inner.keep(early, other);
            }
            assertThat(alive(early)).isTrue();
        }
        assertThat(alive(kept)).isTrue();
        assertThat(kept.getManager()).isSameAs(other);
        assertThat(ENGINE.liveArrays()).isEqualTo(before + 2);
    }

    @Test
    void closingAnOuterScopeClosesTheInnerOnesAndClosingTwiceDoesNothing() {
        TensorScope outer = ENGINE.openScope();
        TensorScope inner = ENGINE.openScope();
        NDArray a = manager.ones(new Shape(3));
        outer.close();
        assertThat(alive(a)).isFalse();
        inner.close();
        outer.close();
        NDArray b = manager.ones(new Shape(3));
        assertThat(alive(b)).isTrue();
    }

    @Test
    void scopesAreSeparatePerThread() throws InterruptedException {
        AtomicReference<NDArray> elsewhere = new AtomicReference<>();
        AtomicReference<Throwable> refused = new AtomicReference<>();
        try (TensorScope scope = ENGINE.openScope()) {
            Thread thread = new Thread(() -> {
                elsewhere.set(manager.ones(new Shape(3)));
                try {
                    scope.close();
                } catch (InvalidRequestException e) {
                    refused.set(e);
                }
            });
            thread.start();
            thread.join();
        }
        assertThat(alive(elsewhere.get())).isTrue();
        assertThat(refused.get()).hasMessageContaining("belongs to the thread that opened it");
    }

    @Test
    void variablesAndOptimiserStateOutliveTheScope() {
        NDArray leaf;
        AdamOptimizer adam;
        try (TensorScope scope = ENGINE.openScope()) {
            leaf = ENGINE.variable(other.ones(new Shape(3)));
            adam = ENGINE.adam(AdamOptions.withLearningRate(0.1), List.of(leaf));
        }
        try (TensorScope scope = ENGINE.openScope()) {
            adam.step(ENGINE.gradients(leaf.square().sum(), List.of(leaf)));
        }
        assertThat(leaf.toFloatArray()).containsExactly(new float[] {0.9f, 0.9f, 0.9f}, within(1e-6f));
        adam.close();
        leaf.close();
        assertThat(ENGINE.liveArrays()).isEqualTo(before);
    }

    @Test
    void nothingIsLeftAfterAThousandSteps() throws IOException {
        Random random = new Random(3);
        Adjacency graph = Engines.graph(manager, random, 300, 300, 1500);
        NDArray x = Engines.random(manager, random, 300, 32);
        NDArray mask = ENGINE.variable(Engines.random(manager, random, 1500));
        NDArray weight = ENGINE.variable(Engines.random(manager, random, 32, 32));
        long live = ENGINE.liveArrays();
        long resident = 0;
        try (AdamOptimizer adam = ENGINE.adam(AdamOptions.withLearningRate(0.01), List.of(mask, weight))) {
            for (int i = 0; i < 1000; i++) {
                try (TensorScope step = ENGINE.openStep()) {
                    NDArray h = ENGINE.kernels()
                            .aggregate(graph, x.matMul(weight), mask)
                            .tanh();
                    try (TensorScope inner = ENGINE.openScope()) {
                        h = inner.keep(ENGINE.kernels().aggregate(graph, h.mul(2), mask));
                    }
                    adam.step(ENGINE.gradients(h.square().sum(), List.of(mask, weight)));
                }
                if (i == 200) {
                    resident = residentBytes();
                }
            }
        }
        assertThat(ENGINE.liveArrays()).isEqualTo(live);
        // Each step computes with more than 500 kB: a tensor that only libtorch still held would show here.
        assertThat(residentBytes() - resident).isLessThan(100L << 20);
    }

    private static long residentBytes() throws IOException {
        Path statm = Path.of("/proc/self/statm");
        return Files.exists(statm) ? Long.parseLong(Files.readString(statm).split(" ")[1]) * 4096 : 0;
    }

    @Test
    void whatWasRecordedCannotLeaveItsStep() {
        Random random = new Random(3);
        Adjacency graph = Engines.graph(manager, random, 5, 5, 9);
        NDArray x = ENGINE.variable(Engines.random(manager, random, 5, 2));
        NDArray kept;
        try (TensorScope step = ENGINE.openStep()) {
            NDArray y = ENGINE.kernels().aggregate(graph, x).mul(2);
            assertThatThrownBy(() -> step.keep(y))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("engine.detach");
            assertThatThrownBy(() -> step.keep(y, manager)).isInstanceOf(InvalidRequestException.class);
            try (TensorScope inner = ENGINE.openScope()) {
                inner.keep(y.add(1));
            }
            kept = step.keep(ENGINE.detach(y));
            step.keep(graph.offsets().add(1));
            assertThat(ENGINE.gradients(y.sum(), List.of(x))).hasSize(1);
            assertThatThrownBy(ENGINE::openStep).hasMessageContaining("do not nest");
        }
        assertThat(alive(kept)).isTrue();
    }

    @Test
    void derivativesOutliveTheBuffersOfConstants() {
        NDArray x = ENGINE.variable(manager.ones(new Shape(1000)));
        try (TensorScope step = ENGINE.openStep()) {
            NDArray y;
            try (TensorScope inner = ENGINE.openScope();
                    NDArray factors = manager.create(filled(1000, 3))) {
                y = inner.keep(x.mul(factors).mul(2)); // the constant 2 is closed at once
            }
            overwriteGarbage();
            assertThat(ENGINE.gradients(y.sum(), List.of(x)).get(0).toFloatArray())
                    .containsExactly(filled(1000, 6));
        } finally {
            x.close();
        }
    }

    @Test
    void arraysOfHostValuesKeepTheirValuesAndTypes() {
        try (TensorScope scope = ENGINE.openScope()) {
            assertThat(manager.create(new long[] {1, -2, 3}).toLongArray()).containsExactly(1, -2, 3);
            assertThat(manager.create(new double[] {0.5, 2}, new Shape(2, 1)).toDoubleArray())
                    .containsExactly(0.5, 2);
            assertThat(manager.create(new boolean[] {true, false}).toBooleanArray())
                    .containsExactly(true, false);
            assertThat(manager.create(7).toIntArray()).containsExactly(7);
            assertThat(manager.create(new float[0]).toFloatArray()).isEmpty();
            assertThat(manager.create("text").toStringArray()).containsExactly("text");
        }
    }

    private static float[] filled(int size, float value) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return values;
    }

    /** Frees what nobody reaches and fills freed native memory of usual sizes with NaN. */
    private static void overwriteGarbage() {
        for (int round = 0; round < 3; round++) {
            System.gc();
            List<ByteBuffer> filled = new ArrayList<>();
            for (int size = 4; size <= 8192; size += 4) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(size);
                while (buffer.remaining() >= Float.BYTES) {
                    buffer.putFloat(Float.NaN);
                }
                filled.add(buffer);
            }
            assertThat(filled).isNotEmpty();
        }
    }
}
