/**
 * The released model and everything that works on it alone: the public catalogue, the model's files, fold-in, scoring and
 * related items. Nothing here knows Spark, and nothing here holds a rating of anybody.
 */
@NullMarked
package discreet.model;

import org.jspecify.annotations.NullMarked;
