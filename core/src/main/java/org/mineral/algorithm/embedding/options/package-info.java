/** Settings, objective and info of embedding models. */
@Stable
@NullMarked
package org.mineral.algorithm.embedding.options;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
