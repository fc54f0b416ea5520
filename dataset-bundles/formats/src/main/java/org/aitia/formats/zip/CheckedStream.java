package org.aitia.formats.zip;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** An entry while it is read: of the size that was declared, no byte more or less, and of the declared checksum. */
final class CheckedStream extends FilterInputStream {
    private final long declared;
    private final long crc;
    private final CRC32 seen = new CRC32();
    private long count;

    CheckedStream(InputStream in, long declared, long crc) {
        super(in);
        this.declared = declared;
        this.crc = crc;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read;
        try {
            read = super.read(target, offset, length);
        } catch (RuntimeException e) { // of a decompressor that meets nonsense
            throw new IOException("its compressed bytes are damaged", e);
        }
        if (read < 0) {
            if (count < declared) {
                throw new IOException("it ends after " + count + " of " + declared + " bytes");
            }
            return -1;
        }
        count += read;
        seen.update(target, offset, read);
        if (count > declared) {
            throw new IOException("it holds more than the " + declared + " bytes that it declares");
        }
        if (count == declared && crc >= 0 && seen.getValue() != crc) {
            throw new IOException("its bytes do not match their checksum");
        }
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        long left = n;
        byte[] buffer = new byte[(int) Math.max(1, Math.min(n, 8192))];
        while (left > 0) {
            int read = read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return n - left;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
