package org.mineral.app.command;

import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.option.data.NewcomerOptions;
import org.mineral.app.command.option.serve.FeedbackOptions;
import org.mineral.app.command.option.serve.HttpOptions;
import org.mineral.app.command.option.serve.KeyOptions;
import org.mineral.app.command.output.ServerReport;
import org.mineral.app.command.output.StopSignal;
import org.mineral.app.serve.Server;
import org.mineral.app.serve.service.ModelSource;
import org.mineral.config.Names;
import org.mineral.recommend.LoadedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code serve}: recommendations over HTTP, and a page to look at them. */
@Command(
        name = "serve",
        description =
                "Serve a model over HTTP, with a page at /. Prints its address when it is ready; Ctrl-C or SIGTERM stops it.")
public final class ServeCommand extends ServiceVerb {

    @Parameters(paramLabel = "MODEL", description = "A model's directory.")
    Path model;

    @Option(
            names = "--items",
            paramLabel = "FILE",
            description = "Titles and attributes of items: a table such as item,title,genres, as CSV, TSV, JSON "
                    + "lines or Parquet.")
    @Nullable
    Path items;

    @Mixin
    NewcomerOptions newcomers = new NewcomerOptions();

    @Option(
            names = "--retrieval",
            paramLabel = "HOW",
            description = {
                "exact: score every item; hnsw: search a graph, for catalogues of hundreds of thousands. Default: exact.",
                "The graph is kept in the model's directory, as " + ModelSource.GRAPH_FILE
                        + ", and read at the next start;",
                "delete the file to have it built again."
            })
    String retrieval = "exact";

    @Mixin
    FeedbackOptions feedback = new FeedbackOptions();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "A report of compare, tune or ablate, to be shown at /report.")
    @Nullable
    Path report;

    @Mixin
    KeyOptions keys = new KeyOptions();

    @Mixin
    HttpOptions http = new HttpOptions();

    @Override
    protected void serve(@Nullable OutputStream requests) throws Exception {
        Server.Builder configured = Server.of(model)
                .items(items)
                .report(report)
                .further(newcomers.files())
                .search(Names.constant(ModelSource.Search.class, "--retrieval", retrieval))
                .accessLog(requests)
                .notes(this::note)
                .failures(this::failure);
        KeyOptions.Given given = keys.into(configured, System.getenv());
        feedback.into(configured, given.write());
        http.into(configured, threads(), given.read(), this::note);
        try (StopSignal stop = new StopSignal();
                Server server = configured.start()) {
            stop.serving(server::retire);
            server.warmUp();
            if (!stop.received()) {
                LoadedModel served = server.serving().now();
                print(server.url(), () -> ServerReport.document(server.url(), served, server.events()));
                note(ServerReport.line(served, server.events()));
                console().out().flush();
            }
            http.grace(stop.await(), this::note);
        }
        note("stopped.");
    }
}
