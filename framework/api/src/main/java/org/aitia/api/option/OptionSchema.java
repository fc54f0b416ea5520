package org.aitia.api.option;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;

/**
 * The options of one component, derived from an annotated record. Immutable and safe for several threads.
 *
 * @param <T> the record whose components are annotated with {@link Option}
 */
public final class OptionSchema<T extends Record> {
    private final Class<T> type;
    private final Constructor<T> constructor;
    private final List<Entry> entries;

    private OptionSchema(Class<T> type, Constructor<T> constructor, List<Entry> entries) {
        this.type = type;
        this.constructor = constructor;
        this.entries = entries;
    }

    /**
     * Reads the declaration of a record.
     *
     * @param <T> the record
     * @param type a public record, or one in the same bundle, every component of which carries {@link Option}
     * @return its schema
     * @throws IllegalArgumentException if a component is not annotated, has an unsupported type or an invalid default, or
     *     if two options share a name or alias
     */
    public static <T extends Record> OptionSchema<T> of(Class<T> type) {
        List<Entry> entries =
                Stream.of(type.getRecordComponents()).map(Entry::of).toList();
        Class<?>[] parameters = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Constructor<T> constructor;
        try {
            constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException("record " + type.getName() + " has no canonical constructor", e);
        }
        checkNames(type, entries);
        OptionSchema<T> schema = new OptionSchema<>(type, constructor, entries);
        try {
            schema.parse(Map.of());
        } catch (InvalidRequestException e) {
            throw new IllegalArgumentException("invalid default in " + type.getName() + ": " + e.getMessage(), e);
        }
        return schema;
    }

    private static void checkNames(Class<?> type, List<Entry> entries) {
        Set<String> names = new HashSet<>();
        for (Entry entry : entries) {
            Stream.concat(Stream.of(entry.spec().name()), entry.spec().aliases().stream())
                    .filter(name -> !names.add(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(
                                "two options are called '" + name + "' in " + type.getName());
                    });
        }
    }

    /**
     * Returns the options in the order of their declaration.
     *
     * @return one description per record component
     */
    public List<OptionSpec> specs() {
        return entries.stream().map(Entry::spec).toList();
    }

    /**
     * Makes the record from what a user typed.
     *
     * @param values name or alias to value; what is missing takes its default
     * @return the options
     * @throws InvalidRequestException if a name is unknown (with suggestions), given twice under two names, or a value
     *     is out of range
     */
    public T parse(Map<String, String> values) {
        Map<String, Entry> byName = new LinkedHashMap<>();
        for (Entry entry : entries) {
            byName.put(entry.spec().name(), entry);
            entry.spec().aliases().forEach(alias -> byName.put(alias, entry));
        }
        Map<Entry, String> given = new LinkedHashMap<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            Entry entry = byName.get(value.getKey());
            if (entry == null) {
                throw new InvalidRequestException("unknown option '" + value.getKey() + "'"
                        + NotFoundException.suggestion(value.getKey(), byName.keySet()));
            }
            if (given.put(entry, value.getValue()) != null) {
                throw new InvalidRequestException("option '" + entry.spec().name() + "' is given twice, once as '"
                        + value.getKey() + "'; give it once");
            }
        }
        Object[] arguments = new Object[entries.size()];
        for (int i = 0; i < arguments.length; i++) {
            Entry entry = entries.get(i);
            arguments[i] = entry.value(given.getOrDefault(entry, entry.spec().defaultValue()));
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("cannot create " + type.getName(), e);
        }
    }

    /**
     * Writes options as text, for provenance: {@code parse(format(options))} equals {@code options}.
     *
     * @param options a record of this schema's type
     * @return every option by name, in order
     */
    public Map<String, String> format(T options) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Entry entry : entries) {
            values.put(entry.spec().name(), entry.text(options));
        }
        return values;
    }

    private record Entry(RecordComponent component, Option option, OptionSpec spec) {
        static Entry of(RecordComponent component) {
            Option option = component.getAnnotation(Option.class);
            if (option == null) {
                throw new IllegalArgumentException("component '" + component.getName() + "' of "
                        + component.getDeclaringRecord().getName() + " has no @Option");
            }
            Class<?> type = component.getType();
            OptionSpec.Type kind = kind(component, type);
            List<String> choices = choices(type);
            OptionSpec spec = new OptionSpec(
                    component.getName(),
                    List.of(option.aliases()),
                    kind,
                    option.defaultValue(),
                    choices.isEmpty() ? range(option) : String.join(", ", choices),
                    choices,
                    option.description(),
                    option.source());
            component.getAccessor().setAccessible(true);
            return new Entry(component, option, spec);
        }

        private static OptionSpec.Type kind(RecordComponent component, Class<?> type) {
            if (type == int.class || type == long.class) {
                return OptionSpec.Type.INTEGER;
            } else if (type == double.class) {
                return OptionSpec.Type.NUMBER;
            } else if (type == boolean.class) {
                return OptionSpec.Type.BOOLEAN;
            } else if (type == String.class) {
                return OptionSpec.Type.TEXT;
            } else if (type.isEnum()) {
                return OptionSpec.Type.CHOICE;
            }
            throw new IllegalArgumentException(
                    "option '" + component.getName() + "' has unsupported type " + type.getName());
        }

        private static List<String> choices(Class<?> type) {
            if (type == boolean.class) {
                return List.of("true", "false");
            }
            if (!type.isEnum()) {
                return List.of();
            }
            return Stream.of(type.getEnumConstants()).map(Entry::spelled).toList();
        }

        private static String spelled(Object constant) {
            return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private static String range(Option option) {
            List<String> parts = new ArrayList<>();
            if (option.min() != Double.NEGATIVE_INFINITY) {
                parts.add((option.minExclusive() ? "> " : ">= ") + number(option.min()));
            }
            if (option.max() != Double.POSITIVE_INFINITY) {
                parts.add((option.maxExclusive() ? "< " : "<= ") + number(option.max()));
            }
            return String.join(" and ", parts);
        }

        private static String number(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? Long.toString((long) value)
                    : Double.toString(value);
        }

        Object value(String text) {
            String trimmed = text.trim();
            Class<?> type = component.getType();
            try {
                if (type == int.class) {
                    int value = Integer.parseInt(trimmed);
                    checkRange(value, text);
                    return value;
                } else if (type == long.class) {
                    long value = Long.parseLong(trimmed);
                    checkRange((double) value, text);
                    return value;
                } else if (type == double.class) {
                    double value = Double.parseDouble(trimmed);
                    checkRange(value, text);
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new InvalidRequestException(
                        "option '" + spec.name() + "' takes a " + numberKind(trimmed) + ", not '" + text + "'", e);
            }
            if (type == String.class) {
                return text;
            }
            String wanted = trimmed.toLowerCase(Locale.ROOT).replace('_', '-');
            if (!spec.choices().contains(wanted)) {
                throw new InvalidRequestException("option '" + spec.name() + "' takes one of "
                        + spec.choices().stream().collect(Collectors.joining(", ")) + ", not '" + text + "'");
            }
            if (type == boolean.class) {
                return Boolean.valueOf(wanted);
            }
            return type.getEnumConstants()[spec.choices().indexOf(wanted)];
        }

        /** What kind of number it takes; with its bounds if they are all that is wrong. */
        private String numberKind(String given) {
            if (component.getType() == double.class) {
                return "number";
            }
            boolean tooLong = given.matches("[+-]?\\d+");
            String bounds = component.getType() == int.class
                    ? Integer.MIN_VALUE + " to " + Integer.MAX_VALUE
                    : Long.MIN_VALUE + " to " + Long.MAX_VALUE;
            return tooLong ? "whole number from " + bounds : "whole number";
        }

        private void checkRange(double value, String text) {
            if (!Double.isFinite(value)) {
                throw new InvalidRequestException(
                        "option '" + spec.name() + "' must be a finite number, not '" + text + "'");
            }
            boolean low = option.minExclusive() ? value > option.min() : value >= option.min();
            boolean high = option.maxExclusive() ? value < option.max() : value <= option.max();
            if (!low || !high) {
                throw new InvalidRequestException(
                        "option '" + spec.name() + "' must be " + spec.range() + ", not '" + text + "'");
            }
        }

        String text(Record options) {
            Object value;
            try {
                value = component.getAccessor().invoke(options);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read option '" + spec.name() + "'", e);
            }
            return value instanceof Enum<?> ? spelled(value) : String.valueOf(value);
        }
    }
}
