/**
 * Plans what a release will be and what it will cost, before it is made. A plan is the object that is quoted,
 * reserved and charged.
 */
@NullMarked
package discreet.plan;

import org.jspecify.annotations.NullMarked;
