package org.aitia.dataset.usergraph.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;

/** Writes what users bring. */
final class UserFiles {
    private UserFiles() {}

    static Dataset load(Path path) {
        return load(path, TaskMonitor.NONE);
    }

    static Dataset load(Path path, TaskMonitor monitor) {
        return new UserGraphs().load("user-graph", Map.of("path", path.toString()), monitor);
    }

    /** Names and contents in turn. */
    static Path folder(Path folder, String... files) {
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < files.length; i += 2) {
                Files.writeString(folder.resolve(files[i]), files[i + 1]);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(Path file, String text) {
        return folder(file.getParent(), file.getFileName().toString(), text).resolve(file.getFileName());
    }

    static Path zip(Path file, Map<String, byte[]> entries, boolean compressed) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> one : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(one.getKey());
                if (!compressed) {
                    CRC32 crc = new CRC32();
                    crc.update(one.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(one.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(one.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    static Path npz(Path file, Map<String, byte[]> arrays, boolean compressed) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        arrays.forEach((key, bytes) -> entries.put(key + ".npy", bytes));
        return zip(file, entries, compressed);
    }

    static byte[] npy(String type, String shape, int size, java.util.function.Consumer<ByteBuffer> values) {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
        int length = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
        String padded = header + " ".repeat(length - header.length() - 1) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(10 + length + size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.ISO_8859_1))
                .put((byte) 1)
                .put((byte) 0);
        bytes.putShort((short) length).put(padded.getBytes(StandardCharsets.ISO_8859_1));
        values.accept(bytes);
        return bytes.array();
    }

    static byte[] floats(String shape, float... values) {
        return npy("<f4", shape, 4 * values.length, out -> {
            for (float value : values) {
                out.putFloat(value);
            }
        });
    }

    static byte[] doubles(String shape, double... values) {
        return npy("<f8", shape, 8 * values.length, out -> {
            for (double value : values) {
                out.putDouble(value);
            }
        });
    }

    static byte[] ints(String shape, int... values) {
        return npy("<i4", shape, 4 * values.length, out -> {
            for (int value : values) {
                out.putInt(value);
            }
        });
    }

    static byte[] longs(String shape, long... values) {
        return npy("<i8", shape, 8 * values.length, out -> {
            for (long value : values) {
                out.putLong(value);
            }
        });
    }

    static byte[] truths(boolean... values) {
        return npy("|b1", values.length + ",", values.length, out -> {
            for (boolean value : values) {
                out.put((byte) (value ? 1 : 0));
            }
        });
    }

    static byte[] bytes(Path path) {
        try (ByteArrayOutputStream all = new ByteArrayOutputStream();
                OutputStream out = all) {
            Files.copy(path, out);
            return all.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
