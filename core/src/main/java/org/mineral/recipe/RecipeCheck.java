package org.mineral.recipe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.config.SettingName;
import org.mineral.data.HoldOut;
import org.mineral.loss.Losses;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.preset.AutoPreset;
import org.mineral.tune.preset.Preset;
import org.mineral.tune.preset.Presets;

/** Checks that the parts of a recipe agree, and completes it, except for what depends on the data. */
final class RecipeCheck {

    private static final String TEACHER_ITEMS = "teacher_items";

    private final TrainingRecipe recipe;

    RecipeCheck(TrainingRecipe recipe) {
        this.recipe = recipe;
    }

    PreparedTraining prepared() {
        SelectionProtocol protocol = protocol();
        Map<String, String> settings = new LinkedHashMap<>(recipe.given);
        ModelSpec plain = ModelSpec.of(Algorithms.of(recipe.algorithm).name());
        String drawn = plain.configured().has(TrainingRecipe.SEED) ? null : settings.remove(TrainingRecipe.SEED);
        refuseUseless(plain, settings);
        ModelSpec spec = plain.with(settings);
        String named = named(plain);
        if (named != null) {
            spec = spec.with(ModelSpec.LOSS, named);
        }
        boolean open = leavesBeginningOpen(spec);
        boolean byDefault =
                open && spec.algorithm().equals(ModelSpec.DEFAULT) && AutoPreset.fits(spec.loss(), Set.of());
        SelectionProtocol agreed = byDefault ? protocol.preset(new AutoPreset()) : protocol;
        spec = spec.withoutUnused(why -> recipe.context.listener().note("note: " + why));
        spec.configured();
        Preset begun = agreed.preset();
        if (begun != null) {
            Presets.check(begun, List.of(Preset.key(spec)));
        }
        return new PreparedTraining(
                spec,
                agreed,
                byDefault,
                effort(open),
                recipe.minutes,
                recipe.given.containsKey(TrainingRecipe.EPOCHS),
                drawn,
                new TrainingParts(recipe.heldOut, recipe.retrain, recipe.withValid),
                recipe.teacher,
                recipe.context);
    }

    /**
     * Algorithms other than the default one and those of what comes next are searched if that is asked for.
     *
     * @param open whether nothing says how to begin
     */
    private Effort effort(boolean open) {
        Effort wanted = recipe.effort;
        boolean next = wanted == null && Algorithms.of(recipe.algorithm).predictsNext();
        boolean any = recipe.algorithm.equals(ModelSpec.DEFAULT) || next || wanted == Effort.NORMAL;
        boolean searches = open && any && recipe.teacher == null && !recipe.paper;
        if (wanted != null && wanted != Effort.QUICK && !searches) {
            throw new InputException("an effort of " + Names.kebab(wanted)
                    + " searches for settings where nothing says how to begin; here a preset, a"
                    + " teacher, the protocol paper, another algorithm (of an effort of thorough) or one of the settings "
                    + String.join(
                            ", ",
                            new AutoPreset()
                                    .names(ModelSpec.of(ModelSpec.DEFAULT).loss()))
                    + " does. Leave that out, or the effort.");
        }
        if (recipe.minutes != null && wanted != Effort.THOROUGH) {
            throw new InputException(
                    "a limit in minutes is for an effort of thorough; other searches end by counted work."
                            + " Leave the limit out, or choose that effort.");
        }
        return !searches ? Effort.QUICK : wanted == null ? Effort.NORMAL : wanted;
    }

    private SelectionProtocol protocol() {
        if (recipe.withValid && recipe.heldOut != null) {
            throw InputException.naming(
                    "training on the validation part leaves nothing to stop by; leave out %s or %s.",
                    new SettingName("with_valid"), new SettingName("validation"));
        }
        if (recipe.teacher != null && recipe.retrain) {
            throw InputException.naming(
                    "%s trains again on the validation part, which a teacher of the first training must not have seen."
                            + " Find the epoch without it, then train teacher and student with %s.",
                    new SettingName("retrain"), new SettingName("with_valid"));
        }
        HoldOut.Order order = recipe.heldOut == null ? HoldOut.Order.RANDOM : recipe.heldOut.order();
        SelectionProtocol chosen =
                SelectionProtocol.DEFAULTS.preset(recipe.preset).heldOut(order).retrained(recipe.retrain);
        SelectionProtocol protocol = recipe.paper ? chosen.paper() : chosen;
        if (recipe.withValid && recipe.paper) {
            throw InputException.naming(
                    "the protocol paper trains on the valid part anyway; leave %s out.", new SettingName("with_valid"));
        }
        return protocol;
    }

    /** The given loss, or the first that the preset covers; otherwise null. */
    private @Nullable String named(ModelSpec plain) {
        boolean among = recipe.given.containsKey(ModelSpec.LOSS);
        if (recipe.loss != null && among) {
            throw new InputException("the loss is given twice, by itself and among the settings; give it once.");
        }
        if (recipe.loss != null
                || among
                || recipe.preset == null
                || plain.loss().isEmpty()) {
            return recipe.loss;
        }
        return recipe.preset.losses().stream()
                .filter(Losses.names()::contains)
                .findFirst()
                .orElse(null);
    }

    /** Whether nothing says how to begin: as in a comparison, whose rows begin in the same way. */
    private boolean leavesBeginningOpen(ModelSpec spec) {
        Set<String> names = new HashSet<>(spec.settings().keySet());
        names.removeAll(Set.of(ModelSpec.LOSS, TrainingRecipe.SEED));
        return !recipe.presetDecided && SelectionProtocol.byDefault(names).searched();
    }

    /** @throws InputException for parts that the algorithm does not support; nothing is silently ignored */
    private void refuseUseless(ModelSpec plain, Map<String, String> settings) {
        ConfiguredAlgorithm<?> configured = plain.configured();
        boolean iterative = configured.has(TrainingRecipe.EPOCHS);
        List<SettingName> useless = new ArrayList<>();
        if (recipe.loss != null && plain.loss().isEmpty()) {
            useless.add(new SettingName("loss"));
        }
        if (plain.parameters().isEmpty()) {
            settings.keySet().forEach(name -> useless.add(new SettingName(name)));
        }
        if (recipe.preset != null
                && plain.loss().isEmpty()
                && !recipe.preset.losses().contains(plain.algorithm())) {
            useless.add(new SettingName("preset"));
        }
        if (recipe.paper && !iterative) {
            useless.add(new SettingName("protocol"));
        }
        if (!iterative) {
            recipe.epochsNeededBy.forEach(what -> useless.add(new SettingName(what)));
        }
        if (recipe.teacher != null && !configured.has(TEACHER_ITEMS)) {
            useless.add(new SettingName("teacher"));
        }
        if (!useless.isEmpty()) {
            List<String> able = Algorithms.names().stream()
                    .filter(name -> ModelSpec.of(name).configured().has(TrainingRecipe.EPOCHS))
                    .toList();
            throw InputException.naming(
                    plain.algorithm() + " has no use for " + "%s, ".repeat(useless.size() - 1)
                            + "%s. Leave that out, or train a model that is trained in epochs by a loss: "
                            + String.join(", ", able) + ".",
                    useless.toArray());
        }
    }
}
