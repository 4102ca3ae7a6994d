/** Reproducible random numbers: generators with a state that can be saved, permutations, weighted and sequential sampling. */
@NullMarked
package org.mineral.random;

import org.jspecify.annotations.NullMarked;
