package org.mineral.app.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.output.StopSignal;
import org.mineral.app.json.JsonText;
import org.mineral.app.serve.Server;
import org.mineral.app.serve.http.api.Limits;
import org.mineral.app.serve.service.ModelSource;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.text.TextFile;
import org.mineral.recommend.LoadedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code serve}: recommendations over HTTP, and a page to look at them. */
@Command(
        name = "serve",
        description =
                "Serve a model over HTTP, with a page at /. Prints its address when it is ready; Ctrl-C or SIGTERM ends it.")
public final class ServeCommand extends Verb {

    private static final int LEAST_KEY = 16;

    @Parameters(paramLabel = "MODEL", description = "A model's directory.")
    Path model;

    @Option(
            names = "--items",
            paramLabel = "FILE",
            description = {
                "Titles and attributes of items: a table such as item,title,genres, as CSV, TSV,",
                "JSON lines or Parquet."
            })
    @Nullable
    Path items;

    @Option(
            names = "--retrieval",
            paramLabel = "HOW",
            description = {
                "exact: score every item; hnsw: search a graph, for catalogues of hundreds of thousands. Default: exact.",
                "The graph is kept in the model's directory, as " + ModelSource.GRAPH_FILE
                        + ", and read at the next start; " + "delete the file to be rid of it or to have it built anew."
            })
    String retrieval = "exact";

    @Option(
            names = "--feedback",
            paramLabel = "FILE",
            description = "Log of events that POST /v1/feedback appends to, read at the start; made if it is missing.")
    @Nullable
    Path feedback;

    @Option(
            names = "--repair-feedback",
            description = "Start with a damaged feedback log: its damaged lines are moved to FILE.damaged.")
    boolean repairFeedback;

    @Option(
            names = "--feedback-limit",
            paramLabel = "N",
            description = "Events that the log may hold. Default: 1000000.")
    int mostEvents = Server.Options.MOST_EVENTS;

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = "File with the key for requests that change something. Default: MINERAL_API_KEY, or none.")
    @Nullable
    Path keyFile;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "A report of compare, tune or ablate, to be shown at /report.")
    @Nullable
    Path report;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on. Default: 127.0.0.1.")
    String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on; 0 chooses a free one. Default: 7070.")
    int port = 7070;

    @Option(
            names = "--concurrent",
            paramLabel = "N",
            description =
                    "Requests worked on at the same time; more wait, and 503 answers too many. Default: two a thread.")
    @Nullable
    Integer concurrent;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "Seconds of warm-up requests before /health/ready answers 200;  " + "0: none. Default: 3.")
    int warmUp = 3;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            description = {
                "How long it still takes new connections after SIGTERM, while /health/ready says 503, so that load balancers",
                "turn elsewhere; then requests in flight finish. Default: 5. Ctrl-C: without it."
            })
    int grace = 5;

    @Override
    protected void run() throws Exception {
        if (port < 0 || port > 65535) {
            throw new InputException(
                    "--port " + port + " is out of range; allowed: 0 to 65535, 0 for any that is free.");
        }
        if (mostEvents < 1) {
            throw new InputException("--feedback-limit " + mostEvents + " is out of range; allowed: 1 or more.");
        }
        if (concurrent != null && (concurrent < 1 || concurrent > 1000)) {
            throw new InputException("--concurrent " + concurrent + " is out of range; allowed: 1 to 1000.");
        }
        if (warmUp < 0 || warmUp > 600) {
            throw new InputException("--warm-up " + warmUp + " is out of range; allowed: 0 to 600 seconds.");
        }
        if (grace < 0 || grace > 3600) {
            throw new InputException("--grace " + grace + " is out of range; allowed: 0 to 3600 seconds.");
        }
        if (repairFeedback && feedback == null) {
            throw new InputException("--repair-feedback repairs the log of --feedback FILE; name it.");
        }
        String key = key();
        if (feedback != null && key == null) {
            throw new InputException("--feedback needs a key, so that not everybody may write: --api-key-file FILE, or "
                    + "MINERAL_API_KEY in the environment.");
        }
        Limits limits = Limits.defaults();
        int places = concurrent == null ? 2 * threads() : concurrent;
        Server.Options options = new Server.Options(
                model,
                items,
                search(),
                feedback,
                repairFeedback,
                mostEvents,
                key,
                report,
                host,
                port,
                new Limits(
                        limits.bodyBytes(),
                        places,
                        limits.waiting(),
                        limits.waitMillis(),
                        limits.connections(),
                        limits.idleMillis()),
                warmUp);
        warnIfOpen();
        try (StopSignal stop = new StopSignal();
                Server server = new Server(options, this::say, this::fault)) {
            stop.serving(server::retire);
            server.warmUp();
            if (!stop.received()) {
                announce(server);
            }
            if (stop.await() && grace > 0) {
                say("stopping: not ready any more; new connections are taken for " + grace
                        + " s, then requests in flight finish.");
                TimeUnit.SECONDS.sleep(grace);
            }
        }
        say("stopped.");
    }

    private void announce(Server server) {
        LoadedModel now = server.serving().now();
        if (json) {
            printJson(JsonText.object(
                    "url",
                    server.url(),
                    "kind",
                    now.model().name(),
                    "users",
                    now.model().users().size(),
                    "items",
                    now.model().items().size(),
                    "events",
                    server.events()));
        } else {
            print(server.url());
            note(String.format(
                    Locale.ROOT,
                    "%s: %,d users, %,d items, %,d with a title, %,d events of feedback; Ctrl-C ends it.",
                    now.model().name(),
                    now.model().users().size(),
                    now.model().items().size(),
                    now.catalogue().described(),
                    server.events()));
        }
        console().out().flush();
    }

    private ModelSource.Search search() {
        return Arrays.stream(ModelSource.Search.values())
                .filter(search -> Names.kebab(search).equals(retrieval))
                .findFirst()
                .orElseThrow(() -> InputException.unknown("--retrieval", retrieval, List.of("exact", "hnsw")));
    }

    private void warnIfOpen() throws IOException {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                note("note: " + host
                        + " can be reached from elsewhere, and whoever reaches it may read recommendations of "
                        + "every user; put a proxy with TLS and a login in front.");
            }
        } catch (UnknownHostException e) {
            throw new InputException("--host " + host + " is no address of this machine; try 127.0.0.1.", e);
        }
    }

    private @Nullable String key() throws IOException {
        String key = System.getenv("MINERAL_API_KEY");
        String where = "MINERAL_API_KEY";
        if (keyFile != null) {
            key = TextFile.text(keyFile).strip();
            where = keyFile.toString();
        }
        if (key != null && key.length() < LEAST_KEY) {
            throw new InputException("the key in " + where + " has " + key.length() + " characters; give it at least "
                    + LEAST_KEY + ", random: openssl rand -hex 32.");
        }
        return key;
    }

    /** At once: what is said while a server runs is waited for. */
    private void say(String line) {
        note(line);
        console().err().flush();
    }

    private void fault(Throwable e) {
        say("fault: " + e);
        if (debug) {
            e.printStackTrace(console().err());
            console().err().flush();
        }
    }
}
