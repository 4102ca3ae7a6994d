/** Writing data sets in the formats that are read. */
@NullMarked
package org.mineral.data.write;

import org.jspecify.annotations.NullMarked;
