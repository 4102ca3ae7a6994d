package org.mineral.app.serve.http.endpoint;

import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import org.mineral.app.json.JsonText;
import org.mineral.app.serve.http.api.ApiError;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Metrics;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.app.serve.service.ServedModel;
import org.mineral.config.InputException;

/** {@code POST /v1/model/reload}: reloads the model directory. */
final class ReloadEndpoint extends Endpoint {

    private final ModelHolder serving;
    private final Metrics metrics;
    private final Consumer<String> notes;

    /** @param notes receives how each reload ended, for whoever asked may not show the answer to anyone */
    ReloadEndpoint(ModelHolder serving, Metrics metrics, Consumer<String> notes) {
        super("POST", "/v1/model/reload", Guard.KEY, Set.of());
        this.serving = serving;
        this.metrics = metrics;
        this.notes = notes;
    }

    @Override
    public Reply answer(ApiRequest call) throws IOException {
        if (call.hasBody()) {
            call.body();
        }
        try {
            ServedModel next = serving.reload();
            metrics.reload("done");
            notes.accept("the model was reloaded: generation " + next.generation() + ".");
            return Reply.json(JsonText.object(
                    "generation", next.generation(), "loaded", next.loaded().toString()));
        } catch (InputException | IOException e) {
            metrics.reload("refused");
            notes.accept("note: a reload was refused, and the previous model is still served: " + e.getMessage());
            throw new ApiError(
                    422, "the model was not loaded, and the previous one is still served: " + e.getMessage());
        }
    }
}
