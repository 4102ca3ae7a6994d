/** Parquet and SQL, by an embedded DuckDB, which core does not have. */
@NullMarked
package org.mineral.app.table;

import org.jspecify.annotations.NullMarked;
