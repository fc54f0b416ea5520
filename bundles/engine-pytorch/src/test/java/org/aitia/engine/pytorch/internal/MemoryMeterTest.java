package org.aitia.engine.pytorch.internal;

import static org.aitia.engine.pytorch.internal.Engines.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.MemoryMeter;
import org.aitia.api.engine.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryMeterTest {
    private static final long KIB = 256; // floats

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Engines.manager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray zeros(int kib) {
        return manager.zeros(new Shape(kib * KIB));
    }

    @Test
    void thePeakIsTheMostThatWasAliveAtOnce() {
        zeros(100); // before
        try (MemoryMeter meter = ENGINE.meterMemory()) {
            assertThat(meter.peakBytes()).isZero();
            for (int i = 0; i < 3; i++) {
                try (TensorScope scope = ENGINE.openScope()) {
                    zeros(2);
                    NDArray closed = zeros(3);
                    closed.close();
                    zeros(1);
                }
            }
            assertThat(meter.peakBytes()).isEqualTo(5 << 10);
            zeros(1);
            zeros(6);
            assertThat(meter.peakBytes()).isEqualTo(7 << 10);
        }
    }

    @Test
    void bytesAreThoseOfTheType() {
        try (MemoryMeter meter = ENGINE.meterMemory();
                TensorScope scope = ENGINE.openScope()) {
            manager.zeros(new Shape(10), DataType.FLOAT64);
            manager.create(new long[] {1, 2});
            manager.create(true);
            assertThat(meter.peakBytes()).isEqualTo(80 + 16 + 1);
        }
    }

    @Test
    void whatIsKeptStaysAliveUntilItsOwnerFreesIt() {
        try (MemoryMeter meter = ENGINE.meterMemory()) {
            NDManager owner = manager.newSubManager();
            try (TensorScope scope = ENGINE.openScope()) {
                scope.keep(zeros(1));
                scope.keep(zeros(2), owner);
                ENGINE.variable(zeros(4)).attach(owner);
            }
            zeros(8);
            assertThat(meter.peakBytes()).isEqualTo((1 + 2 + 4 + 8) << 10);
            owner.close();
            zeros(6);
            assertThat(meter.peakBytes()).isEqualTo((1 + 2 + 4 + 8) << 10);
            zeros(1);
            assertThat(meter.peakBytes()).isEqualTo((1 + 8 + 6 + 1) << 10);
        }
    }

    @Test
    void metersNest() {
        try (MemoryMeter outer = ENGINE.meterMemory()) {
            zeros(1);
            try (MemoryMeter inner = ENGINE.meterMemory();
                    TensorScope scope = ENGINE.openScope()) {
                zeros(2);
                assertThat(inner.peakBytes()).isEqualTo(2 << 10);
            }
            zeros(1);
            assertThat(outer.peakBytes()).isEqualTo(3 << 10);
        }
    }

    @Test
    void measuringFreesNothingAndKeepsNothing() {
        long before = ENGINE.liveArrays();
        try (TensorScope scope = ENGINE.openScope()) {
            NDArray inScope;
            try (MemoryMeter meter = ENGINE.meterMemory()) {
                inScope = zeros(1);
            }
            assertThat(inScope.toFloatArray()).hasSize((int) KIB);
        }
        assertThat(ENGINE.liveArrays()).isEqualTo(before);
        NDArray free;
        try (MemoryMeter meter = ENGINE.meterMemory()) {
            free = zeros(1);
        }
        assertThat(free.toFloatArray()).hasSize((int) KIB);
        free.close();
        assertThat(ENGINE.liveArrays()).isEqualTo(before);
    }

    @Test
    void derivativesAreTheSameUnderAMeter() {
        NDArray x = ENGINE.variable(manager.create(new double[] {1, 2}));
        try (TensorScope step = ENGINE.openStep();
                GradientMode on = ENGINE.gradientMode(true);
                MemoryMeter meter = ENGINE.meterMemory()) {
            NDArray loss = x.mul(x).sum();
            assertThat(ENGINE.gradients(loss, List.of(x)).get(0).toDoubleArray())
                    .containsExactly(2, 4);
            assertThat(meter.peakBytes()).isPositive();
        }
        x.close();
    }

    @Test
    void aClosedMeterSeesNoMore() {
        MemoryMeter meter = ENGINE.meterMemory();
        zeros(1);
        meter.close();
        zeros(10);
        assertThat(meter.peakBytes()).isEqualTo(1 << 10);
        meter.close(); // twice does nothing
    }
}
