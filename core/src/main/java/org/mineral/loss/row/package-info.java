/** What a loss is: a function of a row of scores, which it sees as positives and as statistics of the candidates. */
@Stable
@NullMarked
package org.mineral.loss.row;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
