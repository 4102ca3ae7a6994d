package org.mineral.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.model.FactorModel;
import org.mineral.model.Model.Recommendation;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code similar}: neighbours by the cosine of their embeddings. */
@Command(
        name = "similar",
        description = "Items like an item, or users like a user: lines id<TAB>neighbour<TAB>rank<TAB>cosine.")
public final class SimilarCommand extends Verb {

    static final class To {
        @Option(names = "--item", paramLabel = "ID", description = "An item.")
        @Nullable
        String item;

        @Option(names = "--user", paramLabel = "ID", description = "A user.")
        @Nullable
        String user;
    }

    @Parameters(paramLabel = "MODEL", description = "A model's directory.")
    Path model;

    @ArgGroup(multiplicity = "1")
    To to;

    @Option(names = "-n", paramLabel = "N", description = "Length of the list. Default: 20.")
    int n = 20;

    @Override
    protected void run() {
        if (n < 1) {
            throw new InputException("-n " + n + " is out of range; allowed: 1 or more.");
        }
        FactorModel factors = FactorModel.load(model);
        List<Recommendation> list = to.item != null
                ? factors.similarItems(to.item, n)
                : factors.similarUsers(Objects.requireNonNull(to.user), n);
        Lists lists = new Lists(console(), json, "id", "neighbour");
        lists.add(to.item != null ? to.item : Objects.requireNonNull(to.user), list);
        lists.close();
    }
}
