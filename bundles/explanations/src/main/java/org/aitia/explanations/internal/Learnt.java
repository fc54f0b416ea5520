package org.aitia.explanations.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.TrainedExplainer;
import org.aitia.api.model.Parameter;

/**
 * What an explainer goes by, and what learning it took.
 *
 * @param weights what was learnt
 * @param digest identity of the weights
 * @param name under which it is stored, if it was learnt before
 * @param calls forward passes of learning for this request
 * @param seconds time of learning for this request
 * @param libraries versions of what computed
 */
record Learnt(
        LearntWeights weights,
        String digest,
        Optional<String> name,
        long calls,
        double seconds,
        Map<String, String> libraries) {
    static Learnt before(TrainedExplainer trained) {
        return new Learnt(trained.learnt(), trained.digest(), Optional.of(trained.name()), 0, 0, trained.libraries());
    }

    static Learnt now(LearntWeights weights, long calls, double seconds, Map<String, String> libraries) {
        return new Learnt(weights, digest(weights.parameters()), Optional.empty(), calls, seconds, libraries);
    }

    /** What is stored of it. */
    TrainedExplainer describe(String storedName, ExplanationJob job, Map<String, String> versions) {
        return new TrainedExplainer(
                storedName,
                job.request().explainer(),
                job.use().bundle(),
                job.request().type(),
                job.description().name(),
                job.description().weightsDigest(),
                job.dataset().info().name(),
                job.dataset().options(),
                job.dataset().digest(),
                job.targets(),
                job.request().seed(),
                weights,
                digest,
                Instant.now(),
                versions);
    }

    /** SHA-256 over name, shape and values of each parameter, in order. */
    static String digest(List<Parameter> parameters) {
        MessageDigest digest = sha256();
        for (Parameter parameter : parameters) {
            byte[] name = parameter.name().getBytes(StandardCharsets.UTF_8);
            long[] shape = parameter.shape();
            ByteBuffer head =
                    ByteBuffer.allocate(8 + name.length + 8 * shape.length).order(ByteOrder.LITTLE_ENDIAN);
            head.putInt(name.length).put(name).putInt(shape.length);
            for (long size : shape) {
                head.putLong(size);
            }
            digest.update(head.array());
            digest.update(littleEndian(parameter.values()));
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static byte[] littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
