/**
 * Loads the native library, which holds OpenDP's exact noise and faer's eigenproblems. No other package knows
 * how to load it. The packages that use native methods declare them in package-private classes that call
 * {@link discreet.natives.NativeLibrary#load()} first. Free of Spark, and never loaded on an executor.
 */
@NullMarked
package discreet.natives;

import org.jspecify.annotations.NullMarked;
