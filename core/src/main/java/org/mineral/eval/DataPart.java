package org.mineral.eval;

import org.mineral.data.AlignedDataset;
import org.mineral.data.Interactions;
import org.mineral.model.Model;

/** The part of data that something is measured on. */
public enum DataPart {
    TRAIN,
    VALID,
    TEST;

    /** The interactions of this part. */
    public Interactions of(AlignedDataset data) {
        return switch (this) {
            case TRAIN -> data.train();
            case VALID -> data.valid();
            case TEST -> data.test();
        };
    }

    /** The interactions that a measurement on this part leaves out: what the model has seen, and the earlier parts. */
    public Interactions excluded(Model model, AlignedDataset data) {
        return switch (this) {
            case TRAIN -> Interactions.empty(model.users().size(), model.items().size());
            case VALID -> model.population().learntFrom().union(data.train());
            case TEST -> model.known().union(data.seen());
        };
    }
}
