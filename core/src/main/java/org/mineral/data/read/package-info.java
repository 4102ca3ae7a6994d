/** Reads data sets: formats, detection, filters. */
@NullMarked
package org.mineral.data.read;

import org.jspecify.annotations.NullMarked;
