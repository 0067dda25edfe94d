/** What the HTTP APIs of all roles have in common. */
@NullMarked
package io.windrow.web;

import org.jspecify.annotations.NullMarked;
