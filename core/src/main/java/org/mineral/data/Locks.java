package org.mineral.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;

/**
 * Locks on files, which the system releases when their process ends, however it ends. POSIX releases them also when the
 * process closes any other channel or stream of the same file: whoever has a file locked reads it through that channel only.
 */
public final class Locks {

    private Locks() {}

    /** Locks the file until the channel is closed; false if somebody has it locked, in this process or another. */
    public static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
