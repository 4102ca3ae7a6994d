package org.mineral.data.read;

import org.mineral.data.rows.Columns;

/**
 * The layout shared by all blocks of a delimited file.
 *
 * @param userName the header's name of the user column, in UTF-8; empty without a header
 * @param itemName the header's name of the item column
 * @param comments whether the file begins with comments, so that there may be more of them
 * @param linesAbove lines in front of the first row in the first block
 */
record CsvLayout(byte separator, Columns columns, byte[] userName, byte[] itemName, boolean comments, int linesAbove) {}
