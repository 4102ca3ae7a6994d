/** Searching settings, and leaving them out one at a time. */
@NullMarked
package org.mineral.tune.search;

import org.jspecify.annotations.NullMarked;
