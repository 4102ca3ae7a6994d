/** The algorithm {@code ials}: matrix factorisation by alternating least squares. */
@NullMarked
package org.mineral.algorithm.ials;

import org.jspecify.annotations.NullMarked;
