/** How tables are answered: as JSON or as bytes, whichever a request prefers. */
@NullMarked
package io.windrow.collector.answer;

import org.jspecify.annotations.NullMarked;
