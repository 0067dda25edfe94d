/** What people see: errors in one line, tables, progress. */
@NullMarked
package io.windrow.cli.terminal;

import org.jspecify.annotations.NullMarked;
