/** Interactions, ids, files, splits and generated data. */
@NullMarked
package org.mineral.data;

import org.jspecify.annotations.NullMarked;
