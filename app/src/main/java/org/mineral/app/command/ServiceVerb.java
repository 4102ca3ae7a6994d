package org.mineral.app.command;

import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.app.cli.FailureLog;
import org.mineral.app.cli.FromEnvironment;
import org.mineral.app.cli.LibraryLog;
import org.mineral.app.cli.RunFile;
import org.mineral.app.command.option.serve.LogOptions;
import org.mineral.app.console.ServerLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A verb that runs as a service: options from a file and the environment too, and a log. */
@Command(
        footer = {
            "",
            "Every option can also come from the environment, --warm-up as MINERAL_WARM_UP, MODEL as MINERAL_MODEL, or from",
            "the file of --config, which may be MINERAL_CONFIG. The command line overrides the environment, which overrides",
            "the file."
        })
abstract class ServiceVerb extends Verb implements FromEnvironment, FailureLog {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            order = 90,
            description = "Options from a YAML file, by their names without dashes; those given here come first.")
    @Nullable
    Path config;

    @Mixin
    LogOptions logs = new LogOptions();

    private @Nullable ServerLog log;

    /** @param requests receives a line for each request; null for none */
    protected abstract void serve(@Nullable OutputStream requests) throws Exception;

    @Override
    protected final void run() throws Exception {
        ServerLog messages = logs.messages(console(), common.debug());
        log = messages;
        if (spec.defaultValueProvider() instanceof RunFile defaults) {
            defaults.notes().forEach(this::note);
        }
        try (OutputStream requests = logs.requests(console());
                LibraryLog.Taken taken =
                        LibraryLog.take(messages.format() == ServerLog.Format.JSON ? messages : null)) {
            serve(requests);
        }
    }

    @Override
    protected void note(String line) {
        if (log == null) {
            super.note(line);
        } else {
            log.note(line);
        }
    }

    /** An error of the server itself, while it answered this request. */
    protected void failure(String request, Throwable e) {
        if (log != null) {
            log.failure(request, e);
        }
    }

    @Override
    public boolean failed(String message, Throwable e) {
        if (log == null || log.format() == ServerLog.Format.TEXT) {
            return false;
        }
        log.fatal(message, e);
        return true;
    }
}
