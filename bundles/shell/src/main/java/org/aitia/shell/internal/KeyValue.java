package org.aitia.shell.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An option of a plugin, as typed.
 *
 * @param key its name
 * @param value its value, may be empty
 */
public record KeyValue(String key, String value) {

    /** Reads {@code key=value}. */
    static final class Converter implements ITypeConverter<KeyValue> {
        @Override
        public KeyValue convert(String text) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new TypeConversionException("takes key=value, not '" + text + "'");
            }
            return new KeyValue(
                    text.substring(0, equals).strip(),
                    text.substring(equals + 1).strip());
        }
    }

    /**
     * Collects options.
     *
     * @param options as given, may be {@code null} as picocli leaves it when there are none
     * @return in their order
     * @throws InvalidRequestException if one is given twice
     */
    public static Map<String, String> map(List<KeyValue> options) {
        Map<String, String> map = new LinkedHashMap<>();
        if (options != null) {
            options.forEach(option -> put(map, option.key(), option.value()));
        }
        return map;
    }

    /**
     * Adds an option.
     *
     * @param map where to
     * @param key its name
     * @param value its value
     * @throws InvalidRequestException if it is there already
     */
    public static void put(Map<String, String> map, String key, String value) {
        String before = map.putIfAbsent(key, value);
        if (before != null) {
            throw new InvalidRequestException(
                    "option '" + key + "' is given twice, as " + before + " and as " + value + "; give it once");
        }
    }
}
