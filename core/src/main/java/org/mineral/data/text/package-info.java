/** Reads text: files, compression, encodings, numbers, times, and errors with positions. */
@NullMarked
package org.mineral.data.text;

import org.jspecify.annotations.NullMarked;
