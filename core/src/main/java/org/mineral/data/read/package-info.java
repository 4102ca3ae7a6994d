/** Reads data sets: formats, detection, filters. */
@Stable
@NullMarked
package org.mineral.data.read;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
