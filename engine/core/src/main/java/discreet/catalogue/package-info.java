/**
 * Models the public catalogue of items, with its reader, the items' tags, filters on them, and rules for what
 * lists may contain. The package never reads ratings.
 */
@NullMarked
package discreet.catalogue;

import org.jspecify.annotations.NullMarked;
