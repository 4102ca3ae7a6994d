/** Reads and writes JSON documents, which may be damaged or hostile, and records. Knows nothing of their contents. */
@NullMarked
package org.mineral.json;

import org.jspecify.annotations.NullMarked;
