package org.aitia.formats;

import java.io.IOException;
import org.aitia.api.DataFormatException;

/** Words the errors of all formats alike: {@code file X, line 3: expected a number, found 'abc'; what to do}. */
public final class BadFormat {
    /** What to do unless something better is known. */
    public static final String FETCH_ANEW = "correct it or fetch it anew";

    private static final int LONGEST_QUOTE = 60;

    private BadFormat() {}

    /**
     * Creates an exception.
     *
     * @param file its name
     * @param place where in the file, for example {@code line 3}; empty for the file as a whole
     * @param expected what should be there
     * @param found what is there
     * @param advice what to do
     * @return to be thrown
     */
    public static DataFormatException of(String file, String place, String expected, String found, String advice) {
        return new DataFormatException("file " + file + (place.isEmpty() ? "" : ", " + place) + ": expected " + expected
                + ", found " + found + "; " + advice);
    }

    /**
     * Creates an exception whose advice is {@link #FETCH_ANEW}.
     *
     * @param file its name
     * @param place where in the file, for example {@code line 3}; empty for the file as a whole
     * @param expected what should be there
     * @param found what is there
     * @return to be thrown
     */
    public static DataFormatException of(String file, String place, String expected, String found) {
        return of(file, place, expected, found, FETCH_ANEW);
    }

    /**
     * Creates an exception for a file that cannot be read.
     *
     * @param file its name
     * @param cause what the system says
     * @return to be thrown
     */
    public static DataFormatException unreadable(String file, IOException cause) {
        return new DataFormatException(
                "file " + file + ": expected to read it, found that it cannot be read (" + oneLine(cause) + "); "
                        + FETCH_ANEW,
                cause);
    }

    /**
     * Quotes text of a file for a message.
     *
     * @param text anything
     * @return in quotes, on one line, shortened
     */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("'");
        int shown = Math.min(LONGEST_QUOTE, text.length());
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            quoted.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return quoted.append(shown < text.length() ? "...'" : "'").toString();
    }

    /**
     * Describes a foreign exception in a message.
     *
     * @param cause anything
     * @return its class and message on one line, shortened
     */
    public static String oneLine(Throwable cause) {
        String text = cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
