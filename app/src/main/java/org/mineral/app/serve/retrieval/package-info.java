/** Finding the best items for a vector: exactly, or through an index. */
@NullMarked
package org.mineral.app.serve.retrieval;

import org.jspecify.annotations.NullMarked;
