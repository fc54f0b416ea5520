package org.aitia.models.internal.record;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file of TensorFlow {@code Event} messages ({@code tensorflow/core/util/event.proto}) in its record format: length,
 * masked CRC-32C of the length, message, masked CRC-32C of the message; numbers little-endian.
 */
final class EventFile implements AutoCloseable {
    // fields of Event
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;
    // fields of Summary, Summary.Value, SessionLog
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int HISTOGRAM = 5;
    private static final int STATUS = 1;
    private static final int STATUS_START = 1;

    private static final int CRC_MASK = 0xa282ead8;
    private static final double MILLIS_PER_SECOND = 1000;

    private final OutputStream file;

    EventFile(Path path) throws IOException {
        file = Files.newOutputStream(path);
        event(0, out -> out.writeString(FILE_VERSION, "brain.Event:2"));
    }

    /** Writes fields of a message. */
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    /** Tells readers that what earlier files of the folder say of this step and later ones no longer counts. */
    void restart(long step) throws IOException {
        event(step, out -> message(out, SESSION_LOG, log -> log.writeEnum(STATUS, STATUS_START)));
    }

    void scalars(long step, Map<String, Double> values) throws IOException {
        event(
                step,
                out -> message(out, SUMMARY, summary -> {
                    for (Map.Entry<String, Double> value : values.entrySet()) {
                        message(summary, VALUE, v -> {
                            v.writeString(TAG, value.getKey());
                            v.writeFloat(SIMPLE_VALUE, value.getValue().floatValue());
                        });
                    }
                }));
    }

    void histograms(long step, Map<String, Histogram> values) throws IOException {
        event(
                step,
                out -> message(out, SUMMARY, summary -> {
                    for (Map.Entry<String, Histogram> value : values.entrySet()) {
                        message(summary, VALUE, v -> {
                            v.writeString(TAG, value.getKey());
                            message(v, HISTOGRAM, value.getValue()::write);
                        });
                    }
                }));
    }

    private void event(long step, Fields content) throws IOException {
        byte[] event = bytes(out -> {
            out.writeDouble(WALL_TIME, System.currentTimeMillis() / MILLIS_PER_SECOND);
            if (step != 0) {
                out.writeInt64(STEP, step);
            }
            content.write(out);
        });
        ByteBuffer record = ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + event.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(event.length).putInt(maskedCrc(record.array(), Long.BYTES));
        record.put(event).putInt(maskedCrc(event, event.length));
        file.write(record.array()); // in one call, so that readers hardly ever see a part of a record
    }

    private static int maskedCrc(byte[] bytes, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, count);
        return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
    }

    private static void message(CodedOutputStream out, int field, Fields content) throws IOException {
        out.writeByteArray(field, bytes(content));
    }

    private static byte[] bytes(Fields content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            content.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
