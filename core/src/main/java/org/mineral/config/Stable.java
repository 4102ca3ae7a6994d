package org.mineral.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * From version 1.0 on, changes only in ways that callers do not notice, or with a new major version; before, every change has a line
 * in the change log. On a package it is said of its public types, unless a type says otherwise.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PACKAGE, ElementType.TYPE})
public @interface Stable {}
