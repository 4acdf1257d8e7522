/** {@code discreet bench}: the project's published figures, measured again. Not part of the product's jar. */
@NullMarked
package discreet.bench;

import org.jspecify.annotations.NullMarked;
