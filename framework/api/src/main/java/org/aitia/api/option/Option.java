package org.aitia.api.option;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one option, on a component of a record.
 *
 * <p>Types: {@code int}, {@code long}, {@code double}, {@code boolean}, {@link String} and enums. The option's name is
 * the component's name; on the command line enum constants are written in lower case with {@code -} for {@code _}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
    /**
     * What it does, in one line; with its unit where it has one.
     *
     * @return plain text
     */
    String description();

    /**
     * The value when none is given, as it would be typed.
     *
     * @return text of the option's type
     */
    String defaultValue();

    /**
     * Other names that are accepted, for example those of peers.
     *
     * @return names, none by default
     */
    String[] aliases() default {};

    /**
     * The least value of a number.
     *
     * @return lower bound
     */
    double min() default Double.NEGATIVE_INFINITY;

    /**
     * Whether {@link #min} itself is refused.
     *
     * @return true if the value must be greater than {@code min}
     */
    boolean minExclusive() default false;

    /**
     * The greatest value of a number.
     *
     * @return upper bound
     */
    double max() default Double.POSITIVE_INFINITY;

    /**
     * Whether {@link #max} itself is refused.
     *
     * @return true if the value must be less than {@code max}
     */
    boolean maxExclusive() default false;

    /**
     * Where the option or its default comes from: paper, equation or peer.
     *
     * @return text, empty if it is ours
     */
    String source() default "";
}
