package org.aitia.formats.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.aitia.api.DataFormatException;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;

/**
 * Lines of a text file in UTF-8, one after the other, with their numbers.
 *
 * <p>Lines end with LF, CRLF or CR, also mixed; the last need not end. A byte order mark is skipped. Blanks at the ends
 * of lines are cut off. Used by one thread.
 */
public final class TextLines implements Closeable {
    private static final int LONGEST = 1 << 24;

    private final String name;
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int end;
    private byte[] line = new byte[256];
    private long number;

    private TextLines(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /**
     * Opens a file.
     *
     * @param source the file
     * @return to be closed
     * @throws DataFormatException if it cannot be read
     */
    public static TextLines open(ByteSource source) {
        try {
            return new TextLines(source.name(), source.open());
        } catch (IOException e) {
            throw BadFormat.unreadable(source.name(), e);
        }
    }

    /**
     * Reads the next line.
     *
     * @return the line; empty after the last one
     * @throws DataFormatException if the text cannot be read, is not UTF-8, or a line is longer than 16 MiB
     */
    public Optional<TextLine> next() {
        int length = 0;
        boolean any = false;
        while (true) {
            int b = read();
            if (b < 0) {
                if (!any) {
                    return Optional.empty();
                }
                break;
            }
            any = true;
            if (b == '\n') {
                break;
            } else if (b == '\r') {
                int after = read();
                if (after >= 0 && after != '\n') {
                    this.next--;
                }
                break;
            }
            if (length == line.length) {
                if (length >= LONGEST) {
                    throw BadFormat.of(
                            name, "line " + (number + 1), "lines of at most " + LONGEST + " bytes", "a longer one");
                }
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) b;
        }
        number++;
        int from =
                number == 1 && length >= 3 && line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf
                        ? 3
                        : 0;
        try {
            String text =
                    decoder.decode(ByteBuffer.wrap(line, from, length - from)).toString();
            return Optional.of(new TextLine(name, number, text.stripTrailing()));
        } catch (CharacterCodingException e) {
            throw BadFormat.of(name, "line " + number, "text in UTF-8", "other bytes", "save it in UTF-8");
        }
    }

    /**
     * Reads the next line that is not blank.
     *
     * @return the line; empty after the last one
     * @throws DataFormatException if the text cannot be read, is not UTF-8, or a line is longer than 16 MiB
     */
    public Optional<TextLine> nextFilled() {
        Optional<TextLine> found = next();
        while (found.isPresent() && found.get().text().isBlank()) {
            found = next();
        }
        return found;
    }

    /**
     * Creates the error for a file that ends too early.
     *
     * @param expected what should follow
     * @return to be thrown
     */
    public DataFormatException endsBefore(String expected) {
        return BadFormat.of(name, "line " + (number + 1), expected, "the end");
    }

    private int read() {
        if (next == end) {
            try {
                end = in.read(buffer, 0, buffer.length);
            } catch (IOException e) {
                throw BadFormat.unreadable(name, e);
            }
            next = 0;
            if (end <= 0) {
                end = 0;
                return -1;
            }
        }
        return buffer[next++] & 0xff;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw BadFormat.unreadable(name, e);
        }
    }
}
