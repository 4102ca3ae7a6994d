/** Finds the best items for a vector, exactly or by an index. */
@NullMarked
package org.mineral.app.serve.retrieval;

import org.jspecify.annotations.NullMarked;
