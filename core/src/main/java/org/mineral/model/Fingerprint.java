package org.mineral.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;

/** Recognises training data: the SHA-256 of its ids in order and of who took what. */
public final class Fingerprint {

    private Fingerprint() {}

    /** 64 hexadecimal digits. */
    public static String of(IdMap users, IdMap items, Interactions interactions) {
        MessageDigest digest = sha256();
        update(digest, users);
        update(digest, items);
        update(digest, interactions.offsets());
        update(digest, interactions.columns());
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, IdMap ids) {
        for (String id : ids.ids()) {
            digest.update((IdFile.escape(id) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) '\n');
    }

    private static void update(MessageDigest digest, int[] values) {
        ByteBuffer four = ByteBuffer.allocate(Integer.BYTES);
        for (int value : values) {
            digest.update(four.clear().putInt(value).flip());
        }
    }
}
