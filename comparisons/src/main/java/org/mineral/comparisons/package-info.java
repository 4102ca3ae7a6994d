/** Mineral beside what a user would take instead: the same data, the same threads, in turns in one run. */
@NullMarked
package org.mineral.comparisons;

import org.jspecify.annotations.NullMarked;
