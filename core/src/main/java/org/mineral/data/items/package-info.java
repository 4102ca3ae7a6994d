/** Titles and attributes of items, and lists of ids. */
@NullMarked
package org.mineral.data.items;

import org.jspecify.annotations.NullMarked;
