package org.aitia.engine.pytorch.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes TorchScript source into the archive format that libtorch loads: a zip of stored entries with the pickled root
 * object, its constants and the code as plain text.
 */
final class TorchScriptArchive {
    private static final byte PROTO = (byte) 0x80;
    private static final byte NEW_OBJECT = (byte) 0x81;
    private static final byte NEW_TRUE = (byte) 0x88;

    /** An empty tuple in pickle, protocol 2. */
    private static final byte[] NO_CONSTANTS = {PROTO, 2, ')', '.'};

    private TorchScriptArchive() {}

    /**
     * Packs the source of one module class without parameters.
     *
     * @param className name of the class, declared in the source with an attribute {@code training : bool}
     * @param source TorchScript as libtorch serialises it
     * @return the bytes of a {@code .pt} file
     */
    static byte[] pack(String className, String source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "data.pkl", pickle(className));
            store(zip, "constants.pkl", NO_CONSTANTS);
            store(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** {@code object.__new__(__torch__.<className>)} with {@code {"training": True}} as its state. */
    private static byte[] pickle(String className) throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {PROTO, 2});
        pickle.write(("c__torch__\n" + className + "\n").getBytes(StandardCharsets.US_ASCII));
        pickle.write(new byte[] {')', NEW_OBJECT, '}', '('});
        byte[] key = "training".getBytes(StandardCharsets.US_ASCII);
        pickle.write(new byte[] {'X', (byte) key.length, 0, 0, 0});
        pickle.write(key);
        pickle.write(new byte[] {NEW_TRUE, 'u', 'b', '.'});
        return pickle.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry("kernels/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
