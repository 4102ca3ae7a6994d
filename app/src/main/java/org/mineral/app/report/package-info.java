/** The HTML report of a comparison: one file that needs no network and reads without scripts. */
@NullMarked
package org.mineral.app.report;

import org.jspecify.annotations.NullMarked;
