package org.mineral.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one setting on a record component: its default, its range and its documentation, all in one place. The
 * command line, configuration files, the docs and the tuner read them from here, and Javadoc shows them at the component and at its
 * accessor.
 *
 * <p>The setting's public name is the component's name in snake case: {@code learningRate} is {@code learning_rate}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /** One line of help, with the unit. */
    String doc();

    /** The default as text. {@code auto} on a double is stored as NaN, on a string as {@code auto}. */
    String value();

    /** Smallest allowed value of a number. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Largest allowed value of a number. */
    double max() default Double.POSITIVE_INFINITY;

    /**
     * The range of the tuner: {@code low:high}, with {@code :log} for a logarithmic scale and {@code :whole} for whole numbers. Empty: the setting
     * is not tuned.
     */
    String tune() default "";

    /** Whether it has an effect only where data have attributes of users or items; it is not tuned where they have none. */
    boolean ofAttributes() default false;

    /** Whom it is for. */
    Level level() default Level.EVERYDAY;

    /** Which settings are listed where. */
    enum Level {
        /** Listed wherever settings are. */
        EVERYDAY,
        /** For experiments: understood everywhere, but listed only where all settings are asked for. */
        EXPERT
    }
}
