package org.mineral.model.rank;

/** Items of one user, or users of one item, best first, with their scores. */
public record Ranking(int[] items, float[] scores) {}
