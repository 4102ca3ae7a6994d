package org.mineral.app.command.output;

import java.util.Locale;
import java.util.Map;
import org.mineral.app.json.JsonText;
import org.mineral.recommend.LoadedModel;

/** What a server says when it is ready. */
public final class ServerReport {

    private ServerReport() {}

    /** The served model, for the operator. */
    public static String line(LoadedModel served, int events) {
        return String.format(
                Locale.ROOT,
                "%s: %,d users, %,d items, %,d with a title, %,d events of feedback; Ctrl-C stops the server.",
                served.model().name(),
                served.model().users().size(),
                served.model().items().size(),
                served.catalogue().described(),
                events);
    }

    /** The same as JSON, with the address. */
    public static Map<String, Object> document(String url, LoadedModel served, int events) {
        return JsonText.object(
                "url", url,
                "kind", served.model().name(),
                "users", served.model().users().size(),
                "items", served.model().items().size(),
                "events", events);
    }
}
