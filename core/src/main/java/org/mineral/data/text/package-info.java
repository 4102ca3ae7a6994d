/** Reading text: files, compression, encodings, numbers, times, and errors that say where. */
@NullMarked
package org.mineral.data.text;

import org.jspecify.annotations.NullMarked;
