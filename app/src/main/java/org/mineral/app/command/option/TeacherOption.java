package org.mineral.app.command.option;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.model.Model;
import org.mineral.model.Models;
import picocli.CommandLine.Option;

/** A larger model that the one to be trained learns from as well. */
public final class TeacherOption {

    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            description = {
                "Also learn what this model of the same data would recommend: the first 10 of each user's list",
                "count 0.1 of an interaction each (teacher_items, teacher_weight). A wide teacher helps a narrow model."
            })
    @Nullable
    Path teacher;

    /** @throws InputException for what a teacher cannot stand beside */
    public void check(boolean retrain) {
        if (teacher != null && retrain) {
            throw new InputException(
                    "--retrain trains again on the validation part, which a teacher of the first training must not have"
                            + " seen. Find the epoch without --retrain, then train teacher and student with --with-valid.");
        }
    }

    public boolean given() {
        return teacher != null;
    }

    @Nullable
    public Model model() {
        return teacher == null ? null : Models.load(teacher);
    }
}
