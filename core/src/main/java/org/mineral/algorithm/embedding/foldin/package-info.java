/** Vectors for users and items that came after training, with all others fixed. */
@NullMarked
package org.mineral.algorithm.embedding.foldin;

import org.jspecify.annotations.NullMarked;
