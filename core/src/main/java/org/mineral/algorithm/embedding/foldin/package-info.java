/** Computes vectors of new users and items, with all others fixed. */
@NullMarked
package org.mineral.algorithm.embedding.foldin;

import org.jspecify.annotations.NullMarked;
