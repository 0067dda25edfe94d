/**
 * Who may do what over HTTP: tokens, scopes, rate limits, the audit log and the headers of every
 * answer. The roles that serve an API import {@link io.windrow.web.security.SecurityConfiguration}.
 */
@NullMarked
package io.windrow.web.security;

import org.jspecify.annotations.NullMarked;
