/** The algorithm {@code rp3beta}. */
@NullMarked
package org.mineral.algorithm.rp3beta;

import org.jspecify.annotations.NullMarked;
