/** The command line: its entry, what all verbs share, and how they write. */
@NullMarked
package org.mineral.app;

import org.jspecify.annotations.NullMarked;
