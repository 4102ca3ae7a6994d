/** Random numbers that repeat: generators with a state that can be kept, permutations, weighted and sequential sampling. */
@NullMarked
package org.mineral.random;

import org.jspecify.annotations.NullMarked;
