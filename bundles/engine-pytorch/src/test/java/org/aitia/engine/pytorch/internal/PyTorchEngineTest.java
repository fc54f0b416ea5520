package org.aitia.engine.pytorch.internal;

import static org.aitia.engine.pytorch.internal.Engines.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.engine.TorchScriptModule;
import org.aitia.api.engine.TorchScriptSource;
import org.junit.jupiter.api.Test;

class PyTorchEngineTest {
    private static final String MODULE = """
            class Scaler(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Scaler, x: Tensor) -> Tensor:
                return x * 2
              def line(self: __torch__.Scaler, x: Tensor, slope: float, shift: int, negative: bool, kind: str) -> List[Tensor]:
                y = x * slope + shift
                if negative:
                  y = -y
                if kind == "square":
                  y = y * y
                return [y, x]
              def pair(self: __torch__.Scaler, x: Tensor) -> Tuple[Tensor, Tensor]:
                return (x, x + 1)
              def nothing(self: __torch__.Scaler) -> None:
                return None
            """;

    @Test
    void tellsItsVersions() {
        assertThat(ENGINE.versions())
                .containsEntry("djl", "0.35.1")
                .containsEntry("pytorch", "2.7.1")
                .containsEntry("flavor", "cpu");
        assertThat(ENGINE.gpus()).isEmpty();
        assertThatThrownBy(() -> ENGINE.gpuMemory(Device.gpu(0))).hasMessageContaining("There is no gpu(0)");
    }

    @Test
    void everyThreadComputesWithOneThread() throws Exception {
        Callable<Integer> threads = () -> {
            try (NDManager manager = Engines.manager()) {
                NDArray big = manager.ones(new Shape(500, 500));
                big.matMul(big);
            }
            return JniUtils.getNumThreads();
        };
        assertThat(threads.call()).isEqualTo(1);
        FutureTask<Integer> elsewhere = new FutureTask<>(threads);
        new Thread(elsewhere).start();
        assertThat(elsewhere.get()).isEqualTo(1);
        assertThat(JniUtils.getNumInteropThreads()).isEqualTo(1);
    }

    @Test
    void closingAnEngineFreesItsManagersAndLeavesOthersAlone() {
        PyTorchEngine second = new PyTorchEngine();
        NDManager manager = second.newManager(Device.cpu());
        NDArray array = manager.ones(new Shape(2));
        assertThat(second.liveArrays()).isEqualTo(1);
        second.close();
        assertThat(manager.isOpen()).isFalse();
        assertThatThrownBy(array::toFloatArray).isInstanceOf(IllegalStateException.class);
        try (NDManager other = Engines.manager()) {
            assertThat(other.ones(new Shape(2)).sum().getFloat()).isEqualTo(2);
        }
    }

    @Test
    void callsTorchScriptWithAllKindsOfArguments() {
        try (NDManager manager = Engines.manager();
                TorchScriptModule module = ENGINE.loadTorchScript(manager, TorchScriptArchive.pack("Scaler", MODULE))) {
            NDArray x = ENGINE.variable(manager.create(new double[] {1, 2}));
            assertThat(module.call("forward", x).get(0).toDoubleArray()).containsExactly(2, 4);
            List<NDArray> results = module.call("line", x, 3.0, 1L, true, "square");
            assertThat(results).hasSize(2);
            assertThat(results.get(0).toDoubleArray()).containsExactly(16, 49);
            assertThat(ENGINE.gradients(results.get(0).sum(), List.of(x)).get(0).toDoubleArray())
                    .containsExactly(24, 42);
            assertThat(module.call("pair", x)).hasSize(2);
            assertThat(module.call("nothing")).isEmpty();
            assertThatThrownBy(() -> module.call("fly", x))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("fly");
            assertThatThrownBy(() -> module.call("forward", 1)).isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> module.call("forward", 1L))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void packsModulesWithTensors() {
        TorchScriptSource source = new TorchScriptSource(
                """
                def forward(self: __torch__.Module, x: Tensor, shift: Optional[Tensor]=None) -> Tensor:
                  y = torch.matmul(x, self.weight)
                  if shift is None:
                    z = y + self.bias
                  else:
                    z = y + shift
                  return z
                """.indent(2),
                Map.of(
                        "weight",
                        new TorchScriptSource.Tensor(List.of(2L, 3L), new float[] {1, 2, 3, 4, 5, 6}),
                        "bias",
                        new TorchScriptSource.Tensor(List.of(3L), new float[] {.5f, 0, -.5f})));
        try (NDManager manager = Engines.manager();
                TorchScriptModule module = ENGINE.loadTorchScript(manager, ENGINE.packTorchScript(source))) {
            NDArray x = manager.create(new float[] {1, 10}, new Shape(1, 2));
            assertThat(module.call("forward", x).get(0).toFloatArray()).containsExactly(41.5f, 52, 62.5f);
            NDArray shift = manager.create(new float[] {1, 1, 1});
            assertThat(module.call("forward", x, shift).get(0).toFloatArray()).containsExactly(42, 53, 64);
        }
    }

    @Test
    void modulesAreLoadedInEvaluationMode() {
        String dropout = MODULE.replace("return x * 2", "return torch.dropout(x, 0.5, self.training)");
        try (NDManager manager = Engines.manager();
                TorchScriptModule module =
                        ENGINE.loadTorchScript(manager, TorchScriptArchive.pack("Scaler", dropout))) {
            NDArray x = manager.ones(new Shape(50));
            assertThat(module.call("forward", x).get(0).toFloatArray()).containsOnly(1);
        }
    }

    @Test
    void namesAndSizesOfPackedTensorsAreChecked() {
        float[] two = {1, 2};
        assertThatThrownBy(() -> ENGINE.packTorchScript(new TorchScriptSource(
                        "", Map.of("conv1.weight", new TorchScriptSource.Tensor(List.of(2L), two)))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("cannot be called 'conv1.weight'");
        assertThatThrownBy(() -> ENGINE.packTorchScript(
                        new TorchScriptSource("", Map.of("w", new TorchScriptSource.Tensor(List.of(3L), two)))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Tensor 'w' of shape [3] needs 3 values, found 2");
    }

    @Test
    void damagedTorchScriptIsRefusedInOneLine() {
        byte[] good = TorchScriptArchive.pack("Scaler", MODULE);
        refused(new byte[0], "expected a zip");
        refused("hello world".getBytes(StandardCharsets.US_ASCII), "expected a zip");
        refused(Arrays.copyOf(good, good.length / 2), "cannot be loaded");
        refused(TorchScriptArchive.pack("Scaler", MODULE.replace("x + 1", "torch.levitate(x)")), "levitate");
        refused(TorchScriptArchive.pack("Scaler", MODULE.replace("return (x", "retur (x")), "cannot be loaded");
        refused(TorchScriptArchive.pack("Absent", MODULE), "Absent");
    }

    private static void refused(byte[] archive, String reason) {
        try (NDManager manager = Engines.manager()) {
            assertThatThrownBy(() -> ENGINE.loadTorchScript(manager, archive))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining(reason)
                    .hasMessageNotContaining("\n");
        }
    }
}
