package org.mineral.app.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.mineral.app.table.DuckScan;
import org.mineral.data.read.Datasets;
import org.mineral.model.FactorModel;
import org.mineral.model.Models;

/**
 * Measures files in a temporary directory, which is always deleted. The limit of each is reading the same bytes, or writing them with fsync;
 * loading lines is also compared with DuckDB's scan of the same file.
 */
public final class FileBench {

    private static final String GROUP = "files";
    private static final int USERS = 300_000;
    private static final int ITEMS = 100_000;

    private FileBench() {}

    public static void run(Bench bench, FactorModel model) throws IOException {
        Path directory = Files.createTempDirectory("mineral-bench");
        Thread hook = new Thread(() -> delete(directory));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            model(bench, model, directory);
            interactions(bench, directory);
        } finally {
            delete(directory);
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private static void interactions(Bench bench, Path directory) throws IOException {
        int lines = bench.quick ? 1_000_000 : 10_000_000;
        bench.progress(String.format(Locale.ROOT, "load of %,d lines", lines));
        Path file = directory.resolve("interactions.csv");
        SplittableRandom random = new SplittableRandom(1);
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("user,item\n");
            for (int k = 0; k < lines; k++) {
                // The smaller of two draws, so that some items are much more popular than others.
                int item = Math.min(random.nextInt(ITEMS), random.nextInt(ITEMS));
                writer.write("user-" + random.nextInt(USERS) + ",item-" + item + "\n");
            }
        }
        long bytes = Files.size(file);
        DuckScan duck = new DuckScan(file, bench.threads);
        String team = ", " + bench.threads + " threads";
        List<Limit> limits = List.of(
                new Limit("reading the same bytes, 1 thread", "B", () -> readAll(List.of(file))),
                new Limit("DuckDB reading every value" + team, "B", () -> bytes / duck.values()),
                new Limit("DuckDB counting distinct users and items" + team, "B", () -> bytes / duck.ids()));
        List<Meter> meters =
                limits.stream().map(limit -> new Meter(bytes, limit)).toList();
        for (int lap = 0; lap < (bench.quick ? 2 : 5); lap++) {
            long start = System.nanoTime();
            Datasets.read(file);
            double seconds = (System.nanoTime() - start) / 1e9;
            meters.forEach(meter -> meter.lap(seconds));
        }
        for (Meter meter : meters) {
            bench.add(
                    meter.row(GROUP, String.format(Locale.ROOT, "load of %,d lines of CSV", lines), 0, bench.threads));
        }
    }

    private static void model(Bench bench, FactorModel model, Path directory) throws IOException {
        bench.progress("saving and loading a model");
        Path saved = directory.resolve("model");
        model.save(saved);
        List<Path> files;
        try (Stream<Path> entries = Files.list(saved)) {
            files = entries.toList();
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        long size = bytes;
        String what = String.format(
                Locale.ROOT,
                "a model of %,d users x %,d items",
                model.users().size(),
                model.items().size());
        Limit writing = new Limit(
                "writing the same bytes and forcing them to disk", "B", () -> write(directory.resolve("bytes"), size));
        Limit reading = new Limit("reading the same bytes, 1 thread", "B", () -> readAll(files));
        Meter save = new Meter(size, writing).laps(bench.manyLaps(), () -> model.save(saved));
        bench.add(save.row(GROUP, "save of " + what, model.dimension(), 1));
        Meter load = new Meter(size, reading).laps(bench.manyLaps(), () -> Models.load(saved));
        bench.add(load.row(GROUP, "load of " + what, model.dimension(), 1));
    }

    private static double readAll(List<Path> files) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        long bytes = 0;
        long start = System.nanoTime();
        try {
            for (Path file : files) {
                try (FileChannel channel = FileChannel.open(file)) {
                    for (int n = channel.read(buffer.clear()); n >= 0; n = channel.read(buffer.clear())) {
                        bytes += n;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes / ((System.nanoTime() - start) / 1e9);
    }

    private static double write(Path file, long bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        long start = System.nanoTime();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (long left = bytes; left > 0; ) {
                buffer.clear().limit((int) Math.min(left, buffer.capacity()));
                left -= channel.write(buffer);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes / ((System.nanoTime() - start) / 1e9);
    }

    private static void delete(Path directory) {
        try (Stream<Path> entries = Files.walk(directory)) {
            entries.sorted(Comparator.reverseOrder()).forEach(entry -> {
                try {
                    Files.deleteIfExists(entry);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (java.nio.file.NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
