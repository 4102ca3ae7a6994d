package org.mineral.app.command.option.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mineral.data.Dataset;
import org.mineral.data.attributes.AttributeColumn;
import org.mineral.model.provenance.DataProvenance;
import picocli.CommandLine.Mixin;

/** How DATA are read, with side files of attributes: options of verbs that train or describe. */
public final class FeaturedReadingOptions extends ReadingOptions {

    @Mixin
    FeatureOptions features = new FeatureOptions();

    /**
     * Data with the attributes in the side files that are given.
     *
     * @param notes receives how each column was understood, and who is covered
     */
    public Dataset joined(Dataset data, Consumer<String> notes) {
        try {
            return features.join(data, notes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By file, after reading: the columns with attributes as they were understood. */
    public Map<String, List<AttributeColumn>> columns() {
        return features.understood();
    }

    @Override
    public DataProvenance provenance(String source) {
        return super.provenance(source).withFeatures(features.facts());
    }

    @Override
    public List<String> words() {
        List<String> words = new ArrayList<>(super.words());
        words.addAll(features.words());
        return words;
    }
}
