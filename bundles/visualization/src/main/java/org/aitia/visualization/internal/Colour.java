package org.aitia.visualization.internal;

import java.util.List;

/**
 * A colour with a role.
 *
 * @param hex how it looks on white paper, as {@code #rrggbb}
 * @param variable the CSS variable that replaces it on a page with a dark theme; empty if it stays
 */
record Colour(String hex, String variable) {
    static final Colour PAPER = new Colour("#ffffff", "--paper");
    static final Colour INK = new Colour("#1c2630", "--ink");
    static final Colour MUTED = new Colour("#586472", "--muted");
    static final Colour EDGE = new Colour("#25323f", "--edge");
    /** With {@link #NEGATIVE}, the ends of a scale that colour-blind people can tell apart (RdBu, Brewer). */
    static final Colour SUPPORTS = new Colour("#2166ac", "--supports");

    static final Colour NEGATIVE = new Colour("#b2182b", "--negative");
    static final Colour TRUTH = new Colour("#ffd25e", "--truth");
    static final Colour NO_CLASS = new Colour("#aab4be", "");

    private static final Colour BLACK = new Colour("#0b0f13", "");
    private static final Colour WHITE = new Colour("#ffffff", "");

    /**
     * Colours that people with any form of colour blindness can tell apart (Okabe and Ito 2008), black replaced by grey
     * because edges and text are black; then the same again, lighter.
     */
    private static final List<String> PALETTE =
            List.of("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#7f8891");

    /** Positions in the palette, so that neighbours differ in lightness too. */
    private static final List<Integer> SERIES = List.of(0, 5, 2, 1, 3, 4, 7);

    /** The colour of a class; it repeats after sixteen. */
    static Colour ofClass(int index) {
        String hex = PALETTE.get(index % PALETTE.size());
        return new Colour(index / PALETTE.size() % 2 == 0 ? hex : lighter(hex), "");
    }

    /** The colour of a series of a chart: those of classes without yellow, which is too faint for lines. */
    static Colour ofSeries(int index) {
        String hex = PALETTE.get(SERIES.get(index % SERIES.size()));
        return new Colour(index / SERIES.size() % 2 == 0 ? hex : lighter(hex), "");
    }

    private static String lighter(String hex) {
        StringBuilder lighter = new StringBuilder("#");
        for (int channel = 0; channel < 3; channel++) {
            int value = Integer.parseInt(hex.substring(1 + 2 * channel, 3 + 2 * channel), 16);
            lighter.append(String.format("%02x", (value + 255) / 2));
        }
        return lighter.toString();
    }

    /** Black or white, whichever is easier to read on this. */
    Colour legible() {
        double luminance = luminance();
        double onBlack = (luminance + 0.05) / (BLACK.luminance() + 0.05);
        double onWhite = 1.05 / (luminance + 0.05);
        return onBlack > onWhite ? BLACK : WHITE;
    }

    /** Relative luminance as WCAG defines it. */
    private double luminance() {
        int rgb = rgb();
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    int rgb() {
        return Integer.parseInt(hex.substring(1), 16);
    }
}
