package org.mineral.app.cli;

/**
 * A verb whose options can come from environment variables too, by one rule: {@code --warm-up} is {@code MINERAL_WARM_UP}. For verbs that
 * run as a service; a training has its settings on its command line or in its file, where they can be read later.
 */
public interface FromEnvironment {}
