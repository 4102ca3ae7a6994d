package org.mineral.app.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Minimal templates: {@code {{name}}} is replaced by a fragment. Fragments are HTML; external text must pass through {@link #escape} or
 * {@link #json}.
 */
final class Html {

    private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z-]+)}}");

    private Html() {}

    /** Text, safe between tags and inside quoted attributes. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** JSON text, safe inside a script element: no tag can begin or end in it. */
    static String json(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** Fills every slot in one pass, so that a fragment is never searched for slots itself. */
    static String fill(String template, Map<String, String> fragments) {
        Matcher matcher = SLOT.matcher(template);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String fragment = fragments.get(matcher.group(1));
            if (fragment == null) {
                throw new IllegalStateException("nothing fills the slot " + matcher.group());
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(fragment));
        }
        return matcher.appendTail(out).toString();
    }

    /** A text resource beside this class, or anywhere on the class path if the name begins with a slash. */
    static String resource(String name) {
        try (InputStream in = Html.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("resource " + name + " cannot be read", e);
        }
    }
}
