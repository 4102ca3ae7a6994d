package org.mineral.algorithm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.files.AtomicFile;
import org.mineral.files.WriteErrors;
import org.mineral.linalg.State;
import org.mineral.model.io.StateFile;

/**
 * Stores the last two checkpoints of a run in a directory, as {@code epoch-N.safetensors}: everything that is needed to resume with the same
 * bits. A run with the same data and settings resumes from the newest valid one; checkpoints of another run are refused and left unchanged.
 * Only one run at a time may use the directory ({@link org.mineral.model.io.ModelLock}).
 */
public final class Checkpoints {

    /** Interval if no number of epochs is given: bounds the loss by a kill and the cost of checkpoints. */
    public static final double SECONDS_BETWEEN = 60;

    private static final int KEPT = 2;
    private static final String FORMAT = "checkpoint";
    private static final String VERSION = "1";

    /** Of any stage, and trials. */
    private static final String FILES = "(?:[a-z]+-)?epoch-\\d+\\.safetensors|[a-z]+\\.trials\\.jsonl(?:\\.damaged)?";

    /** See {@link AtomicFile}. */
    private static final Pattern HALF_WRITTEN = Pattern.compile("\\.(" + FILES + ")\\.(?:new|lock)-\\w+");

    private final Path directory;
    private final int every;
    private final String stage;
    private final Pattern name;
    private long last = System.nanoTime();
    private boolean told;

    private Checkpoints(Path directory, int every, String stage) {
        this.directory = directory;
        this.every = every;
        this.stage = stage;
        this.name = Pattern.compile(stage + "epoch-(\\d{1,9})\\.safetensors");
    }

    /** In {@code NAME.checkpoint} beside the model, at the end of an epoch if a minute has passed since the last. */
    public static Checkpoints beside(Path model) {
        Path place = model.toAbsolutePath().normalize();
        return new Checkpoints(place.resolveSibling(place.getFileName() + ".checkpoint"), 0, "");
    }

    /** One every this many epochs instead. */
    public Checkpoints every(int epochs) {
        if (epochs < 1) {
            throw new InputException("a checkpoint every " + epochs + " epochs; allowed: 1 or more.");
        }
        return new Checkpoints(directory, epochs, stage);
    }

    /** Checkpoints of another stage for the same model, {@code NAME-epoch-N.safetensors} in the same directory. */
    public Checkpoints stage(String name) {
        return new Checkpoints(directory, every, name + "-");
    }

    public Path directory() {
        return directory;
    }

    /** Deletes the checkpoints of all stages and runs, and the directory if it is empty then. */
    public void delete() {
        attempt(() -> {
            for (Path entry : entries()) {
                if (entry.getFileName().toString().matches(FILES)) {
                    Files.deleteIfExists(entry);
                }
            }
            deleteHalfWritten();
            if (entries().isEmpty()) {
                Files.deleteIfExists(directory);
            }
            return this;
        });
    }

    /** A valid checkpoint of this run. */
    public record Found(Path file) {

        public void restore(Consumer<State> run) {
            attempt(() -> {
                try (StateFile state = StateFile.open(file)) {
                    state.restore(run);
                    return state;
                }
            });
        }
    }

    /**
     * The newest valid checkpoint.
     *
     * @param identity data and settings of the run
     * @throws InputException if it is of another run, or there are checkpoints but none is valid
     */
    public Optional<Found> find(Map<String, String> identity, FitListener listener) {
        List<Path> files = attempt(() -> {
            deleteHalfWritten();
            return files();
        });
        String damage = "";
        for (Path file : files) {
            Map<String, String> head;
            try (StateFile state = StateFile.open(file)) {
                head = state.head();
            } catch (IOException | InputException e) {
                damage = String.valueOf(e.getMessage());
                listener.note(damage + " The checkpoint before it is used.");
                continue;
            }
            refuseOther(file, head, mark(identity));
            return Optional.of(new Found(file));
        }
        if (!files.isEmpty()) {
            throw new InputException(
                    damage + " No other checkpoint is whole.", Hint.of("begin anew", Hint.Action.START_OVER));
        }
        return Optional.empty();
    }

    /** Writes a checkpoint if one is due. */
    public void keep(int epoch, Map<String, String> identity, Consumer<State> run, FitListener listener) {
        boolean due = every > 0 ? epoch % every == 0 : (System.nanoTime() - last) / 1e9 >= SECONDS_BETWEEN;
        if (!due) {
            return;
        }
        Path file = directory.resolve(stage + "epoch-" + epoch + ".safetensors");
        long started = System.nanoTime();
        try {
            Files.createDirectories(directory);
            StateFile.write(file, mark(identity), run);
            deleteOthers(epoch);
            if (!told) {
                told = true;
                double seconds = (System.nanoTime() - started) / 1e9;
                listener.note(String.format(
                        Locale.ROOT,
                        "checkpoint: %.1f MB in %.2f s, %s; if the run is killed, the same training goes on from it",
                        Files.size(file) / 1e6,
                        seconds,
                        file));
            }
        } catch (IOException e) {
            String before = newest().map(
                            kept -> " That of epoch " + epoch(kept) + " is whole: the same training goes on from it.")
                    .orElse("");
            throw new UncheckedIOException(
                    new IOException("cannot write " + file + ": " + WriteErrors.reason(e) + "." + before, e));
        }
        last = System.nanoTime();
    }

    private static Map<String, String> mark(Map<String, String> identity) {
        Map<String, String> mark = new LinkedHashMap<>(identity);
        mark.put(FORMAT, VERSION);
        return mark;
    }

    private static void refuseOther(Path file, Map<String, String> theirs, Map<String, String> ours) {
        TreeSet<String> names = new TreeSet<>(theirs.keySet());
        names.addAll(ours.keySet());
        Map<String, String> differences = new TreeMap<>();
        for (String name : names) {
            String their = theirs.getOrDefault(name, "nothing");
            String our = ours.getOrDefault(name, "nothing");
            if (!their.equals(our)) {
                differences.put(name, name + " is " + their + " there and " + our + " now");
            }
        }
        if (!differences.isEmpty()) {
            throw new InputException(
                    file + " is a checkpoint of another run: " + String.join(", ", differences.values())
                            + ". Train with the settings and data it was made with to go on.",
                    Hint.of("begin anew", Hint.Action.START_OVER),
                    Hint.of("keep both", Hint.Action.OTHER_DIRECTORY));
        }
    }

    /**
     * The file for the finished trials of a search before the training.
     *
     * @param name of the search, small letters
     */
    public Path trials(String name) {
        return directory.resolve(name + ".trials.jsonl");
    }

    /** Deletes old checkpoints, and those of later epochs, which were damaged. */
    private void deleteOthers(int epoch) throws IOException {
        int kept = 0;
        for (Path file : files()) {
            if (epoch(file) > epoch || kept == KEPT) {
                Files.deleteIfExists(file);
            } else {
                kept++;
            }
        }
    }

    private void deleteHalfWritten() throws IOException {
        for (Path entry : entries()) {
            Matcher half = HALF_WRITTEN.matcher(entry.getFileName().toString());
            if (half.matches()) {
                AtomicFile.recover(directory.resolve(half.group(1)));
            }
        }
    }

    private Optional<Path> newest() {
        return attempt(this::files).stream().findFirst();
    }

    /** Newest first. */
    private List<Path> files() throws IOException {
        return entries().stream()
                .filter(entry -> epoch(entry) > 0)
                .sorted(Comparator.comparingInt(this::epoch).reversed())
                .toList();
    }

    private List<Path> entries() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    /** The epoch of a checkpoint file; 0 for other files. */
    private int epoch(Path file) {
        Matcher match = name.matcher(file.getFileName().toString());
        return match.matches() ? Integer.parseInt(match.group(1)) : 0;
    }

    private interface FilesWork<T> {
        T run() throws IOException;
    }

    private static <T> T attempt(FilesWork<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
