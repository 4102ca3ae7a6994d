package org.mineral.files;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * A file of lines in UTF-8 that is only appended to, by one process at a time.
 *
 * <ol>
 *   <li>Lines are durable when {@link #append} returns: they survive a kill of the process and a power failure. If it throws, for instance
 *       because the disk is full, none of them was kept, and the next call starts afresh.
 *   <li>When it is opened, all lines are read. A last line that is damaged was torn by a crash before it was acknowledged: it is
 *       cut off, and reported. If it has a line end, it is kept in {@code NAME.damaged}.
 *   <li>Damage before the last line is refused unless a repair was asked for. A repair moves all damaged lines, byte for byte, to
 *       {@code NAME.damaged} and continues without them.
 * </ol>
 *
 * Blank lines are skipped.
 */
public final class Journal implements Closeable {

    private static final int LONGEST_LINE = 64 << 20;

    /** Parses the lines. */
    public interface Reader {

        /**
         * Called for each line, in the order of the file.
         *
         * @throws DamagedLineException if this is not a valid line of the journal
         */
        void read(String line) throws DamagedLineException;
    }

    /** A line is not valid; the message says why. */
    public static final class DamagedLineException extends Exception {

        private static final long serialVersionUID = 1L;

        public DamagedLineException(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }

    /** A journal is damaged, or the file is not a journal of this kind. Nothing was changed. */
    public static final class DamagedException extends InputException {

        private static final long serialVersionUID = 1L;

        private final boolean repairable;

        DamagedException(String message, boolean repairable) {
            super(message);
            this.repairable = repairable;
        }

        /** Whether there are valid lines, so that a repair would keep something. */
        public boolean repairable() {
            return repairable;
        }
    }

    /** @param end after its line end, or the end of the file */
    private record Damage(long line, long start, long end, boolean ended, String reason, String text) {}

    private final Path place;
    private FileLock lock;
    private long length;
    private long read;
    private boolean lastEnded = true;
    /** Length of the acknowledged lines; bytes after it may belong to lines that were not acknowledged. */
    private boolean ragged;

    private final List<Damage> damages = new ArrayList<>();
    private final List<String> repairs = new ArrayList<>();

    private Journal(Path place, FileLock lock) {
        this.place = place;
        this.lock = lock;
    }

    /**
     * Reads a journal, which is created if it is missing, and keeps it open.
     *
     * @param lock on the file, which the journal takes over
     * @param opening how the first line of every journal of this kind begins. A file without a valid line is taken for a torn journal, and
     *     truncated, only if it begins with this
     * @param repair whether damage before the last line is repaired
     * @throws DamagedException if the file is damaged otherwise, or is not a journal of this kind
     */
    public static Journal open(Path file, FileLock lock, String opening, boolean repair, Reader reader)
            throws IOException {
        Journal journal = new Journal(file.toRealPath(), lock);
        boolean opened = false;
        try {
            Staging.recover(journal.place, name -> true);
            Fsync.directory(journal.place.resolveSibling("."));
            journal.scan(reader);
            journal.mend(opening, repair);
            opened = true;
            return journal;
        } finally {
            if (!opened) {
                journal.close();
            }
        }
    }

    /** What was found and repaired when the journal was opened, one sentence for each repair. */
    public List<String> repairs() {
        return List.copyOf(repairs);
    }

    private void scan(Reader reader) throws IOException {
        // Through the locked channel, and never closed: see FileLock.
        InputStream in =
                new BufferedInputStream(Channels.newInputStream(lock.channel().position(0)), 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long start = 0;
        long at = 0;
        long number = 1;
        for (int b = in.read(); b >= 0; b = in.read()) {
            at++;
            if (b != '\n') {
                // One byte more than allowed, so that the length check fails.
                if (line.size() <= LONGEST_LINE) {
                    line.write(b);
                }
                continue;
            }
            take(line, number++, start, at, true, reader);
            line.reset();
            start = at;
        }
        if (at > start) {
            take(line, number, start, at, false, reader);
        }
        length = at;
    }

    private void take(ByteArrayOutputStream bytes, long number, long start, long end, boolean ended, Reader reader) {
        try {
            if (bytes.size() > LONGEST_LINE) {
                throw new DamagedLineException("it is longer than " + LONGEST_LINE + " bytes", null);
            }
            String line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            if (!line.isBlank()) {
                reader.read(line);
                read++;
            }
            lastEnded = ended;
        } catch (CharacterCodingException e) {
            damages.add(new Damage(number, start, end, ended, "it is not UTF-8", head(bytes)));
        } catch (DamagedLineException e) {
            damages.add(new Damage(number, start, end, ended, String.valueOf(e.getMessage()), head(bytes)));
        }
    }

    /** The start of a damaged line, for the message; a file system may fill a torn line with zeros. */
    private static String head(ByteArrayOutputStream bytes) {
        String text = new String(bytes.toByteArray(), 0, Math.min(bytes.size(), 1 << 16), StandardCharsets.UTF_8);
        int zeros = text.indexOf('\0');
        return zeros < 0 ? text : text.substring(0, zeros);
    }

    private void mend(String opening, boolean repair) throws IOException {
        if (damages.isEmpty()) {
            if (!lastEnded) {
                write(ByteBuffer.wrap(new byte[] {'\n'}), length);
                lock.channel().force(false);
                length++;
                repairs.add(place + ": the last line, which is whole, lacked its line end; it was added.");
            }
            return;
        }
        Damage first = damages.get(0);
        boolean torn = damages.size() == 1 && first.end == length;
        boolean ours = read > 0 || torn && (first.text.startsWith(opening) || opening.startsWith(first.text));
        if (!ours || !torn && !repair) {
            throw new DamagedException(refusal(first), ours);
        }
        if (torn && !first.ended) {
            cut(first.start);
            repairs.add(String.format(
                    Locale.ROOT,
                    "%s: the last line (line %d, %,d bytes) was torn when it was written, before it was acknowledged;"
                            + " it was cut off.",
                    place,
                    first.line,
                    first.end - first.start));
            return;
        }
        Path aside = setAside();
        if (torn) {
            cut(first.start);
        } else {
            rewrite();
        }
        repairs.add(place + ": " + lines() + "; moved to " + aside + ".");
    }

    private String refusal(Damage first) {
        String others = damages.size() == 1 ? "" : "; " + damages.size() + " lines are damaged";
        return place + ", line " + first.line + ": " + first.reason + others;
    }

    private String lines() {
        String numbers =
                damages.stream().limit(10).map(d -> Long.toString(d.line)).collect(Collectors.joining(", "));
        return (damages.size() == 1 ? "1 damaged line (line " : damages.size() + " damaged lines (")
                + numbers
                + (damages.size() > 10 ? ", ...)" : ")");
    }

    private Path setAside() throws IOException {
        Path aside = place.resolveSibling(place.getFileName() + ".damaged");
        try (FileChannel to =
                FileChannel.open(aside, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            endLine(to.position(to.size()));
            for (Damage damage : damages) {
                copy(damage.start, damage.end, to);
            }
            endLine(to);
            to.force(true);
        }
        Fsync.directory(place.resolveSibling("."));
        return aside;
    }

    /** Writes all valid lines to a new file, which is locked before it replaces the old one. */
    private void rewrite() throws IOException {
        try (Staging staging = Staging.beside(place, name -> true)) {
            FileLock next = FileLock.tryLock(staging.fresh());
            if (next == null) {
                throw new IOException(staging.fresh() + " is locked");
            }
            try {
                keepOwner(staging.fresh());
                long from = 0;
                for (Damage damage : damages) {
                    copy(from, damage.start, next.channel());
                    from = damage.end;
                }
                copy(from, length, next.channel());
                endLine(next.channel());
                next.channel().force(true);
                staging.finish(() -> Files.move(
                        staging.fresh(), place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
            } catch (IOException | RuntimeException e) {
                next.close();
                throw e;
            }
            lock.close();
            lock = next;
            length = next.channel().size();
            Fsync.directory(place.resolveSibling("."));
        }
    }

    private void keepOwner(Path file) throws IOException {
        PosixFileAttributeView to = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (to != null) {
            PosixFileAttributes from = Files.readAttributes(place, PosixFileAttributes.class);
            to.setPermissions(from.permissions());
            if (!to.readAttributes().owner().equals(from.owner())) {
                to.setOwner(from.owner());
            }
        }
    }

    /** Adds the line end that the last line lacks, so that the next one does not join it. */
    private static void endLine(FileChannel file) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        if (file.size() > 0 && file.read(last, file.size() - 1) == 1 && last.get(0) != '\n') {
            file.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }

    private void copy(long start, long end, FileChannel to) throws IOException {
        for (long at = start; at < end; ) {
            at += lock.channel().transferTo(at, end - at, to);
        }
    }

    /**
     * Appends lines, all of them or none; they are durable when this returns.
     *
     * @throws IOException if writing fails; then none of them was kept
     */
    public synchronized void append(List<String> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (line.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("a line holds a line end");
            }
            text.append(line).append('\n');
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        int size = bytes.remaining();
        if (ragged) {
            cut(length);
        }
        ragged = true;
        try {
            write(bytes, length);
            lock.channel().force(false);
        } catch (IOException e) {
            try {
                cut(length);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
        ragged = false;
        length += size;
    }

    private void write(ByteBuffer bytes, long position) throws IOException {
        for (long at = position; bytes.hasRemaining(); ) {
            at += lock.channel().write(bytes, at);
        }
    }

    private void cut(long to) throws IOException {
        lock.channel().truncate(to);
        lock.channel().force(false);
        length = to;
        ragged = false;
    }

    /** Releases the lock. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
