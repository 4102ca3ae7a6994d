/** The algorithm {@code planted}. */
@NullMarked
package org.mineral.algorithm.planted;

import org.jspecify.annotations.NullMarked;
