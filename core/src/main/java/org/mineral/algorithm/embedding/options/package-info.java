/** The settings of embedding models, what they minimise, and what a trained model says of its training. */
@Stable
@NullMarked
package org.mineral.algorithm.embedding.options;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
