/** Tables that need more than core has: Parquet and SQL, by an embedded DuckDB. */
@NullMarked
package org.mineral.app.table;

import org.jspecify.annotations.NullMarked;
