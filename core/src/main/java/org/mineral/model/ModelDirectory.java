package org.mineral.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mineral.config.InputException;
import org.mineral.data.Unfinished;

/**
 * Writes a directory so that a reader finds the old one or the new one, whole.
 *
 * <ol>
 *   <li>Everything is written into a hidden sibling directory and forced to disk.
 *   <li>An older model steps aside under a hidden name; the new one takes its place by a rename.
 *   <li>Only then is the older one deleted; files in it that are not Mineral's move over.
 * </ol>
 *
 * Should the machine stop between the two renames, the older model is whole under the name {@code .NAME.old-...}.
 */
final class ModelDirectory {

    static final String HEAD = "model.json";
    static final List<String> FILES = List.of(HEAD, "factors.safetensors", "users.tsv", "items.tsv");

    /** Fills an empty directory. */
    interface Content {
        void write(Path directory) throws IOException;
    }

    private ModelDirectory() {}

    static void replace(Path target, Content content) throws IOException {
        Path place = place(target);
        checkReplaceable(target, place);
        Path parent = place.getParent();
        if (parent == null) {
            throw new InputException(target + " cannot hold a model; name a directory in it.");
        }
        Files.createDirectories(parent);
        String token = UUID.randomUUID().toString().substring(0, 8);
        Path fresh = parent.resolve("." + place.getFileName() + ".new-" + token);
        Path old = parent.resolve("." + place.getFileName() + ".old-" + token);
        try (Unfinished unfinished = new Unfinished(fresh)) {
            content.write(fresh);
            forceAll(fresh);
            unfinished.finish(() -> swap(place, fresh, old));
            Disk.forceDirectory(parent);
        }
        if (Files.exists(old)) {
            rescueForeign(old, place);
            Unfinished.delete(old);
        }
    }

    /** Where a model of this name really is or will be. */
    static Path place(Path target) throws IOException {
        return Files.exists(target)
                ? target.toRealPath()
                : target.toAbsolutePath().normalize();
    }

    private static void swap(Path place, Path fresh, Path old) throws IOException {
        boolean replaces = Files.exists(place);
        if (replaces) {
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (replaces) {
                Files.move(old, place, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
    }

    private static void checkReplaceable(Path target, Path place) throws IOException {
        if (!Files.exists(place)) {
            return;
        }
        boolean empty = false;
        if (Files.isDirectory(place)) {
            try (Stream<Path> entries = Files.list(place)) {
                empty = entries.findAny().isEmpty();
            }
        }
        if (!empty && !ModelHead.isHead(place.resolve(HEAD))) {
            throw new InputException(target + " exists and is no Mineral model, so it is not replaced. Name a new "
                    + "directory, or delete it yourself.");
        }
    }

    /**
     * Finishes what a killed writer left beside the place: half a model is deleted, an older model that had stepped aside goes
     * back if nothing took its place. Only for whoever keeps other writers out; see {@link ModelLock}.
     */
    static void clear(Path place) throws IOException {
        Path parent = place.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return;
        }
        Pattern left = Pattern.compile(Pattern.quote("." + place.getFileName()) + "\\.(new|old)-[0-9a-f]{8}");
        for (Path entry : entries(parent)) {
            Matcher name = left.matcher(entry.getFileName().toString());
            if (!name.matches() || !Files.isDirectory(entry)) {
                continue;
            }
            if (name.group(1).equals("old") && !Files.exists(place)) {
                Files.move(entry, place, StandardCopyOption.ATOMIC_MOVE);
                continue;
            }
            if (name.group(1).equals("old")) {
                rescueForeign(entry, place);
            }
            Unfinished.delete(entry);
        }
    }

    /** Moves what others put beside the model: it is not ours to delete. */
    private static void rescueForeign(Path old, Path place) throws IOException {
        for (Path entry : entries(old)) {
            Path to = place.resolve(entry.getFileName().toString());
            if (!FILES.contains(entry.getFileName().toString()) && !Files.exists(to)) {
                Files.move(entry, to);
            }
        }
    }

    private static void forceAll(Path directory) throws IOException {
        for (Path file : entries(directory)) {
            Disk.force(file);
        }
        Disk.forceDirectory(directory);
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }
}
