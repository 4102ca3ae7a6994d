/** Candidates: which items a row is compared with, and their importance weights. */
@NullMarked
package org.mineral.candidate;

import org.jspecify.annotations.NullMarked;
