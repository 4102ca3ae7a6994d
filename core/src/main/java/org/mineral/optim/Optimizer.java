package org.mineral.optim;

/** How a row of parameters moves along its gradient. */
public interface Optimizer {

    enum Kind {
        ADAM,
        ADAGRAD,
        SGD
    }
}
