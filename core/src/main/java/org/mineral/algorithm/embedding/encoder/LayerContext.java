package org.mineral.algorithm.embedding.encoder;

import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Workers;

/**
 * What layers with parameters of their own need of a run.
 *
 * @param options of the optimiser and of the encoder
 * @param workers for work on the whole side, between the steps' own tasks
 */
public record LayerContext(TrainOptions options, Workers workers, Kernels kernels) {}
