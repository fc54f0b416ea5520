package org.aitia.models.internal.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.aitia.api.AitiaException;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.StorageException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.model.ImportRequest;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.TestGraphs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be imported is refused in one line that says what it is and what to do. */
class RefusalTest {
    @TempDir
    Path root;

    private AitiaException refused(Path file, Task task) {
        return refused(Exchange.request(file, task));
    }

    private AitiaException refused(ImportRequest request, Dataset... data) {
        Exchange e = new Exchange(root.resolve("store"), data);
        try {
            e.exchange.importModel(request, TaskMonitor.NONE);
        } catch (AitiaException failure) {
            assertThat(failure.getMessage().lines()).hasSize(1);
            assertThat(e.store.list()).isEmpty();
            return failure;
        }
        throw new AssertionError(request.file() + " was imported");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nan.pt                | returns NaN or infinite values
            gcn_double.pt         | computes with double numbers, Aitia with float32; call model.float()
            always_drops.pt       | returns other values in a second call with the same input: dropout is active; call model.eval()
            fixed_size.pt         | runs on a graph of 96 nodes but not on another: it was perhaps traced
            size_needed.pt        | forward takes 'size' of type int, which Aitia cannot give; wrap the model
            adjacency.pt          | cannot be called as forward(x, edge_index) with 5 features per node
            state_dict.pth        | holds weights (a state_dict of 8 tensors: own1.weight [8, 5], own1.bias [8], other1.weight [8, 5]
            state_dict_legacy.pth | holds weights (a state_dict of 8 tensors: own1.weight [8, 5], own1.bias [8], other1.weight [8, 5]
            pickled_module.pth    | is a pickled Python object of class __main__.Sage
            make_modules.py       | is no TorchScript module: a zip archive is expected, found
            """)
    void whatIsNoUsableModuleIsRefused(String name, String message) {
        assertThat(refused(Exchange.module(name), Task.NODE)).hasMessageContaining(message);
    }

    @Test
    void weightsAreRefusedWithTheLinesThatExportTheModel() {
        assertThat(refused(Exchange.module("state_dict.pth"), Task.NODE))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("load the weights with model.load_state_dict(...), then model.eval();"
                        + " torch.jit.script(model).save('model.pt'), and import that file");
    }

    @Test
    void aPublishedStateDictIsRefusedWithItsTensors() {
        Path file = SharedFiles.dataset("models/gordicaleksa_gat_cora_000000.pth");
        assertThat(refused(file, Task.NODE))
                .hasMessageContaining(
                        "holds weights (a state_dict of 8 tensors: gat_net.0.scoring_fn_target [1, 8, 8]");
    }

    @Test
    void aModuleForAnotherTaskIsRefused() {
        assertThat(refused(Exchange.module("sage.pt"), Task.GRAPH))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("returns the shape [96, 3] for 1 graph; one row for each is expected");
    }

    @Test
    void wrongNumbersOfFeaturesAndClassesAreRefusedWithTheRightOnes() {
        ImportRequest r = Exchange.request(Exchange.module("gcn.pt"), Task.NODE);
        assertThat(refused(new ImportRequest(
                        r.file(),
                        r.name(),
                        r.task(),
                        OptionalInt.of(7),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Map.of(),
                        1)))
                .hasMessageContaining("tells 3 classes apart, not 7 as said");
        assertThat(refused(new ImportRequest(
                        r.file(),
                        r.name(),
                        r.task(),
                        OptionalInt.empty(),
                        OptionalInt.of(6),
                        Optional.empty(),
                        Map.of(),
                        1)))
                .hasMessageContaining("takes 5 features per node, not 6 as said");
        Dataset wide = data(6, 3);
        assertThat(refused(Exchange.on(r, "mine"), wide))
                .hasMessageContaining("takes 5 features per node, not 6 as data set 'mine' has");
        assertThat(refused(Exchange.on(r, "mine"), data(5, 4)))
                .hasMessageContaining("tells 3 classes apart, data set 'mine' has 4");
        assertThat(refused(new ImportRequest(
                        r.file(),
                        r.name(),
                        r.task(),
                        OptionalInt.empty(),
                        OptionalInt.of(Integer.MAX_VALUE),
                        Optional.empty(),
                        Map.of(),
                        1)))
                .hasMessageContaining("a node has 1 to 1048576 features, not 2147483647 as said");
        ImportRequest graphs = Exchange.request(Exchange.module("pooled.pt"), Task.GRAPH);
        assertThat(refused(Exchange.on(graphs, "mine"), wide))
                .hasMessageContaining("data set 'mine' is about a node task, the model is to be imported for a graph");
        ImportRequest links = Exchange.request(Exchange.module("gcn.pt"), Task.LINK);
        assertThat(refused(Exchange.on(links, "mine"), wide)).hasMessageContaining("(-D task=link)");
    }

    private static Dataset data(int features, int classes) {
        return Dataset.builder(new DatasetInfo("mine", "mine", "", Task.NODE, "", "", "", true))
                .graph(TestGraphs.undirected(20, 40, features, classes, 1))
                .classes(classes)
                .build();
    }

    @Test
    void filesThatAreNotThereAreRefused() {
        assertThat(refused(root.resolve("none.pt"), Task.NODE))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("there is no such file");
        assertThat(refused(root, Task.NODE)).hasMessageContaining("it is a directory");
        ImportRequest r = Exchange.request(Exchange.module("gcn.pt"), Task.NODE);
        assertThatThrownBy(() -> new Exchange(root)
                        .exchange.importModel(
                                new ImportRequest(
                                        r.file(),
                                        "../x",
                                        r.task(),
                                        r.classes(),
                                        r.features(),
                                        r.dataset(),
                                        Map.of(),
                                        1),
                                TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class);
    }

    // --- archives -------------------------------------------------------------------------------------------------

    /** Copies a module with changed code. */
    private Path changed(String module, UnaryOperator<String> change) throws IOException {
        return changed(module, change, pickle -> pickle);
    }

    private Path changed(String module, UnaryOperator<String> change, UnaryOperator<byte[]> pickled)
            throws IOException {
        Path file = root.resolve("changed.pt");
        try (ZipFile from = new ZipFile(Exchange.module(module).toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                byte[] content = from.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".py")) {
                    content = change.apply(new String(content, StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8);
                }
                if (entry.getName().endsWith("/data.pkl")) {
                    content = pickled.apply(content);
                }
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(content);
            }
        }
        return file;
    }

    @Test
    void operatorsOfExtensionsAreNamed() throws IOException {
        Path file = changed(
                "sage.pt",
                code -> code.replace(
                        "torch.tanh(",
                        "ops.torch_sparse.spmm_sum(ops.torch_scatter.scatter_max(ops.pyg.segment_matmul("));
        assertThat(refused(file, Task.NODE))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("needs operators that libtorch does not have: pyg::segment_matmul,"
                        + " torch_scatter::scatter_max, torch_sparse::spmm_sum;")
                .hasMessageContaining("export the model again with plain message passing");
    }

    @Test
    void operatorsThatOnlyLibtorchMissesAreNamedToo() throws IOException {
        Path file = changed("sage.pt", code -> code.replace("torch.tanh(", "torch.levitate("));
        assertThat(refused(file, Task.NODE)).hasMessageContaining("levitate");
    }

    @Test
    void modulesThatTouchFilesAreRefused() throws IOException {
        Path file = changed("sage.pt", code -> code.replace("torch.tanh(", "torch.from_file("));
        assertThat(refused(file, Task.NODE))
                .hasMessageContaining("calls from_file, with which a module reads or writes files");
    }

    @Test
    void otherFilesAreCalledWhatTheyAre() throws IOException {
        assertThat(refused(file("a.onnx", "\b\bonnx".getBytes(StandardCharsets.ISO_8859_1)), Task.NODE))
                .hasMessageContaining("is an ONNX model");
        assertThat(refused(file("a.h5", "\u0089HDF\r\n".getBytes(StandardCharsets.ISO_8859_1)), Task.NODE))
                .hasMessageContaining("is an HDF5 file");
        assertThat(refused(
                        file("a.safetensors", "\2\0\0\0\0\0\0\0{}".getBytes(StandardCharsets.ISO_8859_1)), Task.NODE))
                .hasMessageContaining("is a safetensors file: weights without the code");
        assertThat(refused(file("empty.pt", new byte[0]), Task.NODE)).hasMessageContaining("is empty");
        assertThat(refused(zip("a.zip", "notes.txt", new byte[9]), Task.NODE))
                .hasMessageContaining("is a zip archive with 'notes.txt', but no TorchScript module");
    }

    @Test
    void zipBombsAreRefusedBeforeTheyAreUnpacked() throws IOException {
        assertThat(refused(zip("bomb.pt", "m/data/0", new byte[64 << 20]), Task.NODE))
                .hasMessageContaining("a zip bomb?");
    }

    @Test
    void damagedModulesAreRefusedOrHarmless() throws IOException {
        byte[] good = Files.readAllBytes(Exchange.module("sage.pt"));
        RandomGenerator random = Seeds.generator(4);
        for (int i = 0; i < 60; i++) {
            byte[] bad = i % 3 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            if (i % 3 != 0) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path file = file("damaged.pt", bad);
            Exchange e = new Exchange(root.resolve("store"));
            try {
                // a bit between the entries, or in a date, changes nothing
                e.exchange.importModel(Exchange.request(file, Task.NODE), TaskMonitor.NONE);
            } catch (AitiaException failure) {
                assertThat(failure.getMessage().lines()).as("case %d", i).hasSize(1);
            }
        }
        for (int at = 0; at < good.length; at += 97) {
            int length = at;
            assertThatCode(() -> PickleSkim.of(Arrays.copyOf(good, length))).doesNotThrowAnyException();
        }
    }

    /** Checksums are right here, as whoever means harm would see to. */
    @Test
    void forgedModulesAreRefusedOrHarmless() throws IOException {
        for (int i = 0; i < 120; i++) {
            RandomGenerator random = Seeds.generator(i);
            Path file = changed("gcn.pt", code -> code, pickle -> {
                for (int k = 0; k < 3; k++) {
                    pickle[random.nextInt(pickle.length)] = (byte) random.nextInt(256);
                }
                return pickle;
            });
            try {
                new Exchange(root.resolve("store"))
                        .exchange.importModel(Exchange.request(file, Task.NODE), TaskMonitor.NONE);
            } catch (AitiaException failure) {
                assertThat(failure.getMessage().lines()).as("case %d", i).hasSize(1);
            }
        }
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(root.resolve(name), content);
    }

    private Path zip(String name, String entry, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content);
        }
        return file(name, bytes.toByteArray());
    }
}
