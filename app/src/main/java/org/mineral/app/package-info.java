/** The command line: where it begins. */
@NullMarked
package org.mineral.app;

import org.jspecify.annotations.NullMarked;
