/** The public catalogue: items, their tags, filters on them, and what a list may contain. Nothing here reads ratings. */
@NullMarked
package discreet.catalogue;

import org.jspecify.annotations.NullMarked;
