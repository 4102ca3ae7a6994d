package org.mineral.data.read;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Damage of many kinds, the same for the same seed: bytes changed, put in, taken out, doubled, swapped; the end cut off. */
public final class Mutations {

    private static final byte[][] SPICE = {
        {0},
        {'"'},
        {'\n'},
        {'\r'},
        {'\t'},
        {','},
        {':', ':'},
        {' '},
        {'-'},
        {'{'},
        {'['},
        {'\\', 'u', 'd', '8', '0', '0'},
        {(byte) 0xFF},
        {(byte) 0xC3},
        {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
        {'9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9'},
        {'1', 'e', '9', '9', '9'},
        {'N', 'a', 'N'},
        {'2', '1', '4', '7', '4', '8', '3', '6', '4', '8'},
        {(byte) 0x80, 0, 0, 0},
        {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F}
    };

    private final SplittableRandom random;

    public Mutations(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The content with one to four damages. */
    public byte[] of(byte[] content) {
        byte[] damaged = content;
        for (int n = random.nextInt(1, 5); n > 0; n--) {
            damaged = once(damaged);
        }
        return damaged;
    }

    private byte[] once(byte[] content) {
        if (content.length == 0) {
            return SPICE[random.nextInt(SPICE.length)];
        }
        int at = random.nextInt(content.length);
        int end = Math.min(content.length, at + random.nextInt(1, 40));
        byte[] some = Arrays.copyOfRange(content, at, end);
        switch (random.nextInt(7)) {
            case 0:
                byte[] flipped = content.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                return flipped;
            case 1:
                byte[] changed = content.clone();
                changed[at] = (byte) random.nextInt(256);
                return changed;
            case 2:
                return Arrays.copyOf(content, at);
            case 3:
                return splice(content, at, end, new byte[0]);
            case 4:
                return splice(content, random.nextInt(content.length), -1, some);
            case 5:
                return splice(content, at, end, SPICE[random.nextInt(SPICE.length)]);
            default:
                return splice(content, at, -1, SPICE[random.nextInt(SPICE.length)]);
        }
    }

    /** Something instead of the bytes from one place to another; in addition, where there is no other place. */
    private static byte[] splice(byte[] content, int from, int to, byte[] instead) {
        int rest = Math.max(from, to);
        byte[] spliced = Arrays.copyOf(content, from + instead.length + content.length - rest);
        System.arraycopy(instead, 0, spliced, from, instead.length);
        System.arraycopy(content, rest, spliced, from + instead.length, content.length - rest);
        return spliced;
    }
}
