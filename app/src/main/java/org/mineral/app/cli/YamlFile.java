package org.mineral.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mineral.config.InputException;
import org.mineral.data.text.TextFile;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML file of names and values. A value is kept as its text in the file, with its line number. */
record YamlFile(Path path) {

    private static final long LONGEST = 1 << 20;

    /** A value's text, or the texts of its list. */
    record Value(int line, List<String> texts, boolean list) {}

    /** The values by name; those below {@code nested} by both names, with a full stop between. */
    Map<String, Value> values(String nested) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (NodeTuple entry : mapping(root(), "the file").getValue()) {
            String name = name(entry);
            if (!name.equals(nested)) {
                put(values, name, entry);
                continue;
            }
            for (NodeTuple inner : mapping(entry.getValueNode(), nested).getValue()) {
                put(values, nested + "." + name(inner), inner);
            }
        }
        return values;
    }

    /** A message that begins with the place: {@code run.yaml, line 3: ...}. */
    InputException wrong(int line, String message) {
        return new InputException(path + ", line " + line + ": " + message);
    }

    private Node root() {
        try {
            if (!Files.isRegularFile(path)) {
                throw new InputException("--config " + path + ": there is no such file.");
            } else if (Files.size(path) > LONGEST) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "--config %s has %,d bytes; at most %,d are read.",
                        path,
                        Files.size(path),
                        LONGEST));
            }
            return new Compose(LoadSettings.builder().build())
                    .composeString(TextFile.text(path))
                    .orElseThrow(() -> new InputException("--config " + path + " is empty."));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw wrong(line, "this is not YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            throw new InputException("--config " + path + " is not YAML: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MappingNode mapping(Node node, String what) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(
                    line(node), what + " must consist of lines of the form name: value, with a space after the colon.");
        }
        return mapping;
    }

    private String name(NodeTuple entry) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            throw wrong(line(entry.getKeyNode()), "a name is expected before the colon.");
        }
        return key.getValue();
    }

    private void put(Map<String, Value> values, String name, NodeTuple entry) {
        if (values.put(name, value(name, entry.getValueNode())) != null) {
            throw wrong(line(entry.getKeyNode()), name + " is given twice; give it once.");
        }
    }

    private Value value(String name, Node node) {
        List<String> texts = new ArrayList<>();
        boolean list = node instanceof SequenceNode;
        for (Node element : node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node)) {
            if (!(element instanceof ScalarNode scalar)) {
                throw wrong(line(element), name + " contains names; a value is expected.");
            }
            if (scalar.getValue().isBlank()) {
                throw wrong(line(element), name + " has no value; give it one, or leave the line out.");
            }
            texts.add(scalar.getValue());
        }
        return new Value(line(node), texts, list);
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
