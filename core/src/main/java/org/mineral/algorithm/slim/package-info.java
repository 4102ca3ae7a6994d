/** The algorithm {@code slim}: sparse linear weights between items. */
@NullMarked
package org.mineral.algorithm.slim;

import org.jspecify.annotations.NullMarked;
