package org.aitia.formats.text;

import java.util.ArrayList;
import java.util.List;
import org.aitia.api.DataFormatException;
import org.aitia.formats.BadFormat;

/**
 * A line of a file.
 *
 * @param file what messages call the file
 * @param number from 1
 * @param text without its end and trailing blanks
 */
public record TextLine(String file, long number, String text) {
    /**
     * Splits it.
     *
     * @param separator a character
     * @return its fields, without blanks around them; a field more than there are separators
     */
    public List<String> split(char separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at).strip());
            from = at + 1;
        }
        parts.add(text.substring(from).strip());
        return parts;
    }

    /**
     * Splits it and requires a number of fields.
     *
     * @param separator a character
     * @param fields how many
     * @return its fields, without blanks around them
     * @throws DataFormatException if there are more or fewer
     */
    public List<String> split(char separator, int fields) {
        List<String> parts = split(separator);
        if (parts.size() != fields) {
            throw wrong(fields + (fields == 1 ? " field" : " fields"), parts.size() + " in " + BadFormat.quote(text));
        }
        return parts;
    }

    /**
     * Reads numbers.
     *
     * @param separator a character between them
     * @return whole numbers of 32 bits
     * @throws DataFormatException if a field is something else
     */
    public int[] integers(char separator) {
        return split(separator).stream().mapToInt(this::integer).toArray();
    }

    /**
     * Reads a field.
     *
     * @param field a part of the line
     * @return a whole number of 32 bits
     * @throws DataFormatException if it is something else
     */
    public int integer(String field) {
        long value = Numbers.whole(field)
                .orElseThrow(() -> wrong("a whole number", field.isEmpty() ? "nothing" : BadFormat.quote(field)));
        if (value != (int) value) {
            throw wrong("a whole number of at most 32 bits", BadFormat.quote(field));
        }
        return (int) value;
    }

    /**
     * Reads a field.
     *
     * @param field a part of the line
     * @param least the smallest value allowed
     * @param most the largest value allowed
     * @return a whole number between them
     * @throws DataFormatException if it is something else
     */
    public int integer(String field, int least, int most) {
        int value = integer(field);
        if (value < least || value > most) {
            throw wrong("a whole number from " + least + " to " + most, Integer.toString(value));
        }
        return value;
    }

    /**
     * Reads a field.
     *
     * @param field a part of the line
     * @return a finite number
     * @throws DataFormatException if it is something else
     */
    public double number(String field) {
        return Numbers.real(field)
                .orElseThrow(() -> wrong("a number", field.isEmpty() ? "nothing" : BadFormat.quote(field)));
    }

    /**
     * Creates the error for something wrong in this line.
     *
     * @param expected what should be there
     * @param found what is there
     * @return to be thrown
     */
    public DataFormatException wrong(String expected, String found) {
        return BadFormat.of(file, "line " + number, expected, found, "correct the line or fetch the file anew");
    }
}
