package org.aitia.shell.internal.console;

/** Horizontal bars. */
public final class Bar {
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private Bar() {}

    /**
     * Draws the length of a value.
     *
     * @param share in [0, 1]; what lies outside is cut
     * @param columns length of the whole
     * @param unicode whether block characters may be used
     * @return without trailing space
     */
    public static String of(double share, int columns, boolean unicode) {
        double length = Double.isFinite(share) ? Math.max(0, Math.min(1, share)) * columns : 0;
        return (unicode ? "▇" : "#").repeat((int) Math.round(length));
    }

    /**
     * Draws how far something is.
     *
     * @param share in [0, 1]
     * @param columns length of the whole
     * @param unicode whether block characters may be used
     * @return exactly {@code columns} wide
     */
    public static String progress(double share, int columns, boolean unicode) {
        double length = Math.max(0, Math.min(1, share)) * columns;
        int full = (int) length;
        StringBuilder bar = new StringBuilder((unicode ? "█" : "=").repeat(full));
        if (full < columns) {
            if (unicode) {
                bar.append(EIGHTHS.charAt((int) ((length - full) * EIGHTHS.length())));
            } else {
                bar.append('>');
            }
        }
        return Text.pad(bar.toString(), columns);
    }
}
