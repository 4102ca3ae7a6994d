/** The service without HTTP: recommendations, explanations, feedback, replacement of the model. */
@NullMarked
package org.mineral.app.serve.service;

import org.jspecify.annotations.NullMarked;
