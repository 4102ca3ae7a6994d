/** Candidates: the items that a row's positives are compared with, and their importance weights. */
@NullMarked
package org.mineral.candidate;

import org.jspecify.annotations.NullMarked;
