package org.mineral.data;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identifies data by SHA-256 over ids and pairs in order, every list preceded by its length so that different contents have different inputs.
 * Names, ratings, times and the file format are not part of it.
 */
public final class DataFingerprint {

    private final MessageDigest digest;

    private DataFingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Required of every JDK.
        }
    }

    /**
     * The fingerprint of a data set in three disjoint parts, each users x items: 64 hexadecimal digits. {@link Dataset#hash} is that of its
     * own parts.
     *
     * @param valid the validation part; empty if there is none
     * @param test the test part; empty if it is unknown, as for an imported model
     */
    public static String of(IdMap users, IdMap items, Interactions train, Interactions valid, Interactions test) {
        DataFingerprint fingerprint = new DataFingerprint();
        fingerprint.add(users);
        fingerprint.add(items);
        for (Interactions part : new Interactions[] {train, valid, test}) {
            fingerprint.add(part.offsets());
            fingerprint.add(part.columns());
        }
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    private void add(IdMap ids) {
        add(new int[] {ids.size()});
        for (String id : ids.ids()) {
            byte[] text = id.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text.length));
            digest.update(text);
        }
    }

    private void add(int[] values) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, values.length));
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
        IntBuffer ints = chunk.asIntBuffer();
        for (int k = 0; k < values.length; k += ints.capacity()) {
            int count = Math.min(ints.capacity(), values.length - k);
            ints.clear().put(values, k, count);
            digest.update(chunk.clear().limit(count * Integer.BYTES));
        }
    }
}
