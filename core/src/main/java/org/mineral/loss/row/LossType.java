package org.mineral.loss.row;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Name, formula, source and default settings of a loss; an annotation of its record. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface LossType {

    /** The name in settings and files. */
    String name();

    /** l(u,i), in the notation of docs/reference/losses.md. */
    String formula();

    /** The source. */
    String source();

    /** Default of the training setting {@code similarity}. */
    Similarity similarity() default Similarity.COSINE;

    /** Default of the training setting {@code temperature}. */
    double temperature() default 0.15;

    /** Whether the scores are similarities divided by a temperature; false fixes t = 1. */
    boolean tempered() default true;

    /** Default of the training setting {@code candidates}: {@code all}, {@code uniform:M}, {@code popularity:M:alpha}. */
    String candidates() default "all";

    /**
     * Whether w_j = 1/(M q_j), which makes the sum an estimate of the sum over all items. Otherwise w_j = 1/(#I q_j),
     * which is 1 for uniform draws and makes the mean an estimate of the mean over all items.
     */
    boolean estimatesTotal() default false;

    /** Whether a comparison takes it where no losses are named: not those that cost much more than others, or are others by another name. */
    boolean compared() default true;
}
