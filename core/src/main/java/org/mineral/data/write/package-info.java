/** Writes data sets in formats that Mineral reads. */
@Stable
@NullMarked
package org.mineral.data.write;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
