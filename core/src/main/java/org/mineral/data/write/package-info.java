/** Writes data sets in formats that Mineral reads. */
@NullMarked
package org.mineral.data.write;

import org.jspecify.annotations.NullMarked;
