package org.aitia.formats.zip;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * What the JDK's reader knows of an archive and keeps to itself: which entries are links, and where their bytes lie.
 *
 * <p>Reads the central directory of an archive that the JDK has opened before, and thus found in order (PKWARE
 * APPNOTE 4.3.12 to 4.3.16).
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int ENTRY = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_LENGTH = 22;
    private static final int ENTRY_LENGTH = 46;
    private static final int LOCAL_LENGTH = 30;
    private static final int UNIX = 3;
    private static final int TYPE_MASK = 0xf000;
    private static final int LINK = 0xa000;
    private static final long IN_EXTRA = 0xffffffffL;

    private record Place(long header, boolean link) {}

    private final Path file;
    private final Map<String, Place> places = new HashMap<>();

    private ZipDirectory(Path file) {
        this.file = file;
    }

    static ZipDirectory read(Path file) throws IOException {
        ZipDirectory directory = new ZipDirectory(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            directory.read(channel);
        }
        return directory;
    }

    /** Whether an entry is a symbolic link. */
    boolean isLink(String name) {
        Place place = places.get(name);
        return place != null && place.link();
    }

    /** Where the bytes of an entry begin; empty if that cannot be told. */
    Optional<Long> dataOffset(String name, long size) throws IOException {
        Place place = places.get(name);
        if (place == null) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer local = at(channel, place.header(), LOCAL_LENGTH);
            long offset = place.header() + LOCAL_LENGTH + unsigned(local, 26) + unsigned(local, 28);
            return local.getInt(0) == LOCAL && offset + size <= channel.size() ? Optional.of(offset) : Optional.empty();
        }
    }

    private void read(FileChannel channel) throws IOException {
        int tailLength = (int) Math.min(channel.size(), END_LENGTH + 0xffff);
        long tailStart = channel.size() - tailLength;
        ByteBuffer tail = at(channel, tailStart, tailLength);
        int end = tailLength - END_LENGTH;
        while (end >= 0 && (tail.getInt(end) != END || end + END_LENGTH + unsigned(tail, end + 20) != tailLength)) {
            end--;
        }
        if (end < 0) {
            throw new ZipException("it has no end record");
        }
        long endAt = tailStart + end;
        long length = tail.getInt(end + 12) & 0xffffffffL;
        long start = tail.getInt(end + 16) & 0xffffffffL;
        ByteBuffer locator = endAt >= 20 ? at(channel, endAt - 20, 20) : ByteBuffer.allocate(20);
        if (locator.getInt(0) == LOCATOR_64) {
            long end64 = locator.getLong(8);
            ByteBuffer record = at(channel, end64, 56);
            if (record.getInt(0) == END_64) {
                endAt = end64;
                length = record.getLong(40);
                start = record.getLong(48);
            }
        }
        if (length < 0 || length > Math.min(endAt, Integer.MAX_VALUE - 8)) {
            throw new ZipException("its directory has " + Long.toUnsignedString(length) + " bytes");
        }
        // What a self-extracting archive has in front is not counted in offsets.
        long front = endAt - length - start;
        entries(at(channel, endAt - length, (int) length), front);
    }

    private void entries(ByteBuffer directory, long front) throws IOException {
        int at = 0;
        while (at + ENTRY_LENGTH <= directory.limit() && directory.getInt(at) == ENTRY) {
            int nameLength = unsigned(directory, at + 28);
            int extraLength = unsigned(directory, at + 30);
            int next = at + ENTRY_LENGTH + nameLength + extraLength + unsigned(directory, at + 32);
            if (next > directory.limit()) {
                throw new ZipException("its directory ends within an entry");
            }
            byte[] name = new byte[nameLength];
            directory.get(at + ENTRY_LENGTH, name);
            boolean unix = directory.get(at + 5) == UNIX;
            boolean link = unix && (directory.getInt(at + 38) >>> 16 & TYPE_MASK) == LINK;
            long header = directory.getInt(at + 42) & 0xffffffffL;
            if (header == IN_EXTRA) {
                header = headerInExtra(directory, at, at + ENTRY_LENGTH + nameLength, extraLength);
            }
            places.put(new String(name, StandardCharsets.UTF_8), new Place(front + header, link));
            at = next;
        }
    }

    /** Of the numbers that do not fit, the extra field 1 holds, in this order: size, compressed size, header. */
    private static long headerInExtra(ByteBuffer directory, int entry, int from, int length) {
        for (int at = from; at + 4 <= from + length; at += 4 + unsigned(directory, at + 2)) {
            if (unsigned(directory, at) == 1) {
                int position = at + 4;
                position += (directory.getInt(entry + 24) & 0xffffffffL) == IN_EXTRA ? 8 : 0;
                position += (directory.getInt(entry + 20) & 0xffffffffL) == IN_EXTRA ? 8 : 0;
                return position + 8 <= from + length ? directory.getLong(position) : IN_EXTRA;
            }
        }
        return IN_EXTRA;
    }

    private static ByteBuffer at(FileChannel channel, long position, int length) throws IOException {
        if (position < 0 || position + length > channel.size()) {
            throw new EOFException("a record at " + position + " is not within the file");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("it ends within a record");
            }
        }
        return bytes.flip();
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xffff;
    }
}
