package org.mineral.train;

/**
 * What is known after one pass over the users.
 *
 * @param number from 1
 * @param of how many were planned
 * @param loss weighted mean over users, each taken before their step
 * @param seconds since the start of training, validation included
 * @param validation NDCG@20 on the validation part, NaN if there is none
 */
public record Epoch(int number, int of, double loss, double seconds, double validation) {}
