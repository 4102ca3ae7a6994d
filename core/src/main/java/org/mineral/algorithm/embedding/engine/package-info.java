/** One epoch of block training: rows of scores against candidates, their gradients, and the gradients of the candidates. */
@NullMarked
package org.mineral.algorithm.embedding.engine;

import org.jspecify.annotations.NullMarked;
