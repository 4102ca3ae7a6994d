/** Where a model comes from: its data, training, selection and software, as kept in {@code model.json}. */
@Stable
@NullMarked
package org.mineral.model.provenance;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
