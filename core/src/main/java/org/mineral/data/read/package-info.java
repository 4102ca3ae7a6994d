/**
 * How the bytes of a file become text, lines and rows: the same for interactions, item tables, lists of ids and settings.
 * Knows nothing of interactions.
 */
@NullMarked
package org.mineral.data.read;

import org.jspecify.annotations.NullMarked;
