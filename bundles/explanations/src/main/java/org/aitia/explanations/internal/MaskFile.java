package org.aitia.explanations.internal;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.aitia.api.DataFormatException;
import org.aitia.api.StorageException;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.model.FeatureMaskType;

/**
 * Masks that are too large for text, as an npz file beside the document: one array per {@link Part}, explanation after
 * explanation, which {@code numpy.load} reads. Its name holds its checksum, so that a document is replaced together with
 * its file by moving the document alone.
 */
final class MaskFile {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final String MIDDLE = ".masks-";
    private static final String SUFFIX = ".npz";

    private MaskFile() {}

    /**
     * Where masks are.
     *
     * @param name of the file, beside the document
     * @param digest of its content
     */
    record Reference(String name, String digest) {}

    /** The arrays of a file: floats, or whole numbers, of four bytes. */
    enum Part {
        FEATURES(true),
        EDGE_FEATURES(true),
        EDGE_DEVIATION(true),
        FEATURE_DEVIATION(true),
        EDGE_FEATURE_DEVIATION(true),
        /** Where the stored values of each node begin, n + 1 per explanation; of stored masks only. */
        STORED_OFFSETS(false),
        /** The feature of each stored value; of stored masks only. */
        STORED_COLUMNS(false);

        private final boolean isFloat;

        Part(boolean isFloat) {
            this.isFloat = isFloat;
        }

        private Optional<Buffer> values(Explanation e) {
            return switch (this) {
                case FEATURES -> floats(Optional.of(e.masks().features()));
                case EDGE_FEATURES -> floats(Optional.of(e.masks().edgeFeatures()));
                case EDGE_DEVIATION -> floats(e.masks().deviation().map(MaskValues.Deviation::edges));
                case FEATURE_DEVIATION -> floats(e.masks().deviation().map(MaskValues.Deviation::features));
                case EDGE_FEATURE_DEVIATION -> floats(e.masks().deviation().map(MaskValues.Deviation::edgeFeatures));
                case STORED_OFFSETS -> integers(e, e.storedOffsets());
                case STORED_COLUMNS -> integers(e, e.storedColumns());
            };
        }

        private static Optional<Buffer> floats(Optional<float[]> values) {
            return values.map(FloatBuffer::wrap);
        }

        private static Optional<Buffer> integers(Explanation explanation, int[] values) {
            boolean isStored =
                    explanation.featureMaskType() == FeatureMaskType.STORED && explanation.featureMask().length > 0;
            return isStored ? Optional.of(IntBuffer.wrap(values)) : Optional.empty();
        }

        /** The name of the array, for example {@code edgeFeatures}. */
        String key() {
            String[] words = name().split("_");
            StringBuilder key = new StringBuilder(words[0].toLowerCase(Locale.ROOT));
            for (int i = 1; i < words.length; i++) {
                key.append(words[i].charAt(0)).append(words[i].substring(1).toLowerCase(Locale.ROOT));
            }
            return key.toString();
        }

        /** How many values an explanation has of this; empty if it is none of its parts. */
        Optional<Integer> size(Explanation explanation) {
            return values(explanation).map(Buffer::remaining);
        }
    }

    /** What would go into the file. */
    static long size(List<Explanation> explanations) {
        long size = 0;
        for (Explanation explanation : explanations) {
            for (Part part : Part.values()) {
                size += part.size(explanation).orElse(0);
            }
        }
        return size;
    }

    /** Writes the masks of some explanations into a file beside a document. */
    static Reference write(List<Explanation> explanations, Path document) throws IOException {
        Path directory = directory(document);
        Path temporary = Temporary.beside(directory, document.getFileName().toString());
        try {
            MessageDigest digest = Learnt.sha256();
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(temporary), CHUNK_BYTES);
                    ZipOutputStream zip = new ZipOutputStream(new DigestOutputStream(file, digest))) {
                zip.setLevel(Deflater.BEST_SPEED);
                for (Part part : Part.values()) {
                    write(part, explanations, zip);
                }
            }
            String hex = HexFormat.of().formatHex(digest.digest());
            String name = stem(document) + MIDDLE + hex.substring(0, 16) + SUFFIX;
            Files.move(
                    temporary,
                    directory.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
            return new Reference(name, "sha256:" + hex);
        } finally {
            Files.deleteIfExists(temporary); // nothing is left to delete once it was moved
        }
    }

    private static void write(Part part, List<Explanation> explanations, ZipOutputStream zip) throws IOException {
        long count = 0;
        for (Explanation explanation : explanations) {
            count += part.size(explanation).orElse(0);
        }
        ZipEntry entry = new ZipEntry(part.key() + ".npy");
        entry.setLastModifiedTime(FileTime.fromMillis(0)); // the same masks make the same file
        zip.putNextEntry(entry);
        zip.write(header(part, count));
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Explanation explanation : explanations) {
            Optional<Buffer> values = part.values(explanation);
            while (values.isPresent() && values.get().hasRemaining()) {
                int taken = Math.min(values.get().remaining(), CHUNK_BYTES / Integer.BYTES);
                Buffer slice = values.get().slice(values.get().position(), taken);
                if (slice instanceof FloatBuffer floats) {
                    chunk.asFloatBuffer().put(floats);
                } else {
                    chunk.asIntBuffer().put((IntBuffer) slice);
                }
                zip.write(chunk.array(), 0, taken * Integer.BYTES);
                values.get().position(values.get().position() + taken);
            }
        }
        zip.closeEntry();
    }

    /** The beginning of an npy file, of a multiple of 64 bytes. */
    private static byte[] header(Part part, long count) {
        String text = "{'descr': '" + (part.isFloat ? "<f4" : "<i4") + "', 'fortran_order': False, 'shape': (" + count
                + ",), }";
        int length = (MAGIC.length + 2 + text.length() + 1 + 63) / 64 * 64;
        ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).putShort((short) (length - MAGIC.length - 2));
        header.put(text.getBytes(StandardCharsets.US_ASCII));
        while (header.remaining() > 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').array();
    }

    /** Removes the files of documents that have been replaced by this one. */
    static void tidy(Path document, Optional<Reference> kept) throws IOException {
        Pattern ours = Pattern.compile(Pattern.quote(stem(document) + MIDDLE) + "[0-9a-f]{16}" + Pattern.quote(SUFFIX));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                directory(document),
                file -> ours.matcher(file.getFileName().toString()).matches())) {
            for (Path file : files) {
                if (kept.isEmpty()
                        || !kept.get().name().equals(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static Path directory(Path document) {
        return document.toAbsolutePath().getParent();
    }

    private static String stem(Path document) {
        String name = document.getFileName().toString();
        return name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
    }

    /** What an explanation has in the file. */
    static final class Values {
        private final Map<Part, float[]> floats = new EnumMap<>(Part.class);
        private final Map<Part, int[]> integers = new EnumMap<>(Part.class);

        float[] floats(Part part) {
            return floats.getOrDefault(part, new float[0]);
        }

        int[] integers(Part part) {
            return integers.getOrDefault(part, new int[0]);
        }

        boolean has(Part part) {
            return floats.containsKey(part) || integers.containsKey(part);
        }
    }

    /**
     * Reads a file.
     *
     * @param document what refers to it
     * @param sizes how many values each explanation has of each of its parts
     * @return per explanation
     */
    static List<Values> read(Path document, Reference reference, List<Map<Part, Integer>> sizes) {
        String name = reference.name();
        if (!name.endsWith(SUFFIX) || name.contains("/") || name.contains("\\")) {
            throw new DataFormatException(
                    document + " is damaged at $.maskFile.name: there should be the name of an npz file beside it");
        }
        Path file = directory(document).resolve(name);
        List<Values> values = sizes.stream().map(s -> new Values()).toList();
        try {
            check(document, file, reference);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                for (Part part : Part.values()) {
                    ZipEntry entry = zip.getEntry(part.key() + ".npy");
                    if (entry == null) {
                        throw damaged(document, file, "it has no array '" + part.key() + "'");
                    }
                    try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
                        read(part, in, sizes, values, document, file);
                    }
                }
            }
            return values;
        } catch (NoSuchFileException e) {
            throw new DataFormatException(
                    document + " keeps its masks in " + name + ", which is not beside it; put both files into one"
                            + " directory, or explain again",
                    e);
        } catch (ZipException e) {
            throw damaged(document, file, e.getMessage());
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void read(
            Part part,
            DataInputStream in,
            List<Map<Part, Integer>> sizes,
            List<Values> values,
            Path document,
            Path file)
            throws IOException {
        long count = 0;
        for (Map<Part, Integer> size : sizes) {
            count += size.getOrDefault(part, 0);
        }
        byte[] header = header(part, count);
        if (!Arrays.equals(in.readNBytes(header.length), header)) {
            throw damaged(document, file, "array '" + part.key() + "' has not " + count + " values");
        }
        for (int i = 0; i < values.size(); i++) {
            Integer size = sizes.get(i).get(part);
            if (size == null) {
                continue;
            }
            byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE, (long) size * Integer.BYTES));
            if (bytes.length < (long) size * Integer.BYTES) {
                throw damaged(document, file, "array '" + part.key() + "' ends early");
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (part.isFloat) {
                float[] floats = new float[size];
                buffer.asFloatBuffer().get(floats);
                values.get(i).floats.put(part, floats);
            } else {
                int[] integers = new int[size];
                buffer.asIntBuffer().get(integers);
                values.get(i).integers.put(part, integers);
            }
        }
    }

    private static void check(Path document, Path file, Reference reference) throws IOException {
        MessageDigest digest = Learnt.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[CHUNK_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        if (!reference.digest().equals("sha256:" + HexFormat.of().formatHex(digest.digest()))) {
            throw damaged(document, file, "it is not what the document was written with");
        }
    }

    private static DataFormatException damaged(Path document, Path file, String why) {
        return new DataFormatException(file + ", which holds the masks of " + document.getFileName() + ", is damaged: "
                + why + "; copy it again, or explain again");
    }
}
