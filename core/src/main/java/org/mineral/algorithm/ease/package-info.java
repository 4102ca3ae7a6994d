/** The algorithm {@code ease}. */
@NullMarked
package org.mineral.algorithm.ease;

import org.jspecify.annotations.NullMarked;
