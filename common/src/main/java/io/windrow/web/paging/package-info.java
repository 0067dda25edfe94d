/** Where the next page of a list begins. */
@NullMarked
package io.windrow.web.paging;

import org.jspecify.annotations.NullMarked;
