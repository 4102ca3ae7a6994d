package org.mineral.tune.compare;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A listener that words what repeats a training as its parts, in one line. */
public class Repeating implements ComparisonListener {

    @Override
    public List<String> commands(
            DataSource source, DataProtocol protocol, ComparedModel model, Map<String, String> settings) {
        return List.of(String.join(
                " ",
                source.name(),
                model.algorithm().spec().toString(),
                protocol.selection().toString(),
                "held out " + protocol.heldOut(),
                new TreeMap<>(settings).toString(),
                "epochs=" + model.epochs(),
                "seed=" + protocol.seed()));
    }
}
