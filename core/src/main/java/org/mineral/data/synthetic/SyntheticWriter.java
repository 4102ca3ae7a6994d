package org.mineral.data.synthetic;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.mineral.data.Split;
import org.mineral.data.rows.DatasetBuilder;
import org.mineral.data.write.DataFormat;
import org.mineral.data.write.DatasetWriter;
import org.mineral.files.AtomicDirectory;
import org.mineral.random.Streams;

/**
 * Writes generated data of any size with the truth of {@link SyntheticData}: users are drawn in blocks, on all processors, and written in
 * order, so that memory holds only the truth and a few blocks. The same options and format give the same files.
 *
 * <p>{@code builtin:tastes} with the same options has the same truth but other draws.
 */
public final class SyntheticWriter {

    private static final int BLOCK = 2048;
    private static final int BLOCKS_AT_ONCE = 32;

    private final SyntheticData.Options options;
    private final Split.Shares shares;
    private final DataFormat format;

    /**
     * @param interactions their total number, up to rounding; {@code options.activity()} is not used
     * @param format {@link DataFormat#LIGHTGCN} numbers users and items; the others use ids such as {@code user-17}, {@code item-5}
     * @throws org.mineral.config.InputException if the number of interactions does not fit these users and items
     */
    public SyntheticWriter(SyntheticData.Options options, long interactions, Split.Shares shares, DataFormat format) {
        this.options = SyntheticData.withInteractions(options, interactions);
        this.shares = shares;
        this.format = format;
    }

    /** Number of interactions written to each part. */
    public record Written(long train, long valid, long test) {}

    /** The options with the activity that was found. */
    public SyntheticData.Options options() {
        return options;
    }

    /**
     * @param directory a new directory, created atomically
     * @param progress called with the fraction that is done
     * @throws org.mineral.config.InputException if the directory exists or cannot be written
     */
    public Written write(Path directory, DoubleConsumer progress) {
        try (AtomicDirectory target = AtomicDirectory.create(directory)) {
            Written written = parts(target.path(), progress);
            target.commit();
            return written;
        } catch (IOException | UncheckedIOException e) {
            throw DatasetWriter.failed(directory, e);
        }
    }

    private Written parts(Path directory, DoubleConsumer progress) throws IOException {
        double[] wanted = {shares.train(), shares.valid(), shares.test()};
        long[] pairs = new long[wanted.length];
        List<OutputStream> files = new ArrayList<>();
        try {
            for (int part = 0; part < wanted.length; part++) {
                files.add(
                        wanted[part] > 0
                                ? open(directory, DatasetBuilder.PARTS[part])
                                : OutputStream.nullOutputStream());
            }
            draw(files, pairs, progress);
        } finally {
            for (OutputStream file : files) {
                file.close();
            }
        }
        return new Written(pairs[0], pairs[1], pairs[2]);
    }

    private OutputStream open(Path directory, String part) throws IOException {
        Path file = directory.resolve(part + "." + format.extension());
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        out.write(PartText.header(format));
        return out;
    }

    private void draw(List<OutputStream> files, long[] pairs, DoubleConsumer progress) throws IOException {
        TasteSampler sampler = new TasteSampler(options, SyntheticData.plant(options));
        int[] counts = SyntheticData.activities(options);
        int blocks = (options.users() + BLOCK - 1) / BLOCK;
        for (int from = 0; from < blocks; from += BLOCKS_AT_ONCE) {
            List<PartText[]> drawn = IntStream.range(from, Math.min(blocks, from + BLOCKS_AT_ONCE))
                    .parallel()
                    .mapToObj(block -> block(block, counts, sampler))
                    .toList();
            for (PartText[] texts : drawn) {
                for (int part = 0; part < texts.length; part++) {
                    pairs[part] += texts[part].pairs();
                    texts[part].writeTo(files.get(part));
                }
            }
            progress.accept(Math.min(1, (from + BLOCKS_AT_ONCE) / (double) blocks));
        }
    }

    private PartText[] block(int block, int[] counts, TasteSampler sampler) {
        PartText[] texts = new PartText[DatasetBuilder.PARTS.length];
        Arrays.setAll(texts, part -> new PartText(format));
        TasteSampler.Scratch scratch = sampler.scratch();
        for (int u = block * BLOCK; u < Math.min(options.users(), (block + 1) * BLOCK); u++) {
            int[] items = sampler.draw(u, counts[u], Streams.ofUser(options.seed() + 1, u), scratch);
            Arrays.sort(items);
            byte[] parts = new byte[items.length];
            Split.PerUser.assign(parts, 0, items.length, shares, Streams.ofUser(options.seed(), u));
            for (byte part = 0; part < texts.length; part++) {
                texts[part].add(u, items, parts, part);
            }
        }
        return texts;
    }
}
