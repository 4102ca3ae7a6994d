/** Settings as validated records, and the errors a user sees. The lowest room: it knows no other. */
@Stable
@NullMarked
package org.mineral.config;

import org.jspecify.annotations.NullMarked;
