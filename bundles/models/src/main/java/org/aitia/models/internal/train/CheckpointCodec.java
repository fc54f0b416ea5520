package org.aitia.models.internal.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.DataFormatException;
import org.aitia.api.engine.AdamState;
import org.aitia.api.model.Parameter;
import org.aitia.models.internal.feed.BatchPlan;

/**
 * The form of a checkpoint on disk: a mark, the version of the form, numbers and texts one after the other as {@link
 * DataOutputStream} writes them, and the SHA-256 of all that. It holds no serialised objects.
 */
final class CheckpointCodec {
    private static final byte[] MARK = {'A', 'I', 'T', 'I', 'A', 'C', 'K', 'P'};
    private static final int VERSION = 1;
    private static final int DIGEST = 32;

    private CheckpointCodec() {}

    static byte[] write(Checkpoint checkpoint) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MARK);
            out.writeInt(VERSION);
            out.writeInt(checkpoint.request().size());
            for (Map.Entry<String, String> entry : checkpoint.request().entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeUTF(entry.getValue());
            }
            out.writeInt(checkpoint.plan().size());
            out.writeInt(checkpoint.plan().fanouts().size());
            for (int fanout : checkpoint.plan().fanouts()) {
                out.writeInt(fanout);
            }
            out.writeInt(checkpoint.finished().size());
            for (List<Double> curve : checkpoint.finished()) {
                writeDoubles(out, curve);
            }
            writeState(out, checkpoint.state());
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail", e);
        }
        bytes.writeBytes(digest(bytes.toByteArray(), bytes.size()));
        return bytes.toByteArray();
    }

    private static void writeState(DataOutputStream out, TrainingState state) throws IOException {
        out.writeInt(state.epoch());
        out.writeDouble(state.seconds());
        writeParameters(out, state.weights());
        out.writeInt(state.moments().size());
        for (AdamState part : state.moments()) {
            out.writeLong(part.steps());
            writeArrays(out, part.firstMoments());
            writeArrays(out, part.secondMoments());
        }
        out.writeDouble(state.best().value());
        out.writeInt(state.best().epoch());
        writeParameters(out, state.best().weights());
        out.writeInt(state.schedule().drops());
        out.writeDouble(state.schedule().best());
        out.writeInt(state.schedule().waiting());
        writeDoubles(out, state.curve());
    }

    private static void writeDoubles(DataOutputStream out, List<Double> values) throws IOException {
        out.writeInt(values.size());
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static void writeParameters(DataOutputStream out, List<Parameter> parameters) throws IOException {
        out.writeInt(parameters.size());
        for (Parameter parameter : parameters) {
            out.writeUTF(parameter.name());
            out.writeBoolean(parameter.isTrainable());
            long[] shape = parameter.shape();
            out.writeInt(shape.length);
            for (long size : shape) {
                out.writeLong(size);
            }
            writeFloats(out, parameter.values());
        }
    }

    private static void writeArrays(DataOutputStream out, List<float[]> arrays) throws IOException {
        out.writeInt(arrays.size());
        for (float[] array : arrays) {
            writeFloats(out, array);
        }
    }

    private static void writeFloats(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    /**
     * Reads a checkpoint.
     *
     * @param content bytes of the file
     * @param file its name, for messages
     * @throws DataFormatException if it is damaged
     */
    static Checkpoint read(byte[] content, String file) {
        int length = content.length - DIGEST;
        if (length < MARK.length + Integer.BYTES || !Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length)) {
            throw damaged(file, "it does not begin as a checkpoint does");
        }
        if (!Arrays.equals(content, length, content.length, digest(content, length), 0, DIGEST)) {
            throw damaged(file, "its checksum is not that of its content");
        }
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(content, MARK.length, length - MARK.length))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw damaged(file, "its form is of version " + version + ", this Aitia reads " + VERSION);
            }
            Map<String, String> request = new LinkedHashMap<>();
            for (int i = in.readInt(); i > 0; i--) {
                String key = in.readUTF();
                request.put(key, in.readUTF());
            }
            int size = in.readInt();
            List<Integer> fanouts = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                fanouts.add(in.readInt());
            }
            List<List<Double>> finished = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                finished.add(readDoubles(in));
            }
            return new Checkpoint(request, new BatchPlan(size, fanouts), finished, readState(in));
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, "it ends early or holds what cannot be: " + e.getMessage());
        }
    }

    private static TrainingState readState(DataInputStream in) throws IOException {
        int epoch = in.readInt();
        double seconds = in.readDouble();
        List<Parameter> weights = readParameters(in);
        List<AdamState> moments = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            moments.add(new AdamState(in.readLong(), readArrays(in), readArrays(in)));
        }
        Best.State best = new Best.State(in.readDouble(), in.readInt(), readParameters(in));
        Schedule.State schedule = new Schedule.State(in.readInt(), in.readDouble(), in.readInt());
        return new TrainingState(epoch, seconds, weights, moments, best, schedule, readDoubles(in));
    }

    private static List<Double> readDoubles(DataInputStream in) throws IOException {
        List<Double> values = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            values.add(in.readDouble());
        }
        return values;
    }

    private static List<Parameter> readParameters(DataInputStream in) throws IOException {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            String name = in.readUTF();
            boolean trainable = in.readBoolean();
            long[] shape = new long[in.readInt()];
            for (int d = 0; d < shape.length; d++) {
                shape[d] = in.readLong();
            }
            parameters.add(new Parameter(name, shape, readFloats(in), trainable));
        }
        return parameters;
    }

    private static List<float[]> readArrays(DataInputStream in) throws IOException {
        List<float[]> arrays = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            arrays.add(readFloats(in));
        }
        return arrays;
    }

    private static float[] readFloats(DataInputStream in) throws IOException {
        float[] values = new float[in.readInt()];
        byte[] bytes = new byte[values.length * Float.BYTES];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    private static DataFormatException damaged(String file, String how) {
        return new DataFormatException(
                "checkpoint " + file + " cannot be read: " + how + "; remove it, or train without resume");
    }

    private static byte[] digest(byte[] content, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
