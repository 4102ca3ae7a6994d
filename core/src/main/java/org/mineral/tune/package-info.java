/** Comparing and searching under equal budgets. */
@NullMarked
package org.mineral.tune;

import org.jspecify.annotations.NullMarked;
