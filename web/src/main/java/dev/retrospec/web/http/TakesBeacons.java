package dev.retrospec.web.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The route accepts its key as {@code ?key=}, because {@code navigator.sendBeacon} cannot send
 * headers. Ingest keys are public by nature.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TakesBeacons {}
