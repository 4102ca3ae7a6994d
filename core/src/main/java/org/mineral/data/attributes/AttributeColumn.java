package org.mineral.data.attributes;

/**
 * A column of a side file and what became of it.
 *
 * @param attributes number of attributes
 * @param rows number of rows with a value
 * @param rare number of different values that were pooled or, of words, left out
 */
public record AttributeColumn(String name, AttributeRole role, int attributes, int rows, int rare) {}
