package org.aitia.models.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aitia.api.StorageException;
import org.aitia.api.model.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog;

/** What TensorBoard reads, read with TensorFlow's own message classes. */
class TensorBoardLogTest {
    @TempDir
    Path directory;

    private static EpochLog.Epoch epoch(int number) {
        return new EpochLog.Epoch(
                number, Map.of("loss", 1.5 / number), Map.of("loss", 2.0, "rocAuc", Double.NaN), 0.01, 3.25);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    /** Reads records as TensorFlow does, checksums included. */
    static List<Event> events(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int start = bytes.position();
            int length = Math.toIntExact(bytes.getLong());
            assertThat(bytes.getInt()).isEqualTo(masked(bytes, start, Long.BYTES));
            byte[] event = new byte[length];
            bytes.get(event);
            assertThat(bytes.getInt()).isEqualTo(masked(ByteBuffer.wrap(event), 0, length));
            events.add(Event.parseFrom(event));
        }
        return events;
    }

    /** CRC-32C bit by bit (RFC 3720, appendix B.4), masked as in TensorFlow's crc32c.h. */
    private static int masked(ByteBuffer bytes, int from, int count) {
        int crc = -1;
        for (int i = from; i < from + count; i++) {
            crc ^= bytes.get(i) & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82f63b78;
            }
        }
        crc = ~crc;
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }

    @Test
    void theFileBeginsAsThoseOfTensorFlow() throws IOException {
        TensorBoardLog.open(directory, 0).close();
        byte[] bytes = Files.readAllBytes(files().get(0));
        // length 24 and its checksum, as every event file of TensorFlow begins
        byte[] expected = {0x18, 0, 0, 0, 0, 0, 0, 0, (byte) 0xa3, 0x7f, 0x4b, 0x22};
        assertThat(java.util.Arrays.copyOf(bytes, expected.length)).isEqualTo(expected);
        assertThat(events(files().get(0))).hasSize(1);
        assertThat(events(files().get(0)).get(0).getFileVersion()).isEqualTo("brain.Event:2");
        assertThat(files().get(0).getFileName().toString()).matches("events\\.out\\.tfevents\\.\\d{10}\\.aitia");
    }

    @Test
    void measuresAreScalarsByStepAndUndefinedOnesAreLeftOut() throws IOException {
        try (TensorBoardLog log = TensorBoardLog.open(directory, 0)) {
            log.scalars(epoch(1));
            log.scalars(epoch(2));
        }
        List<Event> events = events(files().get(0));
        assertThat(events).hasSize(3);
        Event second = events.get(2);
        assertThat(second.getStep()).isEqualTo(2);
        assertThat(second.getWallTime()).isGreaterThan(1.6e9);
        assertThat(second.getSummary().getValueList())
                .extracting(Summary.Value::getTag)
                .containsExactlyInAnyOrder("loss/train", "loss/validation", "learningRate", "seconds");
        assertThat(second.getSummary().getValueList())
                .filteredOn(v -> v.getTag().equals("loss/train"))
                .singleElement()
                .satisfies(v -> assertThat(v.getSimpleValue()).isEqualTo(0.75f));
    }

    @Test
    void weightsAreHistograms() throws IOException {
        float[] values = {-1, 0, 0, 0.5f, 2, Float.NaN};
        try (TensorBoardLog log = TensorBoardLog.open(directory, 0)) {
            log.weights(
                    7,
                    List.of(
                            new Parameter("conv1.weight", new long[] {6}, values, true),
                            new Parameter("conv1.bias", new long[] {2}, new float[] {3, 3}, true)));
        }
        Event event = events(files().get(0)).get(1);
        assertThat(event.getStep()).isEqualTo(7);
        assertThat(event.getSummary().getValue(0).getTag()).isEqualTo("weights/conv1.weight");
        HistogramProto histogram = event.getSummary().getValue(0).getHisto();
        assertThat(histogram.getMin()).isEqualTo(-1);
        assertThat(histogram.getMax()).isEqualTo(2);
        assertThat(histogram.getNum()).isEqualTo(5);
        assertThat(histogram.getSum()).isEqualTo(1.5);
        assertThat(histogram.getSumSquares()).isEqualTo(5.25);
        assertThat(histogram.getBucketLimitList()).hasSize(30).isSorted().last().isEqualTo(2.0);
        assertThat(histogram.getBucketList().stream().mapToDouble(d -> d).sum()).isEqualTo(5);
        assertThat(histogram.getBucket(10)).isEqualTo(2); // the zeros, a third of the way from -1 to 2
        HistogramProto flat = event.getSummary().getValue(1).getHisto();
        assertThat(flat.getBucketLimitList()).containsExactly(3.0);
        assertThat(flat.getBucketList()).containsExactly(2.0);
    }

    @Test
    void goingOnTellsTensorBoardWhichStepsComeAgain() throws IOException {
        TensorBoardLog.open(directory, 0).close();
        TensorBoardLog.open(directory, 5).close();
        assertThat(files()).hasSize(2);
        Event restart = events(files().get(1)).get(1);
        assertThat(restart.getStep()).isEqualTo(6);
        assertThat(restart.getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
    }

    @Test
    void aNewTrainingRemovesOnlyOurOwnEarlierFiles() throws IOException {
        Files.writeString(directory.resolve("events.out.tfevents.1.otherhost"), "");
        TensorBoardLog.open(directory, 0).close();
        TensorBoardLog.open(directory, 0).close();
        assertThat(files()).hasSize(2);
        assertThat(directory.resolve("events.out.tfevents.1.otherhost")).exists();
    }

    @Test
    void aFolderThatCannotBeIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> TensorBoardLog.open(file.resolve("logs"), 0))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("cannot write the training record " + file)
                .hasMessageEndingWith("choose another folder with logDir");
    }

    @Test
    void theProjectorFindsPointsAndWhatTheyStandFor() throws IOException {
        Projector.write(
                directory,
                new float[][] {{1, 2.5f}, {-3, 0}},
                List.of(new Projector.Point(4, "a\tb", "c", "train"), new Projector.Point(5, "c", "c", "none")));
        assertThat(directory.resolve("tensors.tsv")).hasContent("1.0\t2.5\n-3.0\t0.0\n");
        assertThat(directory.resolve("metadata.tsv"))
                .hasContent("instance\tclass\tpredicted\tpart\n4\ta b\tc\ttrain\n5\tc\tc\tnone\n");
        assertThat(directory.resolve("projector_config.pbtxt")).hasContent("""
                        embeddings {
                          tensor_name: "embeddings"
                          tensor_path: "tensors.tsv"
                          metadata_path: "metadata.tsv"
                        }
                        """);
        assertThat(files()).hasSize(3);
    }
}
