/** The algorithm {@code popularity}. */
@NullMarked
package org.mineral.algorithm.popularity;

import org.jspecify.annotations.NullMarked;
