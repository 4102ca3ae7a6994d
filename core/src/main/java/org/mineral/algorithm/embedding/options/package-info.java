/** The settings of embedding models, what they minimise, and what a trained model says of its training. */
@NullMarked
package org.mineral.algorithm.embedding.options;

import org.jspecify.annotations.NullMarked;
