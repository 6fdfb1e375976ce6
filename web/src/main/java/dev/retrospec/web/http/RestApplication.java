package dev.retrospec.web.http;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/**
 * All routes of the API. {@code web.xml} maps it to their prefixes, because at {@code /*} it would
 * stand before pages and static files.
 */
@OpenAPIDefinition(
    info =
        @Info(
            title = "RetroSpec",
            version = "1",
            description =
                "Records what a visitor's browser did, clusters failures that repeat, and replays"
                    + " the moment it broke.",
            license = @License(name = "Apache-2.0")))
@SecurityScheme(
    securitySchemeName = "project",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.HEADER,
    apiKeyName = "X-Retrospec-Key",
    description = "A project key: ingest (writes recordings) or secret (reads and triages)")
@SecurityScheme(
    securitySchemeName = "admin",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.HEADER,
    apiKeyName = "X-Retrospec-Admin",
    description = "ADMIN_API_KEY")
@SecurityScheme(
    securitySchemeName = "internal",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.HEADER,
    apiKeyName = "X-Retrospec-Internal",
    description = "INTERNAL_API_KEY")
@SecurityScheme(
    securitySchemeName = "bearer",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "Any of the keys")
public class RestApplication extends Application {}
