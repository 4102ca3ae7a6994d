/**
 * Losses by name ({@link org.mineral.loss.Losses}), and one row of any of them in double precision. A loss is a function of one user's row of
 * scores; it does not depend on matrices, threads or files.
 */
@Stable
@NullMarked
package org.mineral.loss;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
