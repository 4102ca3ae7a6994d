/** What the server does, without HTTP: recommends, explains, learns from feedback, swaps models. */
@NullMarked
package org.mineral.app.serve.service;

import org.jspecify.annotations.NullMarked;
