package org.mineral.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks an interface that some models offer beside {@link Model}; see {@link Model#as}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Capability {

    /** What a model without it lacks, as in "a model of the kind 'x' has no ...". */
    String value();
}
